import { promote, toArray } from "../../tensor/dtype.ts";
import { checkBroadcastsTo } from "../../tensor/shape/broadcast.ts";
import { concatShape } from "../../tensor/shape/join.ts";
import { reshapeShape } from "../../tensor/shape/reshape.ts";
import { sizeOf, stridesOf } from "../../tensor/shape/shape.ts";
import { broadcastStrides, copyStrided, forEachRow } from "../kernel/broadcast.ts";
import { broadcastTo, concat, flip, pad, permute, reshape, slice } from "../lowering/movement.ts";
import type { Family, Placing } from "../signature.ts";
import { sumTo } from "./sumTo.ts";

/** The same values in other places. Results are contiguous, so every other op may rely on it. */
export const movement: Family<"reshape" | "permute" | "broadcastTo" | "slice" | "pad" | "flip" | "concat"> = {
  reshape: {
    shape: ([x], { shape }) => ({ shape: reshapeShape(x.shape, shape), dtype: x.dtype }),
    evaluate: ([x]) => x.data,
    vjp: [(g, [x]) => g.reshape(x.shape)],
    onnx: reshape,
  },
  permute: {
    shape: ([x], { order }) => ({ shape: order.map((axis) => x.shape[axis]!), dtype: x.dtype }),
    evaluate: ([x], { order }, output) => {
      const strides = stridesOf(x.shape);
      return copyStrided(
        x.data,
        0,
        order.map((axis) => strides[axis]!),
        output,
      );
    },
    vjp: [
      (g, _, __, { order }, apply) => apply("permute", [g], { order: order.map((_, axis) => order.indexOf(axis)) }),
    ],
    onnx: permute,
  },
  broadcastTo: {
    shape: ([x], { shape }) => {
      checkBroadcastsTo(x.shape, shape);
      return { shape, dtype: x.dtype };
    },
    evaluate: ([x], _, output) => copyStrided(x.data, 0, broadcastStrides(x.shape, output.shape), output),
    vjp: [(g, [x]) => sumTo(g, x)],
    onnx: broadcastTo,
  },
  slice: {
    shape: ([x], { shape }) => ({ shape, dtype: x.dtype }),
    evaluate: ([x], placing, output) => {
      const { offset, strides } = place(placing, stridesOf(x.shape));
      return copyStrided(x.data, offset, strides, output);
    },
    vjp: [(g, [x], _, { start, step }, apply) => apply("pad", [g], { start, step, shape: x.shape, value: 0 })],
    onnx: slice,
  },
  pad: {
    shape: ([x], { shape }) => ({ shape, dtype: x.dtype }),
    evaluate: ([x], placing, output) => {
      const out = toArray(output.dtype, sizeOf(output.shape));
      if (placing.value !== 0) out.fill(placing.value);
      if (x.shape.length === 0) out[0] = x.data[0]!;
      if (x.data.length === 0 || x.shape.length === 0) return out;
      const { offset, strides } = place(placing, stridesOf(output.shape));
      const n = x.shape.at(-1)!;
      const inner = strides.at(-1)!;
      forEachRow(x.shape.slice(0, -1), [strides], ([start], row) => {
        for (let i = 0, p = row * n, q = offset + start!; i < n; i++, p++, q += inner) out[q] = x.data[p]!;
      });
      return out;
    },
    vjp: [(g, [x], _, { start, step }, apply) => apply("slice", [g], { start, step, shape: x.shape })],
    onnx: pad,
  },
  flip: {
    shape: ([x]) => x,
    evaluate: ([x], { axis }, output) => {
      const strides = stridesOf(x.shape);
      const offset = (x.shape[axis]! - 1) * strides[axis]!;
      return copyStrided(
        x.data,
        offset,
        strides.map((s, i) => (i === axis ? -s : s)),
        output,
      );
    },
    vjp: [(g, _, __, { axis }, apply) => apply("flip", [g], { axis })],
    onnx: flip,
  },
  concat: {
    shape: (inputs, { axis }) => ({
      shape: concatShape(
        inputs.map((x) => x.shape),
        axis,
      ).shape,
      dtype: inputs.map((x) => x.dtype).reduce(promote),
    }),
    evaluate: (inputs, { axis }, output) => {
      const out = toArray(output.dtype, sizeOf(output.shape));
      const inner = sizeOf(output.shape.slice(axis + 1));
      const outer = sizeOf(output.shape.slice(0, axis));
      const width = output.shape[axis]! * inner;
      let start = 0;
      for (const { data, shape } of inputs) {
        const n = shape[axis]! * inner;
        for (let o = 0; o < outer; o++) out.set(data.subarray(o * n, (o + 1) * n), o * width + start);
        start += n;
      }
      return out;
    },
    // each input gets its own part back
    vjp: (g, inputs, _, { axis }, apply, index) => {
      const before = inputs.slice(0, index).reduce((sum, x) => sum + x.shape[axis]!, 0);
      const { shape } = inputs[index]!;
      const start = shape.map((_, i) => (i === axis ? before : 0));
      return apply("slice", [g], { start, step: shape.map(() => 1), shape });
    },
    onnx: concat,
  },
};

/** Offset and strides of a part, in the memory of the whole. */
function place({ start, step }: Placing, strides: readonly number[]) {
  return {
    offset: start.reduce((sum, at, axis) => sum + at * strides[axis]!, 0),
    strides: strides.map((s, axis) => s * step[axis]!),
  };
}
