import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { alignLeading, checkLeading, type Leading } from "./check/leading.ts";
import { checkMatch } from "./check/match.ts";
import { checkChoice } from "./check/option.ts";

/** What becomes of the losses of the elements: their mean, their sum, or nothing. */
export type Reduction = "mean" | "sum" | "none";

/** The option of every loss that has elements. */
export interface Reducible<R extends Reduction = Reduction> {
  /** `"mean"` unless given. optax has none (write `.mean()`), MLX mostly `"none"`; Keras calls the mean `"sum_over_batch_size"`. */
  readonly reduction?: R;
}

/** The options of a loss with elements of shape E that can be weighted. */
export interface Reducing<
  Name extends string = string,
  E extends Shape = Shape,
  R extends Reduction = Reduction,
  W extends Shape = Shape,
> extends Reducible<R> {
  /**
   * A weight for each element, or for each of the first axes: `[N]` weighs rows. The mean is `Σ w l / Σ w`, as in scikit-learn; Keras divides by the
   * number of elements instead, and so does PyTorch where a loss has a `weight`.
   */
  readonly sampleWeight?: Tensor<W> & Leading<`${Name}: sampleWeight`, W, E>;
}

/** The shape of a loss: of its elements for `"none"`, of one number otherwise. */
export type Reduced<E extends Shape, R extends string> = [R] extends ["none"]
  ? E
  : "none" extends R
    ? Shape
    : readonly [];

const reductions: readonly Reduction[] = ["mean", "sum", "none"];

export function checkReducing(
  name: string,
  elements: Shape,
  { reduction = "mean", sampleWeight }: Reducing = {},
): void {
  checkChoice(name, "reduction", reduction, reductions);
  if (sampleWeight !== undefined) checkLeading(`${name}: sampleWeight`, sampleWeight, elements);
}

/** The arguments of a loss that compares a prediction with a target element by element. */
export function checkPair(name: string, prediction: Tensor, target: Tensor, options: Reducing): void {
  checkMatch(`${name}: a target`, target, prediction);
  checkReducing(name, prediction.shape, options);
}

/**
 * The one place where elements are reduced. With sample weights `w`: `w l`, `Σ w l`, or `Σ w l / Σ w`. `counted` is what each element counts for in a
 * mean, for losses whose elements carry weights of their own: `Σ w l / Σ w c`.
 */
export function reduce(elements: Tensor, { reduction = "mean", sampleWeight }: Reducing, counted?: Tensor): Tensor {
  const weight =
    sampleWeight && alignLeading(sampleWeight.to(elements.dtype), elements.rank).broadcastTo(elements.shape);
  const weighted = weight ? elements.mul(weight) : elements;
  if (reduction === "none") return weighted;
  if (reduction === "sum") return weighted.sum();
  const shares = weight && counted ? weight.mul(counted) : (weight ?? counted);
  return shares ? weighted.sum().div(shares.sum()) : elements.mean();
}
