import { where } from "../op/function/where.ts";
import type { Columns } from "../tensor/shape/fit.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkClasses } from "./check/classes.ts";
import { checkClassOptions } from "./check/classOptions.ts";
import type { Match } from "./check/match.ts";
import { checkBetween } from "./check/option.ts";
import { checkRest, checkVectors, type Rest, type Vectors } from "./check/rows.ts";
import { labelled } from "./labelled.ts";
import { type Reduced, type Reducible, type Reduction, reduce } from "./reduce.ts";

export interface SequenceCrossEntropyOptions<
  Z extends Shape = Shape,
  R extends Reduction = Reduction,
  M extends Shape = Shape,
  C extends Shape = Shape,
> extends Reducible<R> {
  /** True (or 1) where there is a token, false (or 0) where there is padding. */
  readonly mask?: Tensor<M> & Match<"sequenceCrossEntropy: a mask", M, Rest<Z>>;
  /** A weight for each class; the mean is divided by the sum of weights of the labels. */
  readonly weight?: Tensor<C> & Match<"sequenceCrossEntropy: a weight", C, readonly [Columns<Z>]>;
  /** A label that counts for nothing: -100 unless given. */
  readonly ignoreIndex?: number;
  /** The share of the target that is spread over all classes: 0 unless given. */
  readonly labelSmoothing?: number;
}

/**
 * The cross-entropy of every token of a sequence, without the padding.
 *
 * `l = –log softmax(x)_y` at each place that the mask keeps; the mean is over these.
 *
 * Shapes: logits `[N, T, C]`, classes last, with labels and mask `[N, T]`. `ignoreIndex` is -100, `labelSmoothing` 0 unless given.
 *
 * @example
 * loss.sequenceCrossEntropy(tensor([[[2, 0], [0, 2]]]), tensor([[0, 0]]), { mask: tensor([[true, false]]) }).item() // 0.126928
 * @throws ShapeError `sequenceCrossEntropy: targets of shape [2, 5] where [2, 4] is needed`
 * @throws RangeError `sequenceCrossEntropy: label 7 is out of range for 3 classes (at index [0, 2]).`
 * @see PyTorch `CrossEntropyLoss` with the classes moved to axis 1: a beginner's error is to hand it `[N, T, C]`. Keras divides by all places, padding included.
 */
export function sequenceCrossEntropy<
  Z extends Tensor,
  T extends Tensor,
  R extends Reduction = "mean",
  M extends Shape = Shape,
  C extends Shape = Shape,
>(
  logits: Z & Vectors<"sequenceCrossEntropy: logits", Z["shape"]>,
  target: T & Match<"sequenceCrossEntropy: targets", T["shape"], Rest<Z["shape"]>>,
  options?: SequenceCrossEntropyOptions<Z["shape"], R, M, C>,
): Tensor<Reduced<Rest<Z["shape"]>, R>>;
export function sequenceCrossEntropy(
  logits: Tensor,
  target: Tensor,
  options: SequenceCrossEntropyOptions = {},
): Tensor {
  const { mask, weight, ignoreIndex = -100, labelSmoothing = 0 } = options;
  checkVectors("sequenceCrossEntropy: logits", logits);
  const axis = logits.rank - 1;
  checkRest("sequenceCrossEntropy: targets", target, logits);
  if (mask) checkRest("sequenceCrossEntropy: a mask", mask, logits);
  checkClassOptions("sequenceCrossEntropy", logits, axis, options);
  checkBetween("sequenceCrossEntropy", "labelSmoothing", labelSmoothing, 0, 1);
  const kept = mask ? where(mask, target, ignoreIndex) : target;
  checkClasses("sequenceCrossEntropy", kept, logits.shape[axis]!, ignoreIndex);
  const { elements, counted } = labelled(logits.logSoftmax(), kept, axis, { weight, ignoreIndex, labelSmoothing });
  return reduce(elements, options, counted);
}
