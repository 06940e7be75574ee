import type { MatMul, Multipliable } from "../shape/matmul.ts";
import type { Both, Fits, Operand } from "../shape/operand.ts";
import type { Shape } from "../shape/shape.ts";
import type { Tensor } from "../tensor.ts";

/** Operators. Shapes broadcast as in NumPy; numbers take the tensor's dtype; dtypes promote bool → int32 → float32 → float64. */
export interface ArithmeticMethods {
  /**
   * `a + b`.
   *
   * @example
   * tensor([1, 2]).add(1).toArray() // [2, 3]
   * tensor([[1, 2], [3, 4]]).add(tensor([10, 20])).toArray() // [[11, 22], [13, 24]]
   */
  add<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"add", T, O>): Both<T, O>;
  /**
   * `a – b`.
   *
   * @example
   * tensor([1, 2]).sub(1).toArray() // [0, 1]
   */
  sub<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"sub", T, O>): Both<T, O>;
  /**
   * `a · b`, element by element.
   *
   * @example
   * tensor([1, 2]).mul(3).toArray() // [3, 6]
   */
  mul<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"mul", T, O>): Both<T, O>;
  /**
   * `a / b`; integers give float32.
   *
   * @example
   * tensor([1, 2]).div(2).toArray() // [0.5, 1]
   */
  div<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"div", T, O>): Both<T, O>;
  /**
   * `a ** b`.
   *
   * @example
   * tensor([2, 3]).pow(2).toArray() // [4, 9]
   */
  pow<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"pow", T, O>): Both<T, O>;
  /**
   * The larger of both, equal ones share the gradient.
   *
   * @example
   * tensor([1, 5]).maximum(3).toArray() // [3, 5]
   */
  maximum<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"maximum", T, O>): Both<T, O>;
  /**
   * The smaller of both, equal ones share the gradient.
   *
   * @example
   * tensor([1, 5]).minimum(3).toArray() // [1, 3]
   */
  minimum<T extends Tensor, const O extends Operand>(this: T, other: O & Fits<"minimum", T, O>): Both<T, O>;
  /**
   * Matrix product. Leading axes are batches and broadcast; a vector is a row on the left and a column on the right.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).matmul(tensor([[1], [1]])).toArray() // [[3], [7]]
   * @throws ShapeError `matmul: [128, 784] times [785, 10] – the inner sizes differ`
   */
  matmul<T extends Tensor, B extends Shape>(
    this: T,
    other: Tensor<B> & Multipliable<T["shape"], B>,
  ): Tensor<MatMul<T["shape"], B>>;
}
