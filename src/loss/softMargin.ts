import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkSigns } from "./check/each.ts";
import type { Match } from "./check/match.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

/**
 * The logistic loss with labels 1 and -1: `binaryCrossEntropyWithLogits` in the other spelling.
 *
 * `l = log(1 + e^(–y x)) = softplus(–y x)`, finite for any score.
 *
 * Shapes: both the same. Labels are 1 and -1.
 *
 * @example
 * loss.softMargin(tensor([0, 1.5]), tensor([1, 1]), { reduction: "none" }).toArray() // [0.693147, 0.201413]
 * @throws ShapeError `softMargin: a target of shape [4] where [4, 1] is needed`
 * @throws RangeError `softMargin: label 0 is neither 1 nor -1 (at index 2).`
 * @see PyTorch `SoftMarginLoss`.
 */
export function softMargin<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  score: P,
  target: T & Match<"softMargin: a target", T["shape"], P["shape"]>,
  options?: Reducing<"softMargin", P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function softMargin(score: Tensor, target: Tensor, options: Reducing = {}): Tensor {
  checkPair("softMargin", score, target, options);
  checkSigns("softMargin", target);
  return reduce(score.mul(target).neg().softplus(), options);
}
