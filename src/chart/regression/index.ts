export { type PredictedActualNumbers, type PredictedActualOptions, predictedActual } from "./predictedActual.ts";
