import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Match } from "./check/match.ts";
import { checkAbove } from "./check/option.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface MapeOptions<P extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"mape", P, R, W> {
  /** The least divisor: 2⁻⁵² unless given. */
  readonly eps?: number;
}

/**
 * The mean absolute difference as a share of the target: 0.1 is ten per cent.
 *
 * `l = |prediction – target| / max(|target|, eps)`.
 *
 * Shapes: both the same. `eps` is 2⁻⁵² unless given, so targets of 0 count enormously: mind them.
 *
 * @example
 * loss.mape(tensor([90, 210, 310]), tensor([100, 200, 300])).item() // 0.061111
 * @throws ShapeError `mape: a target of shape [4] where [4, 1] is needed`
 * @throws RangeError `mape: eps 0 is not above 0.`
 * @see scikit-learn `mean_absolute_percentage_error`. Keras' is 100 times this, with an `eps` of 1e-7; PyTorch has none.
 */
export function mape<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  prediction: P,
  target: T & Match<"mape: a target", T["shape"], P["shape"]>,
  options?: MapeOptions<P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function mape(prediction: Tensor, target: Tensor, options: MapeOptions = {}): Tensor {
  const { eps = Number.EPSILON } = options;
  checkPair("mape", prediction, target, options);
  checkAbove("mape", "eps", eps, 0);
  return reduce(prediction.sub(target).abs().div(target.abs().clamp(eps)), options);
}
