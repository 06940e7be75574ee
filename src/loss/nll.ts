import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Classes, checkClasses, checkLabelled, type Labels, type Places, toClassAxis } from "./check/classes.ts";
import { checkClassOptions } from "./check/classOptions.ts";
import type { Match } from "./check/match.ts";
import { labelled } from "./labelled.ts";
import { type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface NllOptions<
  Z extends Shape = Shape,
  R extends Reduction = Reduction,
  W extends Shape = Shape,
  C extends Shape = Shape,
> extends Reducing<"nll", Places<Z>, R, W> {
  /** A weight for each class; the mean is divided by the sum of weights of the labels. */
  readonly weight?: Tensor<C> & Match<"nll: a weight", C, readonly [Classes<Z>]>;
  /** A label that counts for nothing: -100 unless given. */
  readonly ignoreIndex?: number;
}

/**
 * The negative log-likelihood of labels, from log-probabilities: `crossEntropy` without the softmax.
 *
 * `l = –w_y log p_y`, the mean `Σ l / Σ w_y`.
 *
 * Shapes: log-probabilities `[N, C]` with N labels, or `[N, C, …]` with `[N, …]`. `ignoreIndex` is -100 unless given.
 *
 * @example
 * loss.nll(tensor([[0.05, 0.95, 0], [0.1, 0.8, 0.1]]).log(), tensor([1, 2])).item() // 1.176939
 * @throws ShapeError `nll: log-probabilities of shape [4, 3] need 4 targets, got shape [5].`
 * @throws RangeError `nll: label 7 is out of range for 3 classes (at index 2).`
 * @see PyTorch `NLLLoss`. Logits belong into `crossEntropy`: here they would give a number without meaning, possibly below 0.
 */
export function nll<
  Z extends Tensor,
  T extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
  C extends Shape = Shape,
>(
  logProbabilities: Z,
  target: T & Labels<"nll", "log-probabilities", Z["shape"], T["shape"]>,
  options?: NllOptions<Z["shape"], R, W, C>,
): Tensor<Reduced<Places<Z["shape"]>, R>>;
export function nll(logProbabilities: Tensor, target: Tensor, options: NllOptions = {}): Tensor {
  const { weight, ignoreIndex = -100 } = options;
  checkLabelled("nll", "log-probabilities", logProbabilities, target);
  const axis = toClassAxis(logProbabilities);
  checkClassOptions("nll", logProbabilities, axis, options);
  checkClasses("nll", target, logProbabilities.shape[axis]!, ignoreIndex);
  const { elements, counted } = labelled(logProbabilities, target, axis, { weight, ignoreIndex });
  return reduce(elements, options, counted);
}
