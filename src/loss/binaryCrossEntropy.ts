import { customGradient } from "../grad/customGradient.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkFractions } from "./check/each.ts";
import type { Match } from "./check/match.ts";
import { checkSpreading, type Spreading } from "./check/spreading.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface BinaryCrossEntropyOptions<
  P extends Shape = Shape,
  R extends Reduction = Reduction,
  W extends Shape = Shape,
  B extends Shape = Shape,
> extends Reducing<"binaryCrossEntropy", P, R, W> {
  /** Multiplies the elements, with which it broadcasts; the mean still divides by their number. */
  readonly weight?: Tensor<B> & Spreading<"binaryCrossEntropy: a weight", B, P>;
}

/**
 * The cross-entropy of yes and no, from probabilities.
 *
 * `l = –(y log p + (1 – y) log(1 – p))`; logarithms stop at -100, and the gradient `(p – y) / (p (1 – p))` at a divisor of 1e-12.
 *
 * Shapes: both the same. Probabilities and targets are between 0 and 1.
 *
 * @example
 * loss.binaryCrossEntropy(tensor([0.9, 0.2]), tensor([1, 0])).item() // 0.164252
 * @throws ShapeError `binaryCrossEntropy: a target of shape [4] where [4, 1] is needed`
 * @throws RangeError `binaryCrossEntropy: probability 1.5 is not between 0 and 1 (at index 0).`
 * @see PyTorch `BCELoss`. Keras clips p to [1e-7, 1 – 1e-7] instead. From logits `binaryCrossEntropyWithLogits` is exact.
 */
export function binaryCrossEntropy<
  P extends Tensor,
  T extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
  B extends Shape = Shape,
>(
  probability: P,
  target: T & Match<"binaryCrossEntropy: a target", T["shape"], P["shape"]>,
  options?: BinaryCrossEntropyOptions<P["shape"], R, W, B>,
): Tensor<Reduced<P["shape"], R>>;
export function binaryCrossEntropy(
  probability: Tensor,
  target: Tensor,
  options: BinaryCrossEntropyOptions = {},
): Tensor {
  const { weight } = options;
  checkPair("binaryCrossEntropy", probability, target, options);
  if (weight) checkSpreading("binaryCrossEntropy: a weight", weight, probability);
  checkFractions("binaryCrossEntropy: probability", probability);
  checkFractions("binaryCrossEntropy: label", target);
  const elements = boundedEntropy(probability, target.to(probability.dtype));
  return reduce(weight ? elements.mul(weight.to(elements.dtype)) : elements, options);
}

/** 1e-12 as a float, which PyTorch has also where it computes in doubles. */
const LEAST = Math.fround(1e-12);

/** The formula, and PyTorch's gradient of it, which is finite where the formula's own is not. */
const boundedEntropy = customGradient(
  (p: Tensor, y: Tensor) => {
    const [yes, no] = bounded(p);
    return y.mul(yes).add(y.neg().add(1).mul(no)).neg();
  },
  (g, [p, y]) => {
    const [yes, no] = bounded(p);
    return [g.mul(p.sub(y)).div(p.neg().add(1).mul(p).clamp(LEAST)), g.mul(no.sub(yes))];
  },
);

/** `log p` and `log(1 – p)`, both at least -100. */
function bounded(p: Tensor): readonly [yes: Tensor, no: Tensor] {
  return [p.log().clamp(-100), p.neg().log1p().clamp(-100)];
}
