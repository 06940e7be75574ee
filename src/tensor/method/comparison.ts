import type { Both, Fits, Operand } from "../shape/operand.ts";
import type { Tensor } from "../tensor.ts";

/** Comparisons and logic; the result is of dtype bool and has no gradient. */
export interface ComparisonMethods {
  /** `a = b`: `tensor([1, 2]).equal(2)` is `[false, true]`. */
  equal<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"equal", T, O>): Both<T, O>;
  /** `a ≠ b`. */
  notEqual<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"notEqual", T, O>): Both<T, O>;
  /** `a < b`. */
  less<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"less", T, O>): Both<T, O>;
  /** `a ≤ b`. */
  lessEqual<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"lessEqual", T, O>): Both<T, O>;
  /** `a > b`. */
  greater<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"greater", T, O>): Both<T, O>;
  /** `a ≥ b`. */
  greaterEqual<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"greaterEqual", T, O>): Both<T, O>;
  /** Both are not 0. */
  and<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"and", T, O>): Both<T, O>;
  /** At least one is not 0. */
  or<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"or", T, O>): Both<T, O>;
  /** True where the value is 0. */
  not<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /** True where the value is NaN. */
  isNaN<T extends Tensor>(this: T): Tensor<T["shape"]>;
}
