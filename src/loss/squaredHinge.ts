import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkSides } from "./check/each.ts";
import type { Match } from "./check/match.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

/**
 * The hinge loss squared: smooth at the corner, harder on large violations. What scikit-learn's `LinearSVC` minimizes.
 *
 * `l = max(0, 1 – y x)²`.
 *
 * Shapes: both the same. Labels are 1 and -1.
 *
 * @example
 * loss.squaredHinge(tensor([0.5, -2, 3]), tensor([1, -1, -1]), { reduction: "none" }).toArray() // [0.25, 0, 16]
 * @throws ShapeError `squaredHinge: a target of shape [4] where [4, 1] is needed`
 * @throws RangeError `squaredHinge: label 0 is neither 1 nor -1 (at index 2).`
 * @see Keras `SquaredHinge`, which turns labels 0 into -1.
 */
export function squaredHinge<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  score: P,
  target: T & Match<"squaredHinge: a target", T["shape"], P["shape"]>,
  options?: Reducing<"squaredHinge", P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function squaredHinge(score: Tensor, target: Tensor, options: Reducing = {}): Tensor {
  checkPair("squaredHinge", score, target, options);
  checkSides("squaredHinge", target);
  return reduce(score.mul(target).neg().add(1).relu().square(), options);
}
