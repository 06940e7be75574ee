import type { Tensor } from "../tensor/tensor.ts";
import { type Count, type Losses, type PerTask, toLosses, toWeights } from "./check/tasks.ts";

export interface MinMaxOptions<K extends readonly number[] | Tensor = readonly number[] | Tensor> {
  /** What each task counts for; the same unless given. */
  readonly weights?: K;
}

/**
 * The worst of several losses: minimizing it leaves no task behind.
 *
 * `max_k w_k L_k`; equal ones share the gradient.
 *
 * Shapes: a list of losses of one number each, or a tensor `[K]`; weights one for each.
 *
 * @example
 * loss.minMax([tensor(2), tensor(10)]).item() // 10
 * loss.minMax([tensor(2), tensor(10)], { weights: [6, 1] }).item() // 12
 * @throws ShapeError `minMax: 3 weights for 2 tasks`
 * @see Mohri et al. 2019 (agnostic federated learning, arXiv:1902.00146). Not to be taken for `minimax`, the game of a GAN.
 */
export function minMax<const L extends Losses, const K extends readonly number[] | Tensor>(
  losses: L,
  options?: MinMaxOptions<K & PerTask<"minMax", "weights", Count<K>, Count<L>>>,
): Tensor<readonly []>;
export function minMax(losses: Losses, { weights }: MinMaxOptions = {}): Tensor {
  const each = toLosses("minMax", losses);
  return (weights ? each.mul(toWeights("minMax", weights, each)) : each).max();
}
