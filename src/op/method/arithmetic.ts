import { scalar } from "../../tensor/create.ts";
import { describe } from "../../tensor/describe.ts";
import type { ArithmeticMethods } from "../../tensor/method/arithmetic.ts";
import { matmulShape } from "../../tensor/shape/matmul.ts";
import type { Operand } from "../../tensor/shape/operand.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../apply.ts";
import type { Implementation } from "./implementation.ts";

export const arithmetic: Implementation<ArithmeticMethods> = {
  add: operator("add"),
  sub: operator("sub"),
  mul: operator("mul"),
  div: operator("div"),
  pow: operator("pow"),
  maximum: operator("maximum"),
  minimum: operator("minimum"),
  matmul(other: Tensor) {
    if (!(other instanceof Tensor)) throw new TypeError(`matmul: ${describe(other)} where a tensor is needed.`);
    const shape = matmulShape(this.shape, other.shape);
    const rows = this.rank === 1 ? this.reshape([1, -1]) : this;
    const columns = other.rank === 1 ? other.reshape([-1, 1]) : other;
    const product = apply("matmul", [rows, columns], { transposeA: false, transposeB: false });
    return product.rank === shape.length ? product : product.reshape(shape);
  },
};

/** The operand as a tensor. */
export function toOperand(tensor: Tensor, other: Operand): Tensor {
  return typeof other === "number" ? scalar(other, tensor.dtype) : other;
}

type Operator = "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum";

function operator(name: Operator) {
  return function (this: Tensor, other: Operand): Tensor {
    return apply(name, [this, toOperand(this, other)], {});
  };
}
