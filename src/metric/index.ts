export { type AccuracyOptions, accuracy } from "./accuracy.ts";
export { auc } from "./auc.ts";
export type { Average, Averaged, AverageOptions } from "./average.ts";
export { averagePrecision } from "./averagePrecision.ts";
export { type BalancedAccuracyOptions, balancedAccuracy } from "./balancedAccuracy.ts";
export { type BleuOptions, bleu, type Sentence } from "./bleu.ts";
export { type BrierOptions, brier } from "./brier.ts";
export { type CalibrationCurve, type CalibrationCurveOptions, calibrationCurve } from "./calibrationCurve.ts";
export { type CalibrationErrorOptions, calibrationError } from "./calibrationError.ts";
export type { ClassOptions } from "./classes.ts";
export {
  ClassificationReport,
  classificationReport,
  type ReportOptions,
  type ReportRow,
} from "./classificationReport.ts";
export { cohenKappa } from "./cohenKappa.ts";
export { ConfusionMatrix, type ConfusionMatrixOptions, confusionMatrix } from "./confusionMatrix.ts";
export { type FBetaOptions, f1, fBeta } from "./fBeta.ts";
export type { Label, Labels, Numbers, Weighted } from "./input.ts";
export { logLoss } from "./logLoss.ts";
export { mae } from "./mae.ts";
export { mape } from "./mape.ts";
export { matthews } from "./matthews.ts";
export { mse } from "./mse.ts";
export { type PerplexityOptions, perplexity } from "./perplexity.ts";
export { precision } from "./precision.ts";
export {
  type PrecisionRecallCurve,
  type PrecisionRecallCurveOptions,
  precisionRecallCurve,
} from "./precisionRecallCurve.ts";
export type { ProbabilityOptions } from "./probabilities.ts";
export { type R2Options, r2 } from "./r2.ts";
export { recall } from "./recall.ts";
export type { Multioutput, RegressionOptions } from "./regression.ts";
export { rmse } from "./rmse.ts";
export { type RocAucOptions, rocAuc } from "./rocAuc.ts";
export { type RocCurve, type RocCurveOptions, rocCurve } from "./rocCurve.ts";
export type { ScoreOptions } from "./scored.ts";
export { type TopKAccuracyOptions, topKAccuracy } from "./topKAccuracy.ts";
