export type { Contour, Grid } from "./contour.ts";
export {
  type GradientNorm,
  type GradientNormsNumbers,
  type GradientNormsOptions,
  gradientNorms,
  type LayerNorms,
} from "./gradientNorms.ts";
export {
  type LearningRateNumbers,
  type LearningRateOptions,
  learningRate,
  type Rate,
  type RateCurve,
  type RateHistory,
  type RateSource,
} from "./learningRate.ts";
export { type LossCurveNumbers, type LossCurveOptions, type LossHistory, lossCurve } from "./lossCurve.ts";
export {
  type LossLandscapeNumbers,
  type LossLandscapeOptions,
  lossLandscape,
  type Trajectory,
} from "./lossLandscape.ts";
export {
  type MetricCurve,
  type MetricCurveNumbers,
  type MetricCurveOptions,
  type MetricHistory,
  metricCurve,
} from "./metricCurve.ts";
export type { Around } from "./plane.ts";
export type { Recorded, Runs } from "./run.ts";
export {
  type WeightHistogramNumbers,
  type WeightHistogramOptions,
  type WeightStatistics,
  type Weights,
  weightHistogram,
} from "./weightHistogram.ts";
