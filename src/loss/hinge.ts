import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkSides } from "./check/each.ts";
import type { Match } from "./check/match.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

/**
 * The loss of the support vector machine: 0 once the score is on the right side by a margin of 1.
 *
 * `l = max(0, 1 – y x)`; the gradient at the corner is 0.
 *
 * Shapes: both the same. Labels are 1 and -1.
 *
 * @example
 * loss.hinge(tensor([0.5, -2, 3]), tensor([1, -1, -1]), { reduction: "none" }).toArray() // [0.5, 0, 4]
 * @throws ShapeError `hinge: a target of shape [4] where [4, 1] is needed`
 * @throws RangeError `hinge: label 0 is neither 1 nor -1 (at index 2).`
 * @see Cortes and Vapnik 1995; optax `hinge_loss`. Keras turns labels 0 into -1; PyTorch's `HingeEmbeddingLoss` is another loss.
 */
export function hinge<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  score: P,
  target: T & Match<"hinge: a target", T["shape"], P["shape"]>,
  options?: Reducing<"hinge", P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function hinge(score: Tensor, target: Tensor, options: Reducing = {}): Tensor {
  checkPair("hinge", score, target, options);
  checkSides("hinge", target);
  return reduce(score.mul(target).neg().add(1).relu(), options);
}
