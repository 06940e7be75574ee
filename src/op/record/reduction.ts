import { type DType, isFloat, type TypedArray, toArray, toFloat } from "../../tensor/dtype.ts";
import { reduceShape } from "../../tensor/shape/reduce.ts";
import { ShapeError, sizeOf, writeShape } from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { extremeLines, type Lines, logSumExpLines, sumLines, toLines } from "../kernel/line.ts";
import { reduceExtreme, sumOperator, sumProduct, logSumExp as writeLogSumExp } from "../lowering/reduction.ts";
import type { Lowering } from "../onnx.ts";
import type { Op, Vjp } from "../op.ts";
import type { Family, Reducing } from "../signature.ts";

/** Reductions over axes: `[outer, n, inner]` loops, and gradients spread back over what was reduced. */
export const reduction: Family<"sum" | "max" | "min" | "logSumExp"> = {
  sum: reduce("sum", [sumOperator, sumProduct], sumLines, toSum, (g, [x], _, { axes }) =>
    keep(g, x, axes).broadcastTo(x.shape),
  ),
  max: reduce(
    "max",
    reduceExtreme("ReduceMax"),
    (lines, out) => extremeLines(lines, 1, out),
    (dtype) => dtype,
    toExtreme,
  ),
  min: reduce(
    "min",
    reduceExtreme("ReduceMin"),
    (lines, out) => extremeLines(lines, -1, out),
    (dtype) => dtype,
    toExtreme,
  ),
  // the softmax, times g
  logSumExp: reduce("logSumExp", writeLogSumExp, logSumExpLines, toFloat, (g, [x], y, { axes }) =>
    keep(g, x, axes).mul(x.sub(keep(y, x, axes)).exp()),
  ),
};

function reduce(
  name: string,
  onnx: Lowering<1, Reducing>,
  loop: (lines: Lines, out: TypedArray) => void,
  result: (dtype: DType) => DType,
  vjp: Vjp<1, Reducing>,
): Op<1, Reducing> {
  return {
    shape: ([x], { axes, keepDims }) => {
      if (name !== "sum" && name !== "logSumExp" && axes.some((axis) => x.shape[axis] === 0))
        throw new ShapeError(`${name}: shape ${writeShape(x.shape)} has no element to choose from`);
      return { shape: reduceShape(x.shape, axes, keepDims), dtype: result(x.dtype) };
    },
    evaluate: ([x], { axes }, output) => {
      const out = toArray(output.dtype, sizeOf(output.shape));
      loop(toLines(x, axes), out);
      return out;
    },
    vjp: [vjp],
    onnx,
  };
}

/** Booleans are counted. */
function toSum(dtype: DType): DType {
  return dtype === "bool" ? "int32" : dtype;
}

/** Equal shares for all elements that are as large as the largest. */
function toExtreme(g: Tensor, [x]: readonly [Tensor], y: Tensor, { axes }: Reducing): Tensor {
  const hits = x.equal(keep(y, x, axes)).to(isFloat(x.dtype) ? x.dtype : "float32");
  return hits.mul(keep(g, x, axes).div(hits.sum(axes, { keepDims: true })));
}

/** The result with the reduced axes back, of size 1. */
function keep(y: Tensor, x: Tensor, axes: readonly number[]): Tensor {
  return y.reshape(reduceShape(x.shape, axes, true));
}
