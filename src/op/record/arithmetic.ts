import { scalar } from "../../tensor/create.ts";
import { type DType, promote, toFloat } from "../../tensor/dtype.ts";
import { broadcastShapes } from "../../tensor/shape/broadcast.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { zip } from "../kernel/broadcast.ts";
import { plainBinary } from "../lowering/cast.ts";
import type { Op, Vjp } from "../op.ts";
import type { Family } from "../signature.ts";
import { sumTo } from "./sumTo.ts";

/** Operators: the formula in `x` and `y`, the ONNX operator, and one gradient for each. What was broadcast is summed back. */
export const arithmetic: Family<"add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum"> = {
  add: binary("add", "x + y", "Add", [(g) => g, (g) => g]),
  sub: binary("sub", "x - y", "Sub", [(g) => g, (g) => g.neg()]),
  mul: binary("mul", "x * y", "Mul", [(g, [, b]) => g.mul(b), (g, [a]) => g.mul(a)]),
  div: binary("div", "x / y", "Div", [(g, [, b]) => g.div(b), (g, [, b], y) => g.mul(y).div(b).neg()], toFloat),
  pow: binary("pow", "Math.pow(x, y)", "Pow", [
    // b a^(b – 1); where b is 0 it is 0 for any a
    (g, [a, b], _, __, apply) => g.mul(b).mul(a.pow(apply("where", [b.equal(0), scalar(1, b.dtype), b], {}).sub(1))),
    // a^b log a; where a is 0 it is 0, the limit from above
    (g, [a], y, _, apply) => g.mul(y).mul(apply("where", [a.greater(0), a, scalar(1, a.dtype)], {}).log()),
  ]),
  maximum: binary("maximum", "Math.max(x, y)", "Max", [
    (g, [a, b]) => g.mul(share(a.greater(b), a.equal(b))),
    (g, [a, b]) => g.mul(share(b.greater(a), a.equal(b))),
  ]),
  minimum: binary("minimum", "Math.min(x, y)", "Min", [
    (g, [a, b]) => g.mul(share(a.less(b), a.equal(b))),
    (g, [a, b]) => g.mul(share(b.less(a), a.equal(b))),
  ]),
};

function binary(
  name: string,
  formula: string,
  operator: string,
  [left, right]: readonly [Vjp<2>, Vjp<2>],
  result: (dtype: DType) => DType = toNumber,
): Op<2> {
  return {
    shape: ([a, b]) => ({ shape: broadcastShapes(name, a.shape, b.shape), dtype: result(promote(a.dtype, b.dtype)) }),
    evaluate: ([a, b], _, output) => zip(formula, a, b, output),
    formula,
    vjp: [
      (g, inputs, ...rest) => sumTo(left(g, inputs, ...rest), inputs[0]),
      (g, inputs, ...rest) => sumTo(right(g, inputs, ...rest), inputs[1]),
    ],
    onnx: plainBinary(operator),
  };
}

/** Booleans add up as integers. */
function toNumber(dtype: DType): DType {
  return dtype === "bool" ? "int32" : dtype;
}

/** 1 for the winner, ½ each where both are equal. */
function share(wins: Tensor, ties: Tensor): Tensor {
  return wins.to("float32").add(ties.to("float32").mul(0.5));
}
