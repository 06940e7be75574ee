import { toArray } from "../../tensor/dtype.ts";
import type { Shape } from "../../tensor/shape/shape.ts";
import { sizeOf, stridesOf } from "../../tensor/shape/shape.ts";
import { checkGather, checkSameShape } from "../../tensor/shape/take.ts";
import type { Values } from "../../tensor/values.ts";
import { forEachRow } from "../kernel/broadcast.ts";
import { gather, indexAddElements, indexAddProduct, scatterAdd, take } from "../lowering/indexing.ts";
import type { Family } from "../signature.ts";

/** Reading and adding by index. Each pair is one another's gradient: `take` and `indexAdd` by rows, `gather` and `scatterAdd` by elements. */
export const indexing: Family<"take" | "indexAdd" | "gather" | "scatterAdd"> = {
  take: {
    shape: ([x, indices], { axis }) => ({
      shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)],
      dtype: x.dtype,
    }),
    evaluate: ([x, indices], { axis }, output) => {
      const out = toArray(output.dtype, sizeOf(output.shape));
      const rows = toIndices("take", indices, x.shape[axis]!);
      const inner = sizeOf(x.shape.slice(axis + 1));
      const outer = sizeOf(x.shape.slice(0, axis));
      for (let o = 0, q = 0; o < outer; o++)
        for (let i = 0; i < rows.length; i++, q += inner) {
          const p = (o * x.shape[axis]! + rows[i]!) * inner;
          if (inner > 16) out.set(x.data.subarray(p, p + inner), q);
          else for (let r = 0; r < inner; r++) out[q + r] = x.data[p + r]!;
        }
      return out;
    },
    vjp: [
      (g, [x, indices], _, { axis }, apply) => apply("indexAdd", [g, indices], { axis, size: x.shape[axis]! }),
      null,
    ],
    onnx: take,
  },
  indexAdd: {
    shape: ([x, indices], { axis, size }) => ({
      shape: [...x.shape.slice(0, axis), size, ...x.shape.slice(axis + indices.shape.length)],
      dtype: x.dtype,
    }),
    evaluate: ([x, indices], { axis, size }, output) => {
      const out = toArray(output.dtype, sizeOf(output.shape));
      const rows = toIndices("indexAdd", indices, size);
      const inner = sizeOf(output.shape.slice(axis + 1));
      const outer = sizeOf(output.shape.slice(0, axis));
      for (let o = 0, p = 0; o < outer; o++)
        for (let i = 0; i < rows.length; i++) {
          const q = (o * size + rows[i]!) * inner;
          for (let r = 0; r < inner; r++, p++) out[q + r]! += x.data[p]!;
        }
      return out;
    },
    vjp: [(g, [, indices], _, { axis }, apply) => apply("take", [g, indices], { axis }), null],
    onnx: [indexAddElements, indexAddProduct],
  },
  gather: {
    shape: ([x, indices], { axis }) => {
      checkGather("gather", x.shape, axis, indices.shape);
      return { shape: indices.shape, dtype: x.dtype };
    },
    evaluate: ([x, indices], { axis }, output) => {
      const out = toArray(output.dtype, indices.data.length);
      const places = toPlaces("gather", x.shape, indices, axis);
      for (let i = 0; i < out.length; i++) out[i] = x.data[places[i]!]!;
      return out;
    },
    vjp: [
      (g, [x, indices], _, { axis }, apply) =>
        apply("scatterAdd", [g, indices], { axis, size: x.shape[axis]!, shape: x.shape }),
      null,
    ],
    onnx: gather,
  },
  scatterAdd: {
    shape: ([x, indices], { axis, shape }) => {
      checkGather("scatterAdd", shape, axis, indices.shape);
      checkSameShape("scatterAdd", "values", x.shape, indices.shape);
      return { shape, dtype: x.dtype };
    },
    evaluate: ([x, indices], { axis, shape }, output) => {
      const out = toArray(output.dtype, sizeOf(shape));
      const places = toPlaces("scatterAdd", shape, indices, axis);
      for (let i = 0; i < places.length; i++) out[places[i]!]! += x.data[i]!;
      return out;
    },
    vjp: [(g, [, indices], _, { axis }, apply) => apply("gather", [g, indices], { axis }), null],
    onnx: scatterAdd,
  },
};

/** Indices counted from the front; -1 is the last. */
function toIndices(name: string, indices: Values, size: number): Int32Array {
  const out = new Int32Array(indices.data.length);
  for (let i = 0; i < out.length; i++) {
    const index = indices.data[i]!;
    if (!(Number.isInteger(index) && index >= -size && index < size))
      throw new RangeError(`${name}: index ${index} at ${i} is not in an axis of ${size}.`);
    out[i] = index < 0 ? index + size : index;
  }
  return out;
}

/** Where in an array of `shape` each index along `axis` points; the other coordinates are those of the index itself. */
function toPlaces(name: string, shape: Shape, indices: Values, axis: number): Int32Array {
  const rows = toIndices(name, indices, shape[axis]!);
  const strides = stridesOf(shape);
  const stride = strides[axis]!;
  const others = strides.map((s, k) => (k === axis ? 0 : s));
  const n = indices.shape.at(-1)!;
  const inner = others.at(-1)!;
  forEachRow(indices.shape.slice(0, -1), [others], ([start], row) => {
    for (let i = row * n, place = start!; i < (row + 1) * n; i++, place += inner) rows[i] = place + rows[i]! * stride;
  });
  return rows;
}
