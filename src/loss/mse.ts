import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Match } from "./check/match.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

/**
 * The mean squared error: large differences count most, so one outlier can rule the mean.
 *
 * `l = (prediction – target)²`, averaged over all elements, without a factor ½.
 *
 * Shapes: both the same, as in `[N]` and `[N]`; `[N, 1]` beside `[N]` is an error, because it would give N² differences.
 *
 * @example
 * loss.mse(tensor([2.5, 0, 2, 8]), tensor([3, -0.5, 2, 7])).item() // 0.375
 * loss.mse(tensor([1, 2]), tensor([3, 2]), { reduction: "none" }).toArray() // [4, 0]
 * @throws ShapeError `mse: a target of shape [4] where [4, 1] is needed`
 * @see PyTorch `MSELoss`. optax's `l2_loss` has the factor ½; Keras averages the last axis first, which is the same mean.
 */
export function mse<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  prediction: P,
  target: T & Match<"mse: a target", T["shape"], P["shape"]>,
  options?: Reducing<"mse", P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function mse(prediction: Tensor, target: Tensor, options: Reducing = {}): Tensor {
  checkPair("mse", prediction, target, options);
  return reduce(prediction.sub(target).square(), options);
}
