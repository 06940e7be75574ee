/** Charts as Vega-Lite specifications. */
export { Chart, type ChartOptions } from "./chart.ts";
export { type LossCurveNumbers, type LossCurveOptions, type LossHistory, lossCurve } from "./lossCurve.ts";
export { type PredictedActualNumbers, type PredictedActualOptions, predictedActual } from "./predictedActual.ts";
