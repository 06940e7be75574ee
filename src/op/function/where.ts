import { scalar } from "../../tensor/create.ts";
import type { Broadcast, Broadcastable } from "../../tensor/shape/broadcast.ts";
import type { Operand, ShapeOfOperand } from "../../tensor/shape/operand.ts";
import type { Shape } from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../apply.ts";

/**
 * `a` where the condition is not 0, else `b`; all three broadcast.
 *
 * The gradient flows to the chosen side only. A side that is infinite where it is not chosen still makes it NaN: choose a safe input first
 * (`where(x.greater(0), where(x.greater(0), x, 1).log(), 0)`).
 *
 * @example
 * where(tensor([true, false]), tensor([1, 2]), 0).toArray() // [1, 0]
 */
export function where<C extends Shape, const A extends Operand, const B extends Operand>(
  condition: Tensor<C>,
  a: A & Broadcastable<"where", C, ShapeOfOperand<A>>,
  b: B & Broadcastable<"where", Broadcast<C, ShapeOfOperand<A>>, ShapeOfOperand<B>>,
): Tensor<Broadcast<Broadcast<C, ShapeOfOperand<A>>, ShapeOfOperand<B>>> {
  const [x, y]: Operand[] = [a as Operand, b as Operand];
  const dtype = typeof x === "object" ? x.dtype : typeof y === "object" ? y.dtype : "float32";
  const toTensor = (operand: Operand) => (typeof operand === "number" ? scalar(operand, dtype) : operand);
  return apply("where", [condition, toTensor(x!), toTensor(y!)], {}) as never;
}
