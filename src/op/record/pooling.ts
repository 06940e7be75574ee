import { type TypedArray, toArray, toFloat } from "../../tensor/dtype.ts";
import { checkRank, type Window, windowSize } from "../../tensor/shape/convolution.ts";
import { type Shape, sizeOf } from "../../tensor/shape/shape.ts";
import type { Values } from "../../tensor/values.ts";
import { averageWindows, findMaxima, spreadWindows } from "../kernel/pool.ts";
import {
  avgPoolProducts,
  avgPoolWindows,
  avgUnpool,
  maxPool,
  maxPoolAt,
  maxUnpoolIndices,
  maxUnpoolTiles,
} from "../lowering/pooling.ts";
import type { Family } from "../signature.ts";

/**
 * Maximum pooling picks pixels (`maxPoolAt` picks others at the same places, `maxUnpool` puts gradients back there); average pooling is linear
 * with the adjoint `avgUnpool`. Each family is closed under gradients.
 */
export const pooling: Family<"maxPool" | "maxUnpool" | "maxPoolAt" | "avgPool" | "avgUnpool"> = {
  maxPool: {
    shape: ([x], { window }) => ({ shape: poolShape("maxPool2d", x.shape, window), dtype: x.dtype }),
    evaluate: ([x], { window }, output) => pick(x, findMaxima(x.data, x.shape, window, output.shape), output.dtype),
    vjp: [(g, [x], _, { window }, apply) => apply("maxUnpool", [g, x], { window })],
    onnx: maxPool,
  },
  maxUnpool: {
    shape: ([g, x]) => ({ shape: x.shape, dtype: g.dtype }),
    evaluate: ([g, x], { window }, output) => {
      const out = toArray(output.dtype, x.data.length);
      const at = findMaxima(x.data, x.shape, window, g.shape);
      for (let i = 0; i < at.length; i++) out[at[i]!]! += g.data[i]!;
      return out;
    },
    vjp: [(c, [, x], _, { window }, apply) => apply("maxPoolAt", [c, x], { window }), null],
    onnx: [maxUnpoolIndices, maxUnpoolTiles],
  },
  maxPoolAt: {
    shape: ([c, x], { window }) => ({ shape: poolShape("maxPool2d", x.shape, window), dtype: c.dtype }),
    evaluate: ([c, x], { window }, output) => pick(c, findMaxima(x.data, x.shape, window, output.shape), output.dtype),
    vjp: [(g, [, x], _, { window }, apply) => apply("maxUnpool", [g, x], { window }), null],
    onnx: maxPoolAt,
  },
  avgPool: {
    shape: ([x], { window }) => ({ shape: poolShape("avgPool2d", x.shape, window), dtype: toFloat(x.dtype) }),
    evaluate: ([x], attrs, output) => {
      const out = toArray(output.dtype, sizeOf(output.shape));
      averageWindows(x.data, x.shape, attrs.window, attrs.countIncludePad, output.shape, out);
      return out;
    },
    vjp: [(g, [x], _, attrs, apply) => apply("avgUnpool", [g], { ...attrs, size: [x.shape[2]!, x.shape[3]!] })],
    onnx: [avgPoolWindows, avgPoolProducts],
  },
  avgUnpool: {
    shape: ([g], { size }) => ({ shape: [g.shape[0]!, g.shape[1]!, ...size], dtype: g.dtype }),
    evaluate: ([g], attrs, output) => {
      const out = toArray(output.dtype, sizeOf(output.shape));
      spreadWindows(g.data, output.shape, attrs.window, attrs.countIncludePad, g.shape, out);
      return out;
    },
    vjp: [(c, _, __, { window, countIncludePad }, apply) => apply("avgPool", [c], { window, countIncludePad })],
    onnx: avgUnpool,
  },
};

function poolShape(name: string, x: Shape, window: Window): Shape {
  checkRank(name, "an input", x, 4);
  return [x[0]!, x[1]!, windowSize(name, x, window, 0), windowSize(name, x, window, 1)];
}

function pick(values: Values, at: Int32Array, dtype: Values["dtype"]): TypedArray {
  const out = toArray(dtype, at.length);
  for (let i = 0; i < at.length; i++) out[i] = values.data[at[i]!]!;
  return out;
}
