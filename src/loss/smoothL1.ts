import { where } from "../op/function/where.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Match } from "./check/match.ts";
import { checkFrom } from "./check/option.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface SmoothL1Options<P extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"smoothL1", P, R, W> {
  /** Where the square ends and the line begins: 1 unless given; 0 for no square. */
  readonly beta?: number;
}

/**
 * The Huber loss divided by its width: the slope far from the target is 1 whatever `beta`. The box regression of Fast R-CNN.
 *
 * With `d = prediction – target`: `l = d² / (2 beta)` where `|d| < beta`, else `|d| – beta / 2`.
 *
 * Shapes: both the same. `beta` is 1 unless given; at 0 this is `mae`.
 *
 * @example
 * loss.smoothL1(tensor([2.5, 0, 2, 8]), tensor([3, -0.5, 2, 7]), { beta: 0.5 }).item() // 0.3125
 * @throws ShapeError `smoothL1: a target of shape [4] where [4, 1] is needed`
 * @throws RangeError `smoothL1: beta -1 is not 0 or above.`
 * @see Girshick 2015 (Fast R-CNN, arXiv:1504.08083); PyTorch `SmoothL1Loss`. As `beta` grows this goes to 0, while `huber` goes to half the `mse`.
 */
export function smoothL1<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  prediction: P,
  target: T & Match<"smoothL1: a target", T["shape"], P["shape"]>,
  options?: SmoothL1Options<P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function smoothL1(prediction: Tensor, target: Tensor, options: SmoothL1Options = {}): Tensor {
  const { beta = 1 } = options;
  checkPair("smoothL1", prediction, target, options);
  checkFrom("smoothL1", "beta", beta, 0);
  const d = prediction.sub(target);
  const size = d.abs();
  if (beta === 0) return reduce(size, options);
  return reduce(where(size.less(beta), d.square().div(2 * beta), size.sub(beta / 2)), options);
}
