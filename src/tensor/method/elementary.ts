import type { DType } from "../dtype.ts";
import type { Tensor } from "../tensor.ts";

/** Functions of one element; integers give float32 where the result is real. */
export interface ElementaryMethods {
  /** `–x`. */
  neg<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `|x|`; the gradient at 0 is 0. */
  abs<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** –1, 0 or 1. */
  sign<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `eˣ`. */
  exp<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `eˣ – 1`, exact near 0. */
  expm1<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** Natural logarithm. */
  log<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `log(1 + x)`, exact near 0. */
  log1p<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `√x`. */
  sqrt<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `x²`. */
  square<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `1 / x`. */
  reciprocal<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** Sine of radians. */
  sin<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** Cosine of radians. */
  cos<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `(eˣ – e⁻ˣ) / (eˣ + e⁻ˣ)`. */
  tanh<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `1 / (1 + e⁻ˣ)`. */
  sigmoid<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `log(1 / (1 + e⁻ˣ))`, finite for any x. */
  logSigmoid<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `log(1 + eˣ)`, finite for any x. */
  softplus<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `2/√π ∫₀ˣ e^(–t²) dt`. */
  erf<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `max(x, 0)`; the gradient at 0 is 0, as in PyTorch. */
  relu<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `x · Φ(x)` with the exact Φ (PyTorch's default; `tanh` is an approximation). */
  gelu<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `x · sigmoid(x)`, also called swish. */
  silu<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** The next whole number below. */
  floor<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** The next whole number above. */
  ceil<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** The nearest whole number, halves to the even one, as in NumPy and PyTorch. */
  round<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** `max(x, 0) + slope · min(x, 0)`; slope is 0.01 unless given, as in PyTorch. */
  leakyRelu<T extends Tensor>(this: T, slope?: number): Tensor<T["shape"]>;
  /** `x` where positive, else `alpha · (eˣ – 1)`. */
  elu<T extends Tensor>(this: T, alpha?: number): Tensor<T["shape"]>;
  /** Bounded: `tensor([-2, 5]).clamp(0, 1)` is `[0, 1]`; the gradient is 0 outside. */
  clamp<T extends Tensor>(this: T, low: number | undefined, high?: number): Tensor<T["shape"]>;
  /** In another dtype: `x.to("float64")`. Fractions are cut towards 0 for int32; anything but 0 is true for bool. */
  to<T extends Tensor>(this: T, dtype: DType): Tensor<T["shape"]>;
  /** The same values, through which no gradient flows. */
  stopGradient<T extends Tensor>(this: T): Tensor<T["shape"]>;
}
