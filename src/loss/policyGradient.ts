import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkMatch, type Match } from "./check/match.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

/**
 * Makes actions likelier by how much better than expected they were: the gradient of the expected return.
 *
 * `l = –log π(a|s) · A`; no gradient flows into the advantage A.
 *
 * Shapes: both the same.
 *
 * @example
 * loss.policyGradient(tensor([-0.5, -2]), tensor([1, -1]), { reduction: "none" }).toArray() // [0.5, -2]
 * @throws ShapeError `policyGradient: advantages of shape [3] where [4] is needed`
 * @see Williams 1992 (REINFORCE). Its value is no measure of progress: only its gradient means something.
 */
export function policyGradient<
  A extends Tensor,
  B extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  logProbability: A,
  advantage: B & Match<"policyGradient: advantages", B["shape"], A["shape"]>,
  options?: Reducing<"policyGradient", A["shape"], R, W>,
): Tensor<Reduced<A["shape"], R>>;
export function policyGradient(logProbability: Tensor, advantage: Tensor, options: Reducing = {}): Tensor {
  checkMatch("policyGradient: advantages", advantage, logProbability);
  checkReducing("policyGradient", logProbability.shape, options);
  return reduce(logProbability.mul(advantage.stopGradient()).neg(), options);
}
