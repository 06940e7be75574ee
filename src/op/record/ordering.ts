import { type TypedArray, toArray } from "../../tensor/dtype.ts";
import { reduceShape } from "../../tensor/shape/reduce.ts";
import { ShapeError, sizeOf, writeShape } from "../../tensor/shape/shape.ts";
import { argExtremeLines, argsortLines, cumsumLines, type Lines, toLines } from "../kernel/line.ts";
import { argsort, cumsum, locate as writeLocate } from "../lowering/ordering.ts";
import type { Op } from "../op.ts";
import type { Along, Family } from "../signature.ts";

/** What depends on the order along an axis. */
export const ordering: Family<"argmax" | "argmin" | "argsort" | "cumsum"> = {
  argmax: locate("argmax", (lines, out) => argExtremeLines(lines, 1, out), "ArgMax"),
  argmin: locate("argmin", (lines, out) => argExtremeLines(lines, -1, out), "ArgMin"),
  argsort: {
    shape: ([x]) => ({ shape: x.shape, dtype: "int32" }),
    evaluate: ([x], { axis, descending }) =>
      fill(x, axis, "int32", (lines, out) => argsortLines(lines, descending, out)),
    vjp: null,
    onnx: argsort,
  },
  cumsum: {
    shape: ([x]) => ({ shape: x.shape, dtype: x.dtype === "bool" ? "int32" : x.dtype }),
    evaluate: ([x], { axis, reverse }, output) =>
      fill(x, axis, output.dtype, (lines, out) => cumsumLines(lines, reverse, out)),
    // an element reaches every later sum
    vjp: [(g, _, __, { axis, reverse }, apply) => apply("cumsum", [g], { axis, reverse: !reverse })],
    onnx: cumsum,
  },
};

function locate(
  name: string,
  loop: (lines: Lines, out: TypedArray) => void,
  operator: "ArgMax" | "ArgMin",
): Op<1, Along> {
  return {
    shape: ([x], { axis }) => {
      if (x.shape[axis] === 0)
        throw new ShapeError(`${name}: shape ${writeShape(x.shape)} has no element to choose from`);
      return { shape: reduceShape(x.shape, [axis], false), dtype: "int32" };
    },
    evaluate: ([x], { axis }, output) => {
      const out = toArray("int32", sizeOf(output.shape));
      loop(toLines(x, [axis]), out);
      return out;
    },
    vjp: null,
    onnx: writeLocate(operator),
  };
}

function fill(
  x: Parameters<typeof toLines>[0],
  axis: number,
  dtype: Parameters<typeof toArray>[0],
  loop: (lines: Lines, out: TypedArray) => void,
): TypedArray {
  const out = toArray(dtype, x.data.length);
  loop(toLines(x, [axis]), out);
  return out;
}
