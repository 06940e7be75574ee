import type { Labels, Numbers, Paired } from "./input.ts";
import { findLevels, type ScoreOptions, toScored } from "./scored.ts";

export interface PrecisionRecallCurveOptions extends ScoreOptions {
  /** Leave out points whose recall is that of both neighbours: `false` unless given. */
  readonly dropIntermediate?: boolean;
}

/** A curve that ends at precision 1 and recall 0. */
export interface PrecisionRecallCurve {
  readonly precision: readonly number[];
  /** Falling; 1 where there is no positive. */
  readonly recall: readonly number[];
  /** Rising; one fewer than points: the last point has none. */
  readonly thresholds: readonly number[];
}

/**
 * Precision and recall for every threshold. Where positives are rare it says more than a ROC curve. scikit-learn's `precision_recall_curve`.
 *
 * @example
 * metric.precisionRecallCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).recall // [1, 1, 0.5, 0.5, 0]
 */
export function precisionRecallCurve<T extends Labels, P extends Numbers>(
  yTrue: T,
  yScore: P & Paired<"precisionRecallCurve", "scores", T, P>,
  options: PrecisionRecallCurveOptions = {},
): PrecisionRecallCurve {
  return tracePrecision("precisionRecallCurve", yTrue, yScore, options);
}

/** The curve, for a caller whose name stands in the messages. */
export function tracePrecision(
  name: string,
  yTrue: Labels,
  yScore: Numbers,
  options: PrecisionRecallCurveOptions,
): PrecisionRecallCurve {
  const scored = toScored(name, yTrue, yScore, options);
  const { truePositives, falsePositives, thresholds } = findLevels(scored);
  const hits = truePositives.at(-1) ?? 0;
  const last = thresholds.length - 1;
  const isCorner = (i: number) =>
    i === 0 || i === last || truePositives[i - 1] !== truePositives[i] || truePositives[i] !== truePositives[i + 1];
  const kept = thresholds.flatMap((_, i) => (options.dropIntermediate !== true || isCorner(i) ? [i] : [])).reverse();
  const precision = (i: number) => {
    const guessed = truePositives[i]! + falsePositives[i]!;
    return guessed === 0 ? 0 : truePositives[i]! / guessed;
  };
  return {
    precision: [...kept.map(precision), 1],
    recall: [...kept.map((i) => (hits === 0 ? 1 : truePositives[i]! / hits)), 0],
    thresholds: kept.map((i) => thresholds[i]!),
  };
}
