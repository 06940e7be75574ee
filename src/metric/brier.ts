import { sum } from "./classes.ts";
import type { Labels, Numbers, Paired } from "./input.ts";
import { type ProbabilityOptions, toProbabilities } from "./probabilities.ts";

export interface BrierOptions extends ProbabilityOptions {
  /** Half of the sum over classes: `"auto"` (unless given) for two classes only, so that the worst value is 1. */
  readonly scaleByHalf?: boolean | "auto";
}

/**
 * The mean squared error of probabilities: `(p – y)²` for two classes with p `[N]`, `Σ (p_c – [y = c])²` for several with p `[N, C]`; 0 is best.
 * scikit-learn's `brier_score_loss`.
 *
 * @example
 * metric.brier([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]) // 0.03749999999999999
 * @throws RangeError `brier: probability 1.5 at 2 does not lie in [0, 1].`
 */
export function brier<T extends Labels, P extends Numbers>(
  yTrue: T,
  yProb: P & Paired<"brier", "scores", T, P>,
  options: BrierOptions = {},
): number {
  const { scaleByHalf = "auto" } = options;
  const { truth, columns, data, weights } = toProbabilities("brier", yTrue, yProb, options);
  let total = 0;
  truth.forEach((label, row) => {
    let squares = 0;
    for (let i = 0; i < columns; i++) squares += (data[row * columns + i]! - Number(i === label)) ** 2;
    total += weights[row]! * squares;
  });
  const isHalf = scaleByHalf === "auto" ? columns === 2 : scaleByHalf;
  return (total / sum(weights)) * (isHalf ? 0.5 : 1);
}
