import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkFractions } from "./check/each.ts";
import type { Match } from "./check/match.ts";
import { checkSpreading, type Spreading } from "./check/spreading.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface BinaryCrossEntropyWithLogitsOptions<
  P extends Shape = Shape,
  R extends Reduction = Reduction,
  W extends Shape = Shape,
  B extends Shape = Shape,
  B2 extends Shape = Shape,
> extends Reducing<"binaryCrossEntropyWithLogits", P, R, W> {
  /** Multiplies the elements, with which it broadcasts; the mean still divides by their number. */
  readonly weight?: Tensor<B> & Spreading<"binaryCrossEntropyWithLogits: a weight", B, P>;
  /** What a yes counts for, usually one number for each column: with 100 yes and 300 no, 3 makes them even. */
  readonly posWeight?: Tensor<B2> & Spreading<"binaryCrossEntropyWithLogits: a posWeight", B2, P>;
}

/**
 * The cross-entropy of yes and no, from logits: finite and exact for any of them.
 *
 * `l = –(w y log σ(x) + (1 – y) log(1 – σ(x))) = (1 – y) x + (1 + (w – 1) y) softplus(–x)` with `w = posWeight`.
 *
 * Shapes: both the same; weights broadcast. Targets are between 0 and 1.
 *
 * @example
 * loss.binaryCrossEntropyWithLogits(tensor([1.5]), tensor([1])).item() // 0.201413
 * loss.binaryCrossEntropyWithLogits(tensor([1.5]), tensor([1]), { posWeight: tensor([3]) }).item() // 0.60424
 * @throws ShapeError `binaryCrossEntropyWithLogits: a target of shape [4] where [4, 1] is needed`
 * @throws RangeError `binaryCrossEntropyWithLogits: label -1 is not between 0 and 1 (at index 2).`
 * @see PyTorch `BCEWithLogitsLoss`, optax `sigmoid_binary_cross_entropy`, Keras `BinaryCrossentropy(from_logits=True)`. MLX's `binary_cross_entropy` is this one.
 */
export function binaryCrossEntropyWithLogits<
  P extends Tensor,
  T extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
  B extends Shape = Shape,
  B2 extends Shape = Shape,
>(
  logits: P,
  target: T & Match<"binaryCrossEntropyWithLogits: a target", T["shape"], P["shape"]>,
  options?: BinaryCrossEntropyWithLogitsOptions<P["shape"], R, W, B, B2>,
): Tensor<Reduced<P["shape"], R>>;
export function binaryCrossEntropyWithLogits(
  logits: Tensor,
  target: Tensor,
  options: BinaryCrossEntropyWithLogitsOptions = {},
): Tensor {
  const { weight, posWeight } = options;
  checkPair("binaryCrossEntropyWithLogits", logits, target, options);
  if (weight) checkSpreading("binaryCrossEntropyWithLogits: a weight", weight, logits);
  if (posWeight) checkSpreading("binaryCrossEntropyWithLogits: a posWeight", posWeight, logits);
  checkFractions("binaryCrossEntropyWithLogits: label", target);
  const yes = posWeight ? target.mul(posWeight.to(logits.dtype).sub(1)).add(1) : 1;
  const elements = target.neg().add(1).mul(logits).add(logits.neg().softplus().mul(yes));
  return reduce(weight ? elements.mul(weight.to(elements.dtype)) : elements, options);
}
