import { where } from "../op/function/where.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Match } from "./check/match.ts";
import { checkBetween } from "./check/option.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface QuantileOptions<P extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"quantile", P, R, W> {
  /** The share of targets that shall lie below the prediction: 0.5 unless given. */
  readonly quantile?: number;
}

/**
 * The pinball loss: its minimum is a quantile of the targets instead of their mean, so two of them give an interval.
 *
 * With `d = target – prediction`: `l = q d` where `d ≥ 0`, else `(q – 1) d`.
 *
 * Shapes: both the same. `quantile` is 0.5 unless given, which is half the `mae`.
 *
 * @example
 * loss.quantile(tensor([1, 3]), tensor([2, 2]), { quantile: 0.9, reduction: "none" }).toArray() // [0.9, 0.1]
 * @throws ShapeError `quantile: a target of shape [4] where [4, 1] is needed`
 * @throws RangeError `quantile: quantile 1.5 is not between 0 and 1.`
 * @see Koenker and Bassett 1978; scikit-learn `mean_pinball_loss(alpha)`. PyTorch has none.
 */
export function quantile<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  prediction: P,
  target: T & Match<"quantile: a target", T["shape"], P["shape"]>,
  options?: QuantileOptions<P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function quantile(prediction: Tensor, target: Tensor, options: QuantileOptions = {}): Tensor {
  const { quantile: q = 0.5 } = options;
  checkPair("quantile", prediction, target, options);
  checkBetween("quantile", "quantile", q, 0, 1);
  const d = target.sub(prediction);
  return reduce(where(d.greaterEqual(0), d.mul(q), d.mul(q - 1)), options);
}
