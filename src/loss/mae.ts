import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Match } from "./check/match.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

/**
 * The mean absolute error: every unit of difference counts the same, so outliers count less than in `mse`; its minimum is the median.
 *
 * `l = |prediction – target|`. The gradient is the sign, and 0 at equality.
 *
 * Shapes: both the same.
 *
 * @example
 * loss.mae(tensor([2.5, 0, 2, 8]), tensor([3, -0.5, 2, 7])).item() // 0.5
 * @throws ShapeError `mae: a target of shape [4] where [4, 1] is needed`
 * @see PyTorch `L1Loss`. Not to be taken for `l1`, the penalty on parameters.
 */
export function mae<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  prediction: P,
  target: T & Match<"mae: a target", T["shape"], P["shape"]>,
  options?: Reducing<"mae", P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function mae(prediction: Tensor, target: Tensor, options: Reducing = {}): Tensor {
  checkPair("mae", prediction, target, options);
  return reduce(prediction.sub(target).abs(), options);
}
