import { type DType, isFloat } from "../../tensor/dtype.ts";
import type { Window } from "../../tensor/shape/convolution.ts";
import { type Shape, sizeOf } from "../../tensor/shape/shape.ts";
import type { Spec } from "../../tensor/values.ts";
import type { Lower, OnnxGraph, Way } from "../onnx.ts";
import type { Averaging, Convolving, Uncovering } from "../signature.ts";
import { cast, integers, scalar } from "./cast.ts";
import { writeScatter } from "./indexing.ts";
import { writePad, writeReshape, writeSlice } from "./movement.ts";

type Size = readonly [number, number, number, number];

export const maxPool: Lower<1, Convolving> = (graph, [x], { window }, { inputs: [{ dtype }] }) =>
  cast(graph, graph.node("MaxPool", [toPoolable(graph, x, dtype)], toAttributes(window)), poolable(dtype), dtype);

/** Adds at the places that the engine names: also where windows overlap. */
export const maxUnpoolIndices: Way<2, Convolving> = {
  name: "Indices",
  lower: (graph, [g, x], { window }, { inputs: [back, image], output }) => {
    const places = writePlaces(graph, x, image.dtype, window, back.shape);
    const flat = writeReshape(graph, g, [sizeOf(back.shape)]);
    const sums = writeScatter(graph, flat, places, 0, back.dtype, [sizeOf(output.shape)]);
    return writeReshape(graph, sums, output.shape);
  },
  cost: ({ inputs: [back, image] }) => 10 + sizeOf(image.shape) / 400 + sizeOf(back.shape) / 160,
};

/**
 * Where windows tile the image: which tap has the first maximum, as a number found at the size of the result; both it and the gradient are
 * repeated over their windows (columns by a product with zeros and ones, rows by broadcasting), and a pixel takes the gradient where the number is its
 * own. For gradients that are finite: 0 · ∞ is NaN.
 */
export const maxUnpoolTiles: Way<2, Convolving> = {
  name: "tiles",
  lower: (graph, [g, x], { window }, { inputs: [back, image] }) => {
    const [n, c, high, wide] = back.shape as Size;
    const [height, width] = window.kernel;
    const tiled = [n, c, high * height, wide * width];
    const rows = n * c * high;
    const [start, step] = [
      [0, 0, 0, 0],
      [1, 1, 1, 1],
    ];
    const covered = writeSlice(graph, toPoolable(graph, x, image.dtype), image.shape, { start, step, shape: tiled });
    const rank = writeRank(graph, covered, window, back);
    const columns = graph.constant(toRepeats(wide, width), [wide, wide * width], back.dtype);
    const widen = (values: string) => {
      const products = graph.node("MatMul", [writeReshape(graph, values, [rows, wide]), columns]);
      return writeReshape(graph, products, [rows, 1, wide * width]);
    };
    const own = graph.constant(toRanks(window.kernel, wide), [height, wide * width], back.dtype);
    const wins = cast(graph, graph.node("Equal", [widen(rank), own]), "bool", back.dtype);
    const placed = writeReshape(graph, graph.node("Mul", [wins, widen(g)]), tiled);
    return writePad(graph, placed, tiled, { start, step, shape: image.shape }, scalar(graph, 0, back.dtype));
  },
  cost: ({ inputs: [back, image] }, { window }) => {
    const tiles = window.kernel.every((k, axis) => k === window.stride[axis] && window.dilation[axis] === 1);
    if (!tiles || window.padding.some((p) => p !== 0) || !isFloat(back.dtype)) return Number.POSITIVE_INFINITY;
    const [pixels, results] = [sizeOf(image.shape), sizeOf(back.shape)];
    return 20 + pixels / 1100 + (sizeOf(window.kernel) - 1) * (4 + pixels / 4000 + results / 1700);
  },
};

export const maxPoolAt: Lower<2, Convolving> = (graph, [c, x], { window }, { inputs: [given, image], output }) => {
  const places = writePlaces(graph, x, image.dtype, window, output.shape);
  const flat = writeReshape(graph, c, [sizeOf(given.shape)]);
  return writeReshape(graph, graph.node("Gather", [flat, places], { axis: 0 }), output.shape);
};

/** The engine's own: float32 only. */
export const avgPoolWindows: Way<1, Averaging> = {
  name: "AveragePool",
  lower: (graph, [x], { window, countIncludePad }, { inputs: [given], output }) => {
    const { kernel, stride, padding } = window;
    const values = cast(graph, x, given.dtype, output.dtype);
    const attributes = { kernel_shape: kernel, strides: stride, pads: padding };
    return graph.node("AveragePool", [values], { ...attributes, count_include_pad: countIncludePad ? 1 : 0 });
  },
  cost: ({ inputs: [x], output }) =>
    output.dtype === "float32" ? 5 + sizeOf(x.shape) / 1800 : Number.POSITIVE_INFINITY,
};

/** A mean over windows is a mean over rows of means over columns: two products with constant matrices. */
export const avgPoolProducts: Way<1, Averaging> = {
  name: "products",
  lower: (graph, [x], attrs, { inputs: [given], output }) => {
    const [rows, columns] = [0, 1].map((axis) =>
      writeMeans(graph, given.shape, output.shape, axis, attrs, output.dtype),
    );
    const values = cast(graph, x, given.dtype, output.dtype);
    const across = graph.node("MatMul", [values, graph.node("Transpose", [columns!], { perm: [1, 0] })]);
    return graph.node("MatMul", [rows!, across]);
  },
  cost: ({ inputs: [x] }) => 10 + sizeOf(x.shape) / 800,
};

/** The same two matrices, transposed. */
export const avgUnpool: Lower<1, Averaging & Uncovering> = (graph, [g], attrs, { inputs: [given], output }) => {
  const [rows, columns] = [0, 1].map((axis) => writeMeans(graph, output.shape, given.shape, axis, attrs, output.dtype));
  const across = graph.node("MatMul", [g, columns!]);
  return graph.node("MatMul", [graph.node("Transpose", [rows!], { perm: [1, 0] }), across]);
};

function toAttributes({ kernel, stride, dilation, padding }: Window) {
  return { kernel_shape: kernel, strides: stride, dilations: dilation, pads: padding };
}

/** The engine pools floats; float64 holds every int32. */
function poolable(dtype: DType): DType {
  return isFloat(dtype) ? dtype : "float64";
}

function toPoolable(graph: OnnxGraph, x: string, dtype: DType): string {
  return cast(graph, x, dtype, poolable(dtype));
}

/** For each window the place of its first maximum in the flat image. */
function writePlaces(graph: OnnxGraph, x: string, dtype: DType, window: Window, shape: Shape): string {
  const [, places] = graph.nodes("MaxPool", [toPoolable(graph, x, dtype)], 2, toAttributes(window));
  return writeReshape(graph, places!, [sizeOf(shape)]);
}

/**
 * How many taps come after the first one that is the maximum, in the shape of the pooled image. Each tap but the last counts as one if the maximum is at it
 * or before it. A pooling by a smaller window from the same corner asks that of a tap and of those above and to the left of it, all of which come before; the
 * question for the tap before it has asked it of the rest.
 */
function writeRank(graph: OnnxGraph, x: string, window: Window, { shape, dtype }: Spec): string {
  const [height, width] = window.kernel;
  const taps = height * width;
  if (taps === 1) return graph.node("Expand", [scalar(graph, 0, dtype), integers(graph, shape)]);
  const maxima = graph.node("MaxPool", [x], toAttributes(window));
  let found: string | undefined;
  let rank: string | undefined;
  for (let tap = 0; tap < taps - 1; tap++) {
    const corner = [Math.floor(tap / width) + 1, (tap % width) + 1] as const;
    const part = graph.node("MaxPool", [x], toAttributes({ ...window, kernel: corner }));
    const here = graph.node("Equal", [part, maxima]);
    found = found === undefined ? here : graph.node("Or", [found, here]);
    const one = cast(graph, found, "bool", dtype);
    rank = rank === undefined ? one : graph.node("Add", [rank, one]);
  }
  return rank!;
}

/** `[n, n · times]`: a row vector times it repeats each element. */
function toRepeats(n: number, times: number): number[] {
  return Array.from({ length: n * n * times }, (_, i) =>
    Math.floor((i % (n * times)) / times) === Math.floor(i / (n * times)) ? 1 : 0,
  );
}

/** How many taps come after the one that each pixel is under, for one row of windows. */
function toRanks([height, width]: readonly [number, number], wide: number): number[] {
  return Array.from({ length: height * wide * width }, (_, i) => {
    const [row, column] = [Math.floor(i / (wide * width)), i % (wide * width)];
    return height * width - 1 - row * width - (column % width);
  });
}

/** `[pooled, length]` along one axis: the share of each pixel in the mean of each window. */
function writeMeans(
  graph: OnnxGraph,
  image: Shape,
  pooled: Shape,
  axis: number,
  { window, countIncludePad }: Averaging,
  dtype: DType,
): string {
  const [length, size] = [image[2 + axis]!, pooled[2 + axis]!];
  const [kernel, stride, before] = [window.kernel[axis]!, window.stride[axis]!, window.padding[axis]!];
  const shares = new Float64Array(size * length);
  for (let i = 0; i < size; i++) {
    const first = Math.max(0, i * stride - before);
    const end = Math.min(length, i * stride - before + kernel);
    shares.fill(1 / (countIncludePad ? kernel : end - first), i * length + first, i * length + Math.max(first, end));
  }
  return graph.constant(shares, [size, length], dtype);
}
