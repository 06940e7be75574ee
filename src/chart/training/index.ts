export { type LossCurveNumbers, type LossCurveOptions, type LossHistory, lossCurve } from "./lossCurve.ts";
