import type { Both, Fits, Operand } from "../shape/operand.ts";
import type { Tensor } from "../tensor.ts";

/** Comparisons and logic; the result is of dtype bool and has no gradient. */
export interface ComparisonMethods {
  /**
   * `a = b`.
   *
   * @example
   * tensor([1, 2]).equal(2).toArray() // [false, true]
   */
  equal<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"equal", T, O>): Both<T, O>;
  /**
   * `a ≠ b`.
   *
   * @example
   * tensor([1, 2]).notEqual(2).toArray() // [true, false]
   */
  notEqual<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"notEqual", T, O>): Both<T, O>;
  /**
   * `a < b`.
   *
   * @example
   * tensor([1, 2, 3]).less(2).toArray() // [true, false, false]
   */
  less<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"less", T, O>): Both<T, O>;
  /**
   * `a ≤ b`.
   *
   * @example
   * tensor([1, 2, 3]).lessEqual(2).toArray() // [true, true, false]
   */
  lessEqual<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"lessEqual", T, O>): Both<T, O>;
  /**
   * `a > b`.
   *
   * @example
   * tensor([1, 2, 3]).greater(2).toArray() // [false, false, true]
   */
  greater<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"greater", T, O>): Both<T, O>;
  /**
   * `a ≥ b`.
   *
   * @example
   * tensor([1, 2, 3]).greaterEqual(2).toArray() // [false, true, true]
   */
  greaterEqual<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"greaterEqual", T, O>): Both<T, O>;
  /**
   * Both are not 0.
   *
   * @example
   * tensor([true, true, false]).and(tensor([true, false, false])).toArray() // [true, false, false]
   */
  and<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"and", T, O>): Both<T, O>;
  /**
   * At least one is not 0.
   *
   * @example
   * tensor([true, true, false]).or(tensor([true, false, false])).toArray() // [true, true, false]
   */
  or<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"or", T, O>): Both<T, O>;
  /**
   * True where the value is 0.
   *
   * @example
   * tensor([true, false]).not().toArray() // [false, true]
   */
  not<T extends Tensor>(this: T): Tensor<T["shape"]>;
  /**
   * True where the value is NaN.
   *
   * @example
   * tensor([1, 0]).log().sub(tensor([0, -Infinity])).isNaN().toArray() // [false, true]
   */
  isNaN<T extends Tensor>(this: T): Tensor<T["shape"]>;
}
