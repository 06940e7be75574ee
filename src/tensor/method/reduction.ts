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
  /**
   * The sum.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).sum().item() // 10
   * tensor([[1, 2], [3, 4]]).sum(0).toArray() // [4, 6]
   */
  sum<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"sum", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * The mean; integers give float32.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).mean(-1).toArray() // [1.5, 3.5]
   */
  mean<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"mean", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * The product.
   *
   * @example
   * tensor([2, 3, 4]).prod().item() // 24
   */
  prod<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"prod", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * The largest; equal ones share the gradient.
   *
   * @example
   * tensor([[1, 5], [7, 2]]).max(1).toArray() // [5, 7]
   */
  max<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"max", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * The smallest; equal ones share the gradient.
   *
   * @example
   * tensor([[1, 5], [7, 2]]).min(1).toArray() // [1, 2]
   */
  min<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"min", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * True if one is not 0.
   *
   * @example
   * tensor([[0, 0], [0, 1]]).any(1).toArray() // [false, true]
   */
  any<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"any", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * True if none is 0.
   *
   * @example
   * tensor([[1, 0], [1, 1]]).all(1).toArray() // [false, true]
   */
  all<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"all", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * `log Σ eˣ`, shifted by the maximum so that it is finite wherever x is.
   *
   * @example
   * tensor([1000, 1000]).logSumExp().item() // 1000.693
   */
  logSumExp<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"logSumExp", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * `√Σ x²`; the gradient at 0 is 0.
   *
   * @example
   * tensor([3, 4]).norm().item() // 5
   */
  norm<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"norm", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * The variance, with `n – 1` below.
   *
   * @example
   * tensor([1, 2, 3]).var().item() // 1
   * tensor([1, 3]).var(0, { correction: 0 }).item() // 1
   */
  var<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"var", T["shape"], X>,
    options?: Spread<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * The standard deviation, with `n – 1` below the root.
   *
   * @example
   * tensor([1, 3, 5]).std().item() // 2
   */
  std<T extends Tensor, const X extends AxisOption = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"std", T["shape"], X>,
    options?: Spread<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * Where the largest is (int32), the first of equal ones; over the flat tensor if no axis is named.
   *
   * @example
   * tensor([[1, 5], [7, 2]]).argmax(1).toArray() // [1, 0]
   */
  argmax<T extends Tensor, const X extends number | undefined = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"argmax", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * Where the smallest is (int32), the first of equal ones.
   *
   * @example
   * tensor([[1, 5], [7, 2]]).argmin(1).toArray() // [0, 1]
   */
  argmin<T extends Tensor, const X extends number | undefined = undefined, K extends boolean = false>(
    this: T,
    axis?: X & AxesThere<"argmin", T["shape"], X>,
    options?: KeepDims<K>,
  ): Tensor<Reduce<T["shape"], X, K>>;
  /**
   * Running sums along an axis.
   *
   * @example
   * tensor([1, 2, 3]).cumsum(0).toArray() // [1, 3, 6]
   */
  cumsum<T extends Tensor, const X extends number>(
    this: T,
    axis: X & AxisThere<"cumsum", T["shape"], X>,
  ): Tensor<T["shape"]>;
  /**
   * `eˣ / Σ eˣ` along an axis (the last unless given).
   *
   * @example
   * tensor([0, Math.log(3)]).softmax().toArray() // [0.25, 0.75]
   */
  softmax<T extends Tensor, const X extends number = -1>(
    this: T,
    axis?: X & AxisThere<"softmax", T["shape"], X>,
  ): Tensor<T["shape"]>;
  /**
   * `x – log Σ eˣ` along an axis (the last unless given).
   *
   * @example
   * tensor([0, 0]).logSoftmax().toArray() // [-0.6931472, -0.6931472]
   */
  logSoftmax<T extends Tensor, const X extends number = -1>(
    this: T,
    axis?: X & AxisThere<"logSoftmax", T["shape"], X>,
  ): Tensor<T["shape"]>;
}
