import { checkProbabilities, type Labels, type Numbers, type Paired } from "./input.ts";
import { type ScoreOptions, toScored } from "./scored.ts";

export interface CalibrationCurveOptions extends Pick<ScoreOptions, "posLabel"> {
  /** The number of bins: 5 unless given. */
  readonly bins?: number;
  /** Bins of equal width (`"uniform"`, unless given) or of equally many rows. */
  readonly strategy?: "uniform" | "quantile";
}

/** A point for each bin that is not empty. */
export interface CalibrationCurve {
  /** The share of positives in the bin: what the probability should have been. */
  readonly truth: readonly number[];
  /** The mean probability in the bin. */
  readonly prediction: readonly number[];
  /** How many rows are in the bin. */
  readonly counts: readonly number[];
}

/**
 * Share of positives beside mean probability, by bin: on the diagonal a model is calibrated. scikit-learn's `calibration_curve`.
 *
 * @example
 * metric.calibrationCurve([0, 0, 1, 1], [0.1, 0.3, 0.7, 0.9], { bins: 2 }).truth // [0, 1]
 * @throws RangeError `calibrationCurve: probability 1.5 at 0 does not lie in [0, 1].`
 */
export function calibrationCurve<T extends Labels, P extends Numbers>(
  yTrue: T,
  yProb: P & Paired<"calibrationCurve", "scores", T, P>,
  options: CalibrationCurveOptions = {},
): CalibrationCurve {
  const { bins = 5, strategy = "uniform" } = options;
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`calibrationCurve: bins must be a whole number from 1, got ${bins}.`);
  if (strategy !== "uniform" && strategy !== "quantile")
    throw new RangeError(`calibrationCurve: strategy must be "uniform" or "quantile", got "${strategy}".`);
  const { truth, scores } = toScored("calibrationCurve", yTrue, yProb, options);
  checkProbabilities("calibrationCurve", scores);
  const edges = findEdges(scores, bins, strategy);
  const totals = Array.from({ length: bins }, () => ({ rows: 0, positives: 0, sum: 0 }));
  truth.forEach((positive, i) => {
    let place = 0;
    while (place < edges.length && edges[place]! < scores[i]!) place++;
    const bin = totals[place]!;
    bin.rows++;
    bin.positives += positive;
    bin.sum += scores[i]!;
  });
  const used = totals.filter(({ rows }) => rows > 0);
  return {
    truth: used.map(({ rows, positives }) => positives / rows),
    prediction: used.map(({ rows, sum }) => sum / rows),
    counts: used.map(({ rows }) => rows),
  };
}

/** The edges between bins: at equal distances, or at NumPy's linear quantiles. */
function findEdges(scores: ArrayLike<number>, bins: number, strategy: "uniform" | "quantile"): number[] {
  const sorted = Float64Array.from(scores).sort();
  return Array.from({ length: bins - 1 }, (_, i) => {
    if (strategy === "uniform") return (i + 1) / bins;
    const at = ((i + 1) / bins) * (sorted.length - 1);
    const [low, part] = [Math.floor(at), at % 1];
    return sorted[low]! + part * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
  });
}
