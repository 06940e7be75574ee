import type { Labels, Numbers, Paired } from "./input.ts";
import { findLevels, type ScoreOptions, toScored } from "./scored.ts";

export interface RocCurveOptions extends ScoreOptions {
  /** Leave out points on the line between their neighbours: `true` unless given. */
  readonly dropIntermediate?: boolean;
}

/** A curve from (0, 0) to (1, 1). */
export interface RocCurve {
  /** False positives over negatives; NaN without a negative. */
  readonly falsePositiveRate: readonly number[];
  /** True positives over positives: recall; NaN without a positive. */
  readonly truePositiveRate: readonly number[];
  /** Rows with at least this score count as positive; falling, the first is infinite. */
  readonly thresholds: readonly number[];
}

/**
 * How many positives are found at how many false alarms, for every threshold. scikit-learn's `roc_curve`.
 *
 * @example
 * metric.rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).truePositiveRate // [0, 0.5, 0.5, 1, 1]
 * @throws RangeError `rocCurve: 3 classes (0, 1, 2) where 2 are needed.`
 */
export function rocCurve<T extends Labels, P extends Numbers>(
  yTrue: T,
  yScore: P & Paired<"rocCurve", "scores", T, P>,
  options: RocCurveOptions = {},
): RocCurve {
  return traceRoc("rocCurve", yTrue, yScore, options);
}

/** The curve, for a caller whose name stands in the messages. */
export function traceRoc(name: string, yTrue: Labels, yScore: Numbers, options: RocCurveOptions): RocCurve {
  const { truePositives, falsePositives, thresholds } = findLevels(toScored(name, yTrue, yScore, options));
  const [hits, misses] = [truePositives.at(-1) ?? 0, falsePositives.at(-1) ?? 0];
  const last = thresholds.length - 1;
  const isCorner = (i: number) =>
    i === 0 || i === last || [truePositives, falsePositives].some((n) => n[i + 1]! - 2 * n[i]! + n[i - 1]! !== 0);
  const kept = thresholds.flatMap((_, i) => (options.dropIntermediate === false || isCorner(i) ? [i] : []));
  const rate = (n: number, total: number) => (total > 0 ? n / total : Number.NaN);
  return {
    falsePositiveRate: [rate(0, misses), ...kept.map((i) => rate(falsePositives[i]!, misses))],
    truePositiveRate: [rate(0, hits), ...kept.map((i) => rate(truePositives[i]!, hits))],
    thresholds: [Number.POSITIVE_INFINITY, ...kept.map((i) => thresholds[i]!)],
  };
}
