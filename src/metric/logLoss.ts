import { sum } from "./classes.ts";
import type { Labels, Numbers, Paired } from "./input.ts";
import { type ProbabilityOptions, toProbabilities } from "./probabilities.ts";

/**
 * The mean of `–log p` of the right class, from probabilities `[N]` of the positive class or `[N, C]`; they stop 2⁻⁵² before 0 and 1.
 * scikit-learn's `log_loss`. For logits and gradients there is `loss.crossEntropy`.
 *
 * @example
 * metric.logLoss([1, 0, 0, 1], [0.9, 0.1, 0.2, 0.65]) // 0.21616187468057912
 */
export function logLoss<T extends Labels, P extends Numbers>(
  yTrue: T,
  yProb: P & Paired<"logLoss", "scores", T, P>,
  options: ProbabilityOptions = {},
): number {
  const { truth, columns, data, weights } = toProbabilities("logLoss", yTrue, yProb, options);
  let total = 0;
  truth.forEach((label, row) => {
    const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, data[row * columns + label]!));
    total -= weights[row]! * Math.log(p);
  });
  return total / sum(weights);
}
