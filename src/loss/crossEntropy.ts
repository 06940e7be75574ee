import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Classes, checkClasses, checkTargets, type Places, type Targets, toClassAxis } from "./check/classes.ts";
import { checkClassOptions } from "./check/classOptions.ts";
import { checkFractions } from "./check/each.ts";
import type { Match } from "./check/match.ts";
import { checkBetween } from "./check/option.ts";
import { labelled, sumClasses } from "./labelled.ts";
import { type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface CrossEntropyOptions<
  Z extends Shape = Shape,
  R extends Reduction = Reduction,
  W extends Shape = Shape,
  C extends Shape = Shape,
> extends Reducing<"crossEntropy", Places<Z>, R, W> {
  /** A weight for each class. With labels the mean is divided by the sum of weights of the labels. */
  readonly weight?: Tensor<C> & Match<"crossEntropy: a weight", C, readonly [Classes<Z>]>;
  /** A label that counts for nothing: -100 unless given. Probabilities have none. */
  readonly ignoreIndex?: number;
  /** The share of the target that is spread over all classes: 0 unless given. */
  readonly labelSmoothing?: number;
}

/**
 * How surprised the model is by the right class: softmax and negative logarithm in one, finite for any logits.
 *
 * `l = –log p_y` with `p = softmax(logits)`; with probabilities `t` as targets `l = –Σ_c t_c log p_c`. With class weights `w` and smoothing `ε`:
 * `(1 – ε) w_y (–log p_y) + ε/C Σ_c w_c (–log p_c)`. The mean of labels is `Σ l / Σ w_y`, of probabilities `Σ l / N`.
 *
 * Shapes: logits `[N, C]` with N labels or with probabilities `[N, C]`; classes are always on axis 1, so a sequence is `[N, C, T]` (for `[N, T, C]` there is
 * `sequenceCrossEntropy`); `[C]` with one label. `ignoreIndex` is -100, `labelSmoothing` 0 unless given.
 *
 * @example
 * loss.crossEntropy(tensor([[2, -1], [-1, 2]]), tensor([0, 1])).item() // 0.048587
 * loss.crossEntropy(tensor([[0.8, 0.1, 0.1]]).log(), tensor([0])).item() // 0.223144
 * loss.crossEntropy(tensor([[2, -1]]), tensor([[0.9, 0.1]])).item() // 0.348587
 * @throws ShapeError `crossEntropy: logits of shape [4, 3] need 4 targets, got shape [5].`
 * @throws RangeError `crossEntropy: label 7 is out of range for 3 classes (at index 2).`
 * @see PyTorch `CrossEntropyLoss`. Keras takes probabilities unless told `from_logits`, and divides a weighted mean by N; optax and MLX have the classes last.
 */
export function crossEntropy<
  Z extends Tensor,
  T extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
  C extends Shape = Shape,
>(
  logits: Z,
  target: T & Targets<"crossEntropy", "logits", Z["shape"], T["shape"]>,
  options?: CrossEntropyOptions<Z["shape"], R, W, C>,
): Tensor<Reduced<Places<Z["shape"]>, R>>;
export function crossEntropy(logits: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const { weight, ignoreIndex = -100, labelSmoothing = 0 } = options;
  const isProbable = checkTargets("crossEntropy", "logits", logits, target);
  const axis = toClassAxis(logits);
  checkClassOptions("crossEntropy", logits, axis, options);
  checkBetween("crossEntropy", "labelSmoothing", labelSmoothing, 0, 1);
  if (isProbable) checkFractions("crossEntropy: probability", target);
  else checkClasses("crossEntropy", target, logits.shape[axis]!, ignoreIndex);
  const logP = logits.logSoftmax(axis);
  if (isProbable) {
    const smooth = target.mul(1 - labelSmoothing).add(labelSmoothing / logits.shape[axis]!);
    return reduce(sumClasses(logP.mul(smooth), axis, weight).neg(), options);
  }
  const { elements, counted } = labelled(logP, target, axis, { weight, ignoreIndex, labelSmoothing });
  return reduce(elements, options, counted);
}
