import type { Window } from "../../tensor/shape/convolution.ts";
import { type Shape, sizeOf } from "../../tensor/shape/shape.ts";
import type { Spec } from "../../tensor/values.ts";
import type { OnnxGraph, Specs, Way } from "../onnx.ts";
import type { Convolving, Uncovering } from "../signature.ts";
import { cast, integers, scalar } from "./cast.ts";
import { BEFORE, writePad, writeReshape, writeSlice } from "./movement.ts";
import { fitsBlocks, toBlockedCost, writeBlocked } from "./nchwc.ts";

/** The engine's own convolution: float32 only. */
export const conv: Way<2, Convolving> = {
  name: "Conv",
  lower: (graph, inputs, { window }, { inputs: specs, output }) =>
    graph.node("Conv", toType(graph, inputs, specs, output), toAttributes(window)),
  cost: ({ inputs: [x, w], output }, { window }) => {
    const { columns, products } = toWork(x.shape, w.shape, output.shape, window);
    return only32(output, 5 + columns / 5700 + products / PRODUCTS);
  },
};

/** The engine's own convolution in its own layout: for many channels. */
export const convBlocked: Way<2, Convolving> = {
  name: "NCHWc",
  lower: (graph, inputs, { window }, specs) => {
    const [x, w] = toType(graph, inputs, specs.inputs, specs.output);
    return writeBlocked(graph, x!, w!, specs.inputs[1].shape, window, specs.block!);
  },
  cost: (specs, { window }) => {
    const [x, w] = specs.inputs;
    if (!fitsBlocks(specs, w.shape, window.groups)) return Number.POSITIVE_INFINITY;
    const { products } = toWork(x.shape, w.shape, specs.output.shape, window);
    return toBlockedCost(products, x.shape, specs.output.shape);
  },
};

/** Shifted copies of the input, one for each tap, times the weight. */
export const convColumns: Way<2, Convolving> = {
  name: "columns",
  lower: (graph, inputs, { window }, specs) => {
    const [x, w] = toType(graph, inputs, specs.inputs, specs.output);
    const [image, weight] = specs.inputs;
    return writeProduct(graph, x!, w!, image.shape, weight.shape, window, specs.output);
  },
  cost: ({ inputs: [x, w], output }, { window }) => {
    const { columns, products } = toWork(x.shape, w.shape, output.shape, window);
    return 10 + columns / toCopying(window) + products / PRODUCTS;
  },
};

/** The engine's own transposed convolution: float32 only. */
export const convTranspose: Way<2, Uncovering> = {
  name: "ConvTranspose",
  lower: (graph, inputs, { window, size }, { inputs: specs, output }) => {
    const { stride, dilation, kernel, padding } = window;
    const rest = [0, 1].map((axis) => {
      const covered = (specs[0].shape[2 + axis]! - 1) * stride[axis]! + dilation[axis]! * (kernel[axis]! - 1) + 1;
      return size[axis]! - (covered - padding[axis]! - padding[axis + 2]!);
    });
    const attributes = { ...toAttributes(window), output_padding: rest };
    return graph.node("ConvTranspose", toType(graph, inputs, specs, output), attributes);
  },
  cost: ({ inputs: [g, w], output }, { window }) => {
    const { columns, products } = toWork(output.shape, w.shape, g.shape, window);
    return only32(output, 5 + columns / 2500 + products / PRODUCTS);
  },
};

/** A convolution with the weight turned round, over what comes in with zeros between. */
export const convInputConv: Way<2, Uncovering> = {
  name: "Conv",
  lower: (graph, inputs, attrs, { inputs: specs, output }) => {
    const { spread, turned, window } = writeTurned(graph, toType(graph, inputs, specs, output), attrs, specs, output);
    return graph.node("Conv", [spread, turned], toAttributes(window));
  },
  cost: ({ inputs: [g, w], output }, { window }) => {
    const { columns, products } = toTurnedWork(g.shape, w.shape, output.shape, window);
    const spreading = sizeOf(window.stride) === 1 ? 0 : sizeOf(output.shape) / 100;
    return only32(output, 15 + spreading + columns / 5700 + products / 280_000);
  },
};

/** The same in the engine's own layout: for many channels, and steps of 1. */
export const convInputBlocked: Way<2, Uncovering> = {
  name: "NCHWc",
  lower: (graph, inputs, attrs, specs) => {
    const given = toType(graph, inputs, specs.inputs, specs.output);
    const { spread, turned, weight, window } = writeTurned(graph, given, attrs, specs.inputs, specs.output);
    return writeBlocked(graph, spread, turned, weight, window, specs.block!);
  },
  cost: (specs, { window }) => {
    const [g, w] = specs.inputs;
    if (sizeOf(window.stride) !== 1 || !fitsBlocks(specs, w.shape, window.groups)) return Number.POSITIVE_INFINITY;
    const { products } = toTurnedWork(g.shape, w.shape, specs.output.shape, window);
    return toBlockedCost(products, g.shape, specs.output.shape);
  },
};

export const convInputColumns: Way<2, Uncovering> = {
  name: "columns",
  lower: (graph, inputs, attrs, { inputs: specs, output }) => {
    const whole = writeTurned(graph, toType(graph, inputs, specs, output), attrs, specs, output);
    return writeProduct(graph, whole.spread, whole.turned, whole.shape, whole.weight, whole.window, output);
  },
  cost: ({ inputs: [g, w], output }, { window }) => {
    const { columns, products } = toTurnedWork(g.shape, w.shape, output.shape, window);
    return 20 + sizeOf(output.shape) / 100 + columns / 1200 + products / PRODUCTS;
  },
};

/** A convolution of the input with what came back, batch and channels swapped; where the stride does not divide, the result is cut. */
export const convWeightConv: Way<2, Convolving> = {
  name: "Conv",
  lower: (graph, inputs, { window }, { inputs: specs, output }) => {
    const [x, g] = toType(graph, inputs, specs, output);
    const { groups, kernel } = window;
    const [n, channels, height, width] = specs[0].shape as Size;
    const c = channels / groups;
    const apart = writeReshape(graph, x!, [n, groups, c, height, width]);
    const swapped = writeReshape(graph, graph.node("Transpose", [apart], { perm: [2, 1, 0, 3, 4] }), [
      c,
      groups * n,
      height,
      width,
    ]);
    const result = graph.node("Conv", [swapped, graph.node("Transpose", [g!], { perm: [1, 0, 2, 3] })], {
      ...toAttributes({ ...window, stride: window.dilation, dilation: window.stride }),
      kernel_shape: specs[1].shape.slice(2),
    });
    const cut = graph.node("Slice", [
      result,
      integers(graph, [0, 0]),
      integers(graph, kernel),
      integers(graph, [2, 3]),
    ]);
    return graph.node("Transpose", [cut], { perm: [1, 0, 2, 3] });
  },
  cost: ({ inputs: [x, g], output }, { window }) => {
    const { columns, products } = toWork(x.shape, output.shape, g.shape, window);
    return only32(output, 10 + columns / 725 + products / 160_000);
  },
};

/** Shifted copies of the input, one for each tap, times what came back; summed over the batch. */
export const convWeightColumns: Way<2, Convolving> = {
  name: "columns",
  lower: (graph, inputs, { window }, { inputs: specs, output }) => {
    const [x, g] = toType(graph, inputs, specs, output);
    const [n, filters, high, wide] = specs[1].shape as Size;
    const { groups } = window;
    const columns = writeColumns(graph, x!, specs[0].shape, window, [high, wide], output);
    const back = writeReshape(graph, g!, [n, groups, filters / groups, high * wide]);
    const products = graph.node("MatMul", [columns, graph.node("Transpose", [back], { perm: [0, 1, 3, 2] })]);
    const sums = graph.node("ReduceSum", [products, integers(graph, [0])], { keepdims: 0 });
    return writeTapsLast(graph, sums, output.shape, groups);
  },
  cost: ({ inputs: [x, g], output }, { window }) => {
    const { columns, products } = toWork(x.shape, output.shape, g.shape, window);
    return 10 + columns / toCopying(window) + products / PRODUCTS;
  },
};

/**
 * The same, with the shifted copies made by a convolution whose weights are a one for each tap: the engine does that on all cores, and copies on one. Float32 only.
 */
export const convWeightTaps: Way<2, Convolving> = {
  name: "taps",
  lower: (graph, inputs, { window }, { inputs: specs, output }) => {
    const [x, g] = toType(graph, inputs, specs, output);
    const { groups, kernel } = window;
    const [n, filters, high, wide] = specs[1].shape as Size;
    const channels = specs[0].shape[1]!;
    const taps = sizeOf(kernel);
    const weight = Float32Array.from({ length: channels * taps * taps }, (_, i) =>
      Math.floor(i / taps) % taps === i % taps ? 1 : 0,
    );
    const ones = graph.constant(weight, [channels * taps, 1, ...kernel], "float32");
    const shifted = graph.node("Conv", [x!, ones], { ...toAttributes(window), group: channels });
    const columns = writeReshape(graph, shifted, [n, groups, (channels / groups) * taps, high * wide]);
    const back = writeReshape(graph, g!, [n, groups, filters / groups, high * wide]);
    const products = graph.node("MatMul", [columns, graph.node("Transpose", [back], { perm: [0, 1, 3, 2] })]);
    const sums = graph.node("ReduceSum", [products, integers(graph, [0])], { keepdims: 0 });
    return writeReshape(graph, graph.node("Transpose", [sums], { perm: [0, 2, 1] }), output.shape);
  },
  cost: ({ inputs: [x, g], output }, { window }) => {
    if (sizeOf(window.kernel) > 25) return Number.POSITIVE_INFINITY;
    const { columns, products } = toWork(x.shape, output.shape, g.shape, window);
    return only32(output, 10 + columns / 1300 + products / PRODUCTS);
  },
};

/**
 * The input shifted left by each column of the kernel, side by side; then, for each row of the kernel, the run of its rows that lie under it, times what
 * came back. Copies kernel height + 1 times less than all taps do. For stride 1.
 */
export const convWeightRows: Way<2, Convolving> = {
  name: "rows",
  lower: (graph, inputs, { window }, { inputs: specs, output }) => {
    const [x, g] = toType(graph, inputs, specs, output);
    const { groups, kernel, dilation } = window;
    const [n, filters, high, wide] = specs[1].shape as Size;
    const c = output.shape[1]!;
    const lefts = writeLefts(graph, x!, specs[0].shape, window, wide, output);
    const back = writeReshape(graph, g!, [n, groups, filters / groups, high * wide]);
    const rows = Array.from({ length: kernel[0] }, (_, i) => {
      const start = [0, 0, 0, i * dilation[0] * wide];
      const run = writeSlice(graph, lefts.name, lefts.shape, place(start, [n, groups, kernel[1] * c, high * wide]));
      const products = graph.node("MatMul", [back, graph.node("Transpose", [run], { perm: [0, 1, 3, 2] })]);
      const sums = graph.node("ReduceSum", [products, integers(graph, [0])], { keepdims: 0 });
      return writeReshape(graph, sums, [filters, 1, kernel[1], c]);
    });
    const taps = rows.length === 1 ? rows[0]! : graph.node("Concat", rows, { axis: 1 });
    return graph.node("Transpose", [taps], { perm: [0, 3, 1, 2] });
  },
  cost: ({ inputs: [x, g], output }, { window }) => {
    if (window.stride.some((s) => s !== 1)) return Number.POSITIVE_INFINITY;
    const { columns, products } = toWork(x.shape, output.shape, g.shape, window);
    const width = window.kernel[1] * output.shape[1]!;
    // the engine computes sixteen columns of a product at a time
    const filled = width / (16 * Math.ceil(width / 16));
    return 10 + columns / window.kernel[0] / 900 + columns / 3300 + products / filled / PRODUCTS;
  },
};

type Size = readonly [number, number, number, number];

/** Multiplications and additions that two cores do in a microsecond, in products of matrices. */
const PRODUCTS = 220_000;

/** The size of what is under all taps, and the multiplications and additions of a convolution of `x` by `w` to `y`. */
function toWork(x: Shape, w: Shape, y: Shape, { kernel }: Window) {
  const columns = x[0]! * x[1]! * sizeOf(kernel) * y[2]! * y[3]!;
  return { columns, products: 2 * columns * (w[0]! / (x[1]! / w[1]!)) };
}

/** The same for the convolution with the weight turned round, which covers every pixel of the larger image with every filter. */
function toTurnedWork(g: Shape, w: Shape, x: Shape, window: Window) {
  const columns = g[0]! * g[1]! * sizeOf(window.kernel) * x[2]! * x[3]!;
  return { columns, products: 2 * columns * w[1]! };
}

/** Elements that are copied in a microsecond into columns and joined: far fewer where each is fetched alone. */
function toCopying({ stride }: Window): number {
  return stride[1] === 1 ? 1200 : 420;
}

function only32({ dtype }: Spec, cost: number): number {
  return dtype === "float32" ? cost : Number.POSITIVE_INFINITY;
}

function toType(
  graph: OnnxGraph,
  inputs: readonly [string, string],
  specs: Specs<2>["inputs"],
  output: Spec,
): string[] {
  return inputs.map((x, i) => cast(graph, x, specs[i as 0 | 1].dtype, output.dtype));
}

function toAttributes({ kernel, stride, dilation, padding, groups }: Window) {
  return { kernel_shape: kernel, strides: stride, dilations: dilation, pads: padding, group: groups };
}

/** In steps of 1. */
function place(start: readonly number[], shape: Shape) {
  return { start, step: start.map(() => 1), shape };
}

/** `[N, G, kernel width · C, rows · positions in a row]`: the padded input under each column of the kernel. */
function writeLefts(graph: OnnxGraph, x: string, shape: Shape, window: Window, wide: number, { dtype }: Spec) {
  const { kernel, dilation, padding, groups } = window;
  const [n, channels, height, width] = shape as Size;
  const c = channels / groups;
  const tall = height + padding[0] + padding[2];
  const whole = [n, channels, tall, width + padding[1] + padding[3]];
  const padded = writePad(graph, x, shape, place([0, 0, padding[0], padding[1]], whole), scalar(graph, 0, dtype));
  const parts = Array.from({ length: kernel[1] }, (_, j) => {
    const part = writeSlice(graph, padded, whole, place([0, 0, 0, j * dilation[1]], [n, channels, tall, wide]));
    return writeReshape(graph, part, [n, groups, c, tall * wide]);
  });
  const name = parts.length === 1 ? parts[0]! : graph.node("Concat", parts, { axis: 2 });
  return { name, shape: [n, groups, kernel[1] * c, tall * wide] };
}

/** `[N, G, taps · C, positions]`: under each output position, the pixel of each tap and channel. */
function writeColumns(
  graph: OnnxGraph,
  x: string,
  shape: Shape,
  { kernel, stride, dilation, padding, groups }: Window,
  [high, wide]: readonly [number, number],
  { dtype }: Spec,
): string {
  const [n, channels, height, width] = shape as Size;
  const whole = [n, channels, height + padding[0] + padding[2], width + padding[1] + padding[3]];
  const padded = writePad(graph, x, shape, place([0, 0, padding[0], padding[1]], whole), scalar(graph, 0, dtype));
  const taps: string[] = [];
  for (let i = 0; i < kernel[0]; i++)
    for (let j = 0; j < kernel[1]; j++) {
      const start = [0, 0, i * dilation[0], j * dilation[1]];
      const tap = { start, step: [1, 1, ...stride], shape: [n, channels, high, wide] };
      taps.push(
        writeReshape(graph, writeSlice(graph, padded, whole, tap), [n, groups, channels / groups, high * wide]),
      );
    }
  return taps.length === 1 ? taps[0]! : graph.node("Concat", taps, { axis: 2 });
}

/** The weight as `[G, F, taps · C]`, times the columns. */
function writeProduct(
  graph: OnnxGraph,
  x: string,
  w: string,
  image: Shape,
  weight: Shape,
  window: Window,
  output: Spec,
): string {
  const [, filters, high, wide] = output.shape as Size;
  const columns = writeColumns(graph, x, image, window, [high, wide], output);
  const [, channels] = weight as Size;
  const taps = sizeOf(window.kernel);
  const apart = writeReshape(graph, w, [filters, channels, taps]);
  const rows = writeReshape(graph, graph.node("Transpose", [apart], { perm: [0, 2, 1] }), [
    window.groups,
    filters / window.groups,
    taps * channels,
  ]);
  return writeReshape(graph, graph.node("MatMul", [rows, columns]), output.shape);
}

/** From `[G, kH · kW · C, F]` to a weight `[G · F, C, kH, kW]`. */
function writeTapsLast(graph: OnnxGraph, x: string, weight: Shape, groups: number): string {
  const [filters, channels, high, wide] = weight as Size;
  const apart = writeReshape(graph, x, [groups, high * wide, channels, filters / groups]);
  return writeReshape(graph, graph.node("Transpose", [apart], { perm: [0, 3, 2, 1] }), weight);
}

/** What came back with zeros between, the weight turned round with its channels swapped, and the window that is left: of stride 1. */
function writeTurned(
  graph: OnnxGraph,
  [g, w]: readonly string[],
  { window, size }: Uncovering,
  specs: Specs<2>["inputs"],
  output: Spec,
) {
  const { kernel, stride, dilation, padding, groups } = window;
  const [n, filters, high, wide] = specs[0].shape as Size;
  const sparse = [n, filters, (high - 1) * stride[0] + 1, (wide - 1) * stride[1] + 1];
  const step = [1, 1, ...stride];
  const zero = scalar(graph, 0, output.dtype);
  const spread = writePad(graph, g!, specs[0].shape, { start: [0, 0, 0, 0], step, shape: sparse }, zero);
  const span = [0, 1].map((axis) => dilation[axis]! * (kernel[axis]! - 1));
  const before = [0, 1].map((axis) => span[axis]! - padding[axis]!);
  const after = [0, 1].map((axis) => size[axis]! + span[axis]! - before[axis]! - sparse[2 + axis]!);
  const rest = { kernel, dilation, stride: [1, 1], groups } as const;
  const turned = writeTurnedWeight(graph, w!, specs[1].shape, groups);
  const pads = [...before, ...after] as unknown as Window["padding"];
  if (pads.every((n) => n >= 0)) return { ...turned, spread, shape: sparse, window: { ...rest, padding: pads } };
  const shape = [n, filters, size[0] + span[0]!, size[1] + span[1]!];
  const padded = writePad(graph, spread, sparse, place([0, 0, ...before], shape), zero);
  return { ...turned, spread: padded, shape, window: { ...rest, padding: [0, 0, 0, 0] as const } };
}

/** `[G · F, C, kH, kW]` as `[G · C, F, kH, kW]`, both spatial axes reversed. */
function writeTurnedWeight(graph: OnnxGraph, w: string, shape: Shape, groups: number) {
  const [filters, channels, high, wide] = shape as Size;
  const f = filters / groups;
  const apart = writeReshape(graph, w, [groups, f, channels, high, wide]);
  const swapped = graph.node("Transpose", [apart], { perm: [0, 2, 1, 3, 4] });
  const [last, end] = [integers(graph, [-1, -1]), integers(graph, [BEFORE, BEFORE])];
  const reversed = graph.node("Slice", [swapped, last, end, integers(graph, [3, 4]), last]);
  const weight = [groups * channels, f, high, wide];
  return { turned: writeReshape(graph, reversed, weight), weight };
}
