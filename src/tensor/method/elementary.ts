import type { DType } from "../dtype.ts";
import type { Tensor } from "../tensor.ts";

/** Functions of one element; integers give float32 where the result is real. */
export interface ElementaryMethods {
  /**
   * `–x`.
   *
   * @example
   * tensor([1, -2]).neg().toArray() // [-1, 2]
   */
  neg<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `|x|`; the gradient at 0 is 0.
   *
   * @example
   * tensor([1, -2]).abs().toArray() // [1, 2]
   */
  abs<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * –1, 0 or 1.
   *
   * @example
   * tensor([5, 0, -3]).sign().toArray() // [1, 0, -1]
   */
  sign<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `eˣ`.
   *
   * @example
   * tensor([0, 1]).exp().toArray() // [1, 2.7182817]
   */
  exp<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `eˣ – 1`, exact near 0.
   *
   * @example
   * tensor([0, 1]).expm1().toArray() // [0, 1.7182819]
   */
  expm1<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * Natural logarithm.
   *
   * @example
   * tensor([1, 10]).log().toArray() // [0, 2.3025851]
   */
  log<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `log(1 + x)`, exact near 0.
   *
   * @example
   * tensor([0, 1]).log1p().toArray() // [0, 0.6931472]
   */
  log1p<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `√x`.
   *
   * @example
   * tensor([4, 9]).sqrt().toArray() // [2, 3]
   */
  sqrt<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `x²`.
   *
   * @example
   * tensor([2, -3]).square().toArray() // [4, 9]
   */
  square<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `1 / x`.
   *
   * @example
   * tensor([2, 4]).reciprocal().toArray() // [0.5, 0.25]
   */
  reciprocal<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * Sine of radians.
   *
   * @example
   * tensor([0, Math.PI / 2]).sin().toArray() // [0, 1]
   */
  sin<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * Cosine of radians.
   *
   * @example
   * tensor([0, 1]).cos().toArray() // [1, 0.5403023]
   */
  cos<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `(eˣ – e⁻ˣ) / (eˣ + e⁻ˣ)`.
   *
   * @example
   * tensor([0, 1]).tanh().toArray() // [0, 0.7615942]
   */
  tanh<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `1 / (1 + e⁻ˣ)`.
   *
   * @example
   * tensor([0, 1]).sigmoid().toArray() // [0.5, 0.7310586]
   */
  sigmoid<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `log(1 / (1 + e⁻ˣ))`, finite for any x.
   *
   * @example
   * tensor([0, -1000]).logSigmoid().toArray() // [-0.6931472, -1000]
   */
  logSigmoid<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `log(1 + eˣ)`, finite for any x.
   *
   * @example
   * tensor([0, 1000]).softplus().toArray() // [0.6931472, 1000]
   */
  softplus<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `2/√π ∫₀ˣ e^(–t²) dt`.
   *
   * @example
   * tensor([0, 1]).erf().toArray() // [0, 0.8427008]
   */
  erf<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `max(x, 0)`; the gradient at 0 is 0, as in PyTorch.
   *
   * @example
   * tensor([-1, 2]).relu().toArray() // [0, 2]
   */
  relu<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `x · Φ(x)` with the exact Φ (PyTorch's default; `tanh` is an approximation).
   *
   * @example
   * tensor([-1, 1]).gelu().toArray() // [-0.1586553, 0.8413447]
   */
  gelu<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `x · sigmoid(x)`, also called swish.
   *
   * @example
   * tensor([-1, 1]).silu().toArray() // [-0.2689414, 0.7310586]
   */
  silu<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * The next whole number below.
   *
   * @example
   * tensor([1.5, -1.5]).floor().toArray() // [1, -2]
   */
  floor<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * The next whole number above.
   *
   * @example
   * tensor([1.5, -1.5]).ceil().toArray() // [2, -1]
   */
  ceil<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * The nearest whole number, halves to the even one, as in NumPy and PyTorch.
   *
   * @example
   * tensor([0.5, 1.5, 2.4]).round().toArray() // [0, 2, 2]
   */
  round<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * `max(x, 0) + slope · min(x, 0)`; slope is 0.01 unless given, as in PyTorch.
   *
   * @example
   * tensor([-2, 3]).leakyRelu(0.1).toArray() // [-0.2, 3]
   */
  leakyRelu<T extends Tensor>(this: T, slope?: number): Tensor<T["shape"]>;
  /**
   * `x` where positive, else `alpha · (eˣ – 1)`.
   *
   * @example
   * tensor([-1, 2]).elu().toArray() // [-0.6321206, 2]
   */
  elu<T extends Tensor>(this: T, alpha?: number): Tensor<T["shape"]>;
  /**
   * Bounded; the gradient is 0 outside.
   *
   * @example
   * tensor([-2, 0.5, 5]).clamp(0, 1).toArray() // [0, 0.5, 1]
   */
  clamp<T extends Tensor>(this: T, low: number | undefined, high?: number): Tensor<T["shape"]>;
  /**
   * In another dtype: `x.to("float64")`. Fractions are cut towards 0 for int32; anything but 0 is true for bool.
   *
   * @example
   * tensor([1.7, -1.7]).to("int32").toArray() // [1, -1]
   */
  to<T extends Tensor>(this: T, dtype: DType): Tensor<T["shape"]>;
  /**
   * The same values, through which no gradient flows.
   *
   * @example
   * grad((x: Tensor) => x.mul(x.stopGradient()).sum())(tensor([3])).toArray() // [3]
   */
  stopGradient<T extends Tensor>(this: T): Tensor<T["shape"]>;
}
