import { arange } from "../tensor/create.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Classes, checkClasses, checkLabelled, type Labels, type Places, toClassAxis } from "./check/classes.ts";
import { checkClassOptions } from "./check/classOptions.ts";
import type { Match } from "./check/match.ts";
import { checkFrom } from "./check/option.ts";
import { alignClasses } from "./labelled.ts";
import { type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface MultiMarginOptions<
  Z extends Shape = Shape,
  R extends Reduction = Reduction,
  W extends Shape = Shape,
  C extends Shape = Shape,
> extends Reducing<"multiMargin", Places<Z>, R, W> {
  /** The exponent: 1 unless given. */
  readonly p?: 1 | 2;
  /** By how much the right score shall lead: 1 unless given. */
  readonly margin?: number;
  /** A weight for each class; the mean still divides by N. */
  readonly weight?: Tensor<C> & Match<"multiMargin: a weight", C, readonly [Classes<Z>]>;
}

/**
 * The hinge loss of several classes: every wrong score that comes within the margin of the right one costs.
 *
 * `l = w_y / C · Σ_{i≠y} max(0, margin – x_y + x_i)^p`.
 *
 * Shapes: scores `[N, C]` with N labels, or `[C]` with one. `p` and `margin` are 1 unless given.
 *
 * @example
 * loss.multiMargin(tensor([[0.1, 0.2, 0.4, 0.8]]), tensor([3])).item() // 0.325
 * @throws ShapeError `multiMargin: scores of shape [4, 3] need 4 targets, got shape [5].`
 * @throws RangeError `multiMargin: label 7 is out of range for 3 classes (at index 2).`
 * @see PyTorch `MultiMarginLoss`, which divides by C. Crammer and Singer's loss, Keras' `CategoricalHinge` and optax' `multiclass_hinge_loss` take the worst class only.
 */
export function multiMargin<
  Z extends Tensor,
  T extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
  C extends Shape = Shape,
>(
  scores: Z,
  target: T & Labels<"multiMargin", "scores", Z["shape"], T["shape"]>,
  options?: MultiMarginOptions<Z["shape"], R, W, C>,
): Tensor<Reduced<Places<Z["shape"]>, R>>;
export function multiMargin(scores: Tensor, target: Tensor, options: MultiMarginOptions = {}): Tensor {
  const { p = 1, margin = 1, weight } = options;
  checkLabelled("multiMargin", "scores", scores, target);
  const axis = toClassAxis(scores);
  const classes = scores.shape[axis]!;
  checkClassOptions("multiMargin", scores, axis, options);
  if (p !== 1 && p !== 2) throw new RangeError(`multiMargin: p ${p} is neither 1 nor 2.`);
  checkFrom("multiMargin", "margin", margin, 0);
  checkClasses("multiMargin", target, classes);
  const labels = target.unsqueeze(axis);
  const wrong = alignClasses(arange(classes), scores, axis).notEqual(labels);
  const short = scores.sub(scores.gather(axis, labels)).add(margin).relu();
  const elements = (p === 2 ? short.square() : short).mul(wrong).sum(axis).div(classes);
  return reduce(weight ? elements.mul(weight.to(elements.dtype).take(target)) : elements, options);
}
