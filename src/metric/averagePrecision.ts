import type { Labels, Numbers, Paired } from "./input.ts";
import { type PrecisionRecallCurve, tracePrecision } from "./precisionRecallCurve.ts";
import type { ScoreOptions } from "./scored.ts";

/**
 * The precision-recall curve as one number: `Σ (Rₙ – Rₙ₋₁) Pₙ`, without interpolation (the trapezoidal area would be too good). scikit-learn's
 * `average_precision_score`.
 *
 * @example
 * metric.averagePrecision([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // 0.8333333333333333
 */
export function averagePrecision<T extends Labels, P extends Numbers>(
  yTrue: T,
  yScore: P & Paired<"averagePrecision", "scores", T, P>,
  options: ScoreOptions = {},
): number {
  return sumSteps(tracePrecision("averagePrecision", yTrue, yScore, options));
}

/** The sum over a curve that has been traced. */
export function sumSteps({ precision, recall }: PrecisionRecallCurve): number {
  let area = 0;
  for (let i = 1; i < recall.length; i++) area += (recall[i - 1]! - recall[i]!) * precision[i - 1]!;
  return Math.max(0, area);
}
