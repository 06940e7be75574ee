import type { Tensor } from "../tensor/tensor.ts";
import { type Count, type Losses, type PerTask, toLosses, toWeights } from "./check/tasks.ts";

export interface WeightedSumOptions<K extends readonly number[] | Tensor = readonly number[] | Tensor> {
  /** What each task counts for. */
  readonly weights: K;
}

/**
 * One loss from several: the plain way to train on several tasks.
 *
 * `Σ w_k L_k`.
 *
 * Shapes: a list of losses of one number each, or a tensor `[K]`, and K weights.
 *
 * @example
 * loss.weightedSum([tensor(2), tensor(10)], { weights: [1, 0.1] }).item() // 3
 * @throws ShapeError `weightedSum: 3 weights for 2 tasks`
 * @see `uncertaintyWeighting` learns the weights, `minMax` looks at the worst task only.
 */
export function weightedSum<const L extends Losses, const K extends readonly number[] | Tensor>(
  losses: L,
  options: WeightedSumOptions<K & PerTask<"weightedSum", "weights", Count<K>, Count<L>>>,
): Tensor<readonly []>;
export function weightedSum(losses: Losses, options: WeightedSumOptions): Tensor {
  const each = toLosses("weightedSum", losses);
  return each.mul(toWeights("weightedSum", options?.weights, each)).sum();
}
