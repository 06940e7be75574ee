import type { AxesThere, AxisThere } from "../shape/axis.ts";
import type { Reduce } from "../shape/reduce.ts";
import type { Tensor } from "../tensor.ts";

/** No axis (all of them), one, or several; -1 is the last. */
export type AxisOption = number | readonly number[] | undefined;

export interface KeepDims<K extends boolean = boolean> {
  /** Leave the reduced axes with size 1, so that the result broadcasts with the input. */
  readonly keepDims?: K;
}

export interface Spread<K extends boolean = boolean> extends KeepDims<K> {
  /** Divides by `n – correction`: 1 unless given, as in PyTorch; NumPy and Keras have 0. */
  readonly correction?: number;
}

/** Reductions: over all axes unless some are named. */
export interface ReductionMethods {
  /** The sum: `tensor([[1, 2], [3, 4]]).sum(0)` is `[4, 6]`. */
  sum<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"sum", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** The mean; integers give float32: `tensor([[1, 2], [3, 4]]).mean(-1)` is `[1.5, 3.5]`. */
  mean<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"mean", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** The product. */
  prod<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"prod", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** The largest; equal ones share the gradient. */
  max<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"max", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** The smallest; equal ones share the gradient. */
  min<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"min", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** True if one is not 0. */
  any<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"any", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** True if none is 0. */
  all<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"all", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** `log Σ eˣ`, shifted by the maximum so that it is finite wherever x is. */
  logSumExp<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"logSumExp", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** `√Σ x²`; the gradient at 0 is 0. */
  norm<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"norm", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** The variance, with `n – 1` below. */
  var<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"var", T["shape"], X>,
    options?: Spread<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** The standard deviation, with `n – 1` below the root. */
  std<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"std", T["shape"], X>,
    options?: Spread<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** Where the largest is (int32), the first of equal ones; over the flat tensor if no axis is named. */
  argmax<T extends Tensor, const X extends number | undefined = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"argmax", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** Where the smallest is (int32), the first of equal ones. */
  argmin<T extends Tensor, const X extends number | undefined = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"argmin", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /** Running sums along an axis: `tensor([1, 2, 3]).cumsum(0)` is `[1, 3, 6]`. */
  cumsum<T extends Tensor, const X extends number>(
    this: T,
    axis: X & AxisThere<"cumsum", T["shape"], X>,
  ): Tensor<T["shape"]>;
  /** `eˣ / Σ eˣ` along an axis (the last unless given). */
  softmax<T extends Tensor, const X extends number = -1>(
    this: T,
    axis?: X & AxisThere<"softmax", T["shape"], X>,
  ): Tensor<T["shape"]>;
  /** `x – log Σ eˣ` along an axis (the last unless given). */
  logSoftmax<T extends Tensor, const X extends number = -1>(
    this: T,
    axis?: X & AxisThere<"logSoftmax", T["shape"], X>,
  ): Tensor<T["shape"]>;
}
