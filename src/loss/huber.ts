import { where } from "../op/function/where.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Match } from "./check/match.ts";
import { checkAbove } from "./check/option.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface HuberOptions<P extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"huber", P, R, W> {
  /** Where the square ends and the line begins: 1 unless given. */
  readonly delta?: number;
}

/**
 * Squared near the target, linear far from it: smooth as `mse` at the minimum, and as little moved by outliers as `mae`.
 *
 * With `d = prediction – target`: `l = d² / 2` where `|d| < delta`, else `delta (|d| – delta / 2)`.
 *
 * Shapes: both the same. `delta` is 1 unless given.
 *
 * @example
 * loss.huber(tensor([2.5, 0, 2, 8]), tensor([3, -0.5, 2, 7])).item() // 0.1875
 * loss.huber(tensor([2.5, 0, 2, 8]), tensor([3, -0.5, 2, 7]), { delta: 0.5 }).item() // 0.15625
 * @throws ShapeError `huber: a target of shape [4] where [4, 1] is needed`
 * @throws RangeError `huber: delta 0 is not above 0.`
 * @see Huber 1964; PyTorch `HuberLoss`, Keras `Huber`. `smoothL1` is this divided by its `beta`; scikit-learn's `HuberRegressor` estimates a scale as well.
 */
export function huber<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  prediction: P,
  target: T & Match<"huber: a target", T["shape"], P["shape"]>,
  options?: HuberOptions<P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function huber(prediction: Tensor, target: Tensor, options: HuberOptions = {}): Tensor {
  const { delta = 1 } = options;
  checkPair("huber", prediction, target, options);
  checkAbove("huber", "delta", delta, 0);
  const d = prediction.sub(target);
  const size = d.abs();
  return reduce(where(size.less(delta), d.square().mul(0.5), size.sub(delta / 2).mul(delta)), options);
}
