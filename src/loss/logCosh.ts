import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Match } from "./check/match.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

/**
 * As `huber` without a corner: about `d² / 2` near the target and `|d| – log 2` far from it, with all derivatives.
 *
 * `l = log cosh d = d + softplus(–2 d) – log 2` with `d = prediction – target`; the second form is finite for any difference.
 *
 * Shapes: both the same.
 *
 * @example
 * loss.logCosh(tensor([2.5, 0, 2, 8]), tensor([3, -0.5, 2, 7])).item() // 0.168502
 * @throws ShapeError `logCosh: a target of shape [4] where [4, 1] is needed`
 * @see Keras `LogCosh`, optax `log_cosh`; PyTorch has none.
 */
export function logCosh<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  prediction: P,
  target: T & Match<"logCosh: a target", T["shape"], P["shape"]>,
  options?: Reducing<"logCosh", P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function logCosh(prediction: Tensor, target: Tensor, options: Reducing = {}): Tensor {
  checkPair("logCosh", prediction, target, options);
  const d = prediction.sub(target);
  return reduce(d.add(d.mul(-2).softplus()).sub(Math.LN2), options);
}
