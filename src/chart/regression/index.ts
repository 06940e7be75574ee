export { type LossName, type LossShapeNumbers, type LossShapeOptions, lossShape } from "./lossShape.ts";
export { type PredictedActualNumbers, type PredictedActualOptions, predictedActual } from "./predictedActual.ts";
export { type ResidualsNumbers, type ResidualsOptions, residuals } from "./residuals.ts";
