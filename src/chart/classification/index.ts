export { type CalibrationNumbers, type CalibrationOptions, calibration } from "./calibration.ts";
export { type ClassBalanceNumbers, type ClassBalanceOptions, classBalance } from "./classBalance.ts";
export { type ConfusionMatrixNumbers, type ConfusionMatrixOptions, confusionMatrix } from "./confusionMatrix.ts";
export type { CurveOptions, CurveScores } from "./curves.ts";
export { type DecisionBoundaryNumbers, type DecisionBoundaryOptions, decisionBoundary } from "./decisionBoundary.ts";
export { type PrecisionRecallNumbers, type PrecisionRecallOptions, precisionRecall } from "./precisionRecall.ts";
export type { Predictor } from "./predictClasses.ts";
export { type RocCurveNumbers, type RocCurveOptions, rocCurve } from "./rocCurve.ts";
