import { promote, toArray, toFloat } from "../../tensor/dtype.ts";
import { checkChannels, checkRank, type Window, windowSize } from "../../tensor/shape/convolution.ts";
import { type Shape, ShapeError, sizeOf, writeShape } from "../../tensor/shape/shape.ts";
import type { Spec, Values } from "../../tensor/values.ts";
import { addColumns, toColumns } from "../kernel/column.ts";
import { gemm } from "../kernel/gemm.ts";
import {
  conv,
  convBlocked,
  convColumns,
  convInputBlocked,
  convInputColumns,
  convInputConv,
  convTranspose,
  convWeightColumns,
  convWeightConv,
  convWeightRows,
  convWeightTaps,
} from "../lowering/convolution.ts";
import type { Family } from "../signature.ts";

/**
 * y = conv(x, w) is linear in x and in w, so its gradients are two more linear maps: `convInput` (the transposed convolution) and `convWeight`;
 * and the gradients of those are again among the three.
 */
export const convolution: Family<"conv2d" | "convInput" | "convWeight"> = {
  conv2d: {
    shape: ([x, w], { window }) => {
      checkRank("conv2d", "an input", x.shape, 4);
      checkRank("conv2d", "a weight", w.shape, 4);
      checkChannels("conv2d", x.shape, w.shape, window.groups);
      const size = [windowSize("conv2d", x.shape, window, 0), windowSize("conv2d", x.shape, window, 1)];
      return { shape: [x.shape[0]!, w.shape[0]!, ...size], dtype: toFloat(promote(x.dtype, w.dtype)) };
    },
    evaluate: ([x, w], { window }, output) => {
      const { out, plan, columns } = prepare(x.shape, w.shape, window, output.shape, output);
      forEachImage(plan, (image, filter, result, filters) => {
        toColumns(x.data, image, window, plan.high, plan.wide, columns);
        gemm(filters, plan.area, plan.patch, rows(w, filter, plan.patch), rowsOf(columns, plan.area), out, result);
      });
      return out;
    },
    vjp: [
      (g, [x, w], _, { window }, apply) => apply("convInput", [g, w], { window, size: [x.shape[2]!, x.shape[3]!] }),
      (g, [x], _, { window }, apply) => apply("convWeight", [x, g], { window }),
    ],
    onnx: [conv, convBlocked, convColumns],
  },
  convInput: {
    shape: ([g, w], { window, size }) => {
      checkRank("convTranspose2d", "an input", g.shape, 4);
      checkRank("convTranspose2d", "a weight", w.shape, 4);
      if (g.shape[1] !== w.shape[0])
        throw new ShapeError(
          `convTranspose2d: an input of shape ${writeShape(g.shape)} has ${g.shape[1]} channels, a weight of shape ${writeShape(w.shape)} takes ${w.shape[0]}`,
        );
      return { shape: [g.shape[0]!, w.shape[1]! * window.groups, ...size], dtype: toFloat(promote(g.dtype, w.dtype)) };
    },
    evaluate: ([g, w], { window }, output) => {
      const { out, plan, columns } = prepare(output.shape, w.shape, window, g.shape, output);
      forEachImage(plan, (image, filter, result, filters) => {
        columns.fill(0);
        const transposed = { data: w.data, offset: filter * plan.patch, row: 1, column: plan.patch };
        gemm(plan.patch, plan.area, filters, transposed, { ...rowsOf(g.data, plan.area), offset: result }, columns, 0);
        addColumns(columns, image, window, plan.high, plan.wide, out);
      });
      return out;
    },
    vjp: [
      (c, [, w], _, { window }, apply) => apply("conv2d", [c, w], { window }),
      (c, [g], _, { window }, apply) => apply("convWeight", [c, g], { window }),
    ],
    onnx: [convTranspose, convInputConv, convInputBlocked, convInputColumns],
  },
  convWeight: {
    shape: ([x, g], { window }) => ({
      shape: [g.shape[1]!, x.shape[1]! / window.groups, ...window.kernel],
      dtype: toFloat(promote(x.dtype, g.dtype)),
    }),
    evaluate: ([x, g], { window }, output) => {
      const { out, plan, columns } = prepare(x.shape, output.shape, window, g.shape, output);
      forEachImage(plan, (image, filter, result, filters) => {
        toColumns(x.data, image, window, plan.high, plan.wide, columns);
        const transposed = { data: columns, offset: 0, row: 1, column: plan.area };
        gemm(
          filters,
          plan.patch,
          plan.area,
          { ...rowsOf(g.data, plan.area), offset: result },
          transposed,
          out,
          filter * plan.patch,
        );
      });
      return out;
    },
    vjp: [
      (c, [x, g], _, { window }, apply) => apply("convInput", [g, c], { window, size: [x.shape[2]!, x.shape[3]!] }),
      (c, [x], _, { window }, apply) => apply("conv2d", [x, c], { window }),
    ],
    onnx: [convWeightColumns, convWeightTaps, convWeightRows, convWeightConv],
  },
};

interface Plan {
  readonly x: Shape;
  readonly y: Shape;
  readonly groups: number;
  /** Filters and channels of one group. */
  readonly filters: number;
  readonly channels: number;
  /** Taps of one filter, positions of one output. */
  readonly patch: number;
  readonly area: number;
  readonly high: number;
  readonly wide: number;
}

function prepare(x: Shape, w: Shape, window: Window, y: Shape, output: Spec) {
  const plan: Plan = {
    x,
    y,
    groups: window.groups,
    filters: y[1]! / window.groups,
    channels: w[1]!,
    patch: w[1]! * window.kernel[0] * window.kernel[1],
    area: y[2]! * y[3]!,
    high: y[2]!,
    wide: y[3]!,
  };
  const out = toArray(output.dtype, sizeOf(output.shape)) as Float32Array;
  return { out, plan, columns: new Float64Array(plan.patch * plan.area) };
}

/** Visits each group of each image: its pixels, its first filter, where its result starts, and how many filters there are. */
function forEachImage(
  { x, y, groups, filters, channels, area }: Plan,
  visit: (
    image: { offset: number; channels: number; height: number; width: number },
    filter: number,
    result: number,
    filters: number,
  ) => void,
): void {
  const [height, width] = [x[2]!, x[3]!];
  for (let n = 0; n < x[0]!; n++)
    for (let group = 0; group < groups; group++) {
      const offset = (n * x[1]! + group * channels) * height * width;
      const filter = group * filters;
      visit({ offset, channels, height, width }, filter, (n * y[1]! + filter) * area, filters);
    }
}

function rows(values: Values, first: number, width: number) {
  return { ...rowsOf(values.data, width), offset: first * width };
}

function rowsOf(data: Values["data"], width: number) {
  return { data, offset: 0, row: width, column: 1 };
}
