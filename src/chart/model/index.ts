export {
  type CoefficientPathData,
  type CoefficientPathNumbers,
  type CoefficientPathOptions,
  coefficientPath,
} from "./coefficientPath.ts";
export { type LearningCurveData, type LearningCurveOptions, learningCurve } from "./learningCurve.ts";
export type { FoldedScores, FoldScores, ScoreNumbers } from "./scores.ts";
export { type SweepAxis, type SweepNumbers, type SweepOptions, sweep } from "./sweep.ts";
export { type ValidationCurveData, type ValidationCurveOptions, validationCurve } from "./validationCurve.ts";
