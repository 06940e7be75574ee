import type { Window } from "../../tensor/shape/convolution.ts";
import { type Shape, sizeOf } from "../../tensor/shape/shape.ts";
import type { Spec } from "../../tensor/values.ts";
import type { OnnxGraph, Specs, Way } from "../onnx.ts";
import type { Convolving, Uncovering } from "../signature.ts";
import { cast, integers, scalar } from "./cast.ts";
import { BEFORE, writePad, writeReshape, writeSlice } from "./movement.ts";

/** The engine's own convolution: float32 only. */
export const conv: Way<2, Convolving> = {
  name: "Conv",
  lower: (graph, inputs, { window }, { inputs: specs, output }) =>
    graph.node("Conv", toType(graph, inputs, specs, output), toAttributes(window)),
  cost: ({ output }) => only32(output, 1),
};

/** Shifted copies of the input, one for each tap, times the weight. */
export const convColumns: Way<2, Convolving> = {
  name: "columns",
  lower: (graph, inputs, { window }, specs) => {
    const [x, w] = toType(graph, inputs, specs.inputs, specs.output);
    const [image, weight] = specs.inputs;
    return writeProduct(graph, x!, w!, image.shape, weight.shape, window, specs.output);
  },
  cost: () => 2,
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
  cost: ({ output }) => only32(output, 1),
};

/** A convolution with the weight turned round, over what comes in with zeros between. */
export const convInputConv: Way<2, Uncovering> = {
  name: "Conv",
  lower: (graph, inputs, attrs, { inputs: specs, output }) => {
    const { spread, turned, window } = writeTurned(graph, toType(graph, inputs, specs, output), attrs, specs, output);
    return graph.node("Conv", [spread, turned], toAttributes(window));
  },
  cost: ({ output }) => only32(output, 2),
};

export const convInputColumns: Way<2, Uncovering> = {
  name: "columns",
  lower: (graph, inputs, attrs, { inputs: specs, output }) => {
    const whole = writeTurned(graph, toType(graph, inputs, specs, output), attrs, specs, output);
    return writeProduct(graph, whole.spread, whole.turned, whole.shape, whole.weight, whole.window, output);
  },
  cost: () => 3,
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
  cost: ({ output }) => only32(output, 3),
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
  cost: () => 2,
};

/**
 * Rows of what came back, shifted up by each row of the kernel, times the input, shifted left by each column of it: one product has all taps, of
 * kernel height + kernel width copies. For stride 1.
 */
export const convWeightShifts: Way<2, Convolving> = {
  name: "shifts",
  lower: (graph, inputs, { window }, { inputs: specs, output }) => {
    const [x, g] = toType(graph, inputs, specs, output);
    const { groups, kernel, dilation, padding } = window;
    const [n, channels, height, width] = specs[0].shape as Size;
    const [, filters, high, wide] = specs[1].shape as Size;
    const zero = scalar(graph, 0, output.dtype);
    const [c, f] = [channels / groups, filters / groups];
    const tall = height + padding[0] + padding[2];
    const whole = [n, channels, tall, width + padding[1] + padding[3]];
    const padded = writePad(graph, x!, specs[0].shape, place([0, 0, padding[0], padding[1]], whole), zero);
    const area = tall * wide;
    const lefts = Array.from({ length: kernel[1] }, (_, j) => {
      const part = writeSlice(graph, padded, whole, place([0, 0, 0, j * dilation[1]], [n, channels, tall, wide]));
      return writeReshape(graph, part, [n, groups, c, area]);
    });
    const downs = Array.from({ length: kernel[0] }, (_, i) => {
      const low = place([0, 0, i * dilation[0], 0], [n, filters, tall, wide]);
      return writeReshape(graph, writePad(graph, g!, [n, filters, high, wide], low, zero), [n, groups, f, area]);
    });
    const left = graph.node("Transpose", [graph.node("Concat", lefts, { axis: 2 })], { perm: [0, 1, 3, 2] });
    const products = graph.node("MatMul", [graph.node("Concat", downs, { axis: 2 }), left]);
    const sums = graph.node("ReduceSum", [products, integers(graph, [0])], { keepdims: 0 });
    const apart = writeReshape(graph, sums, [groups, kernel[0], f, kernel[1], c]);
    return writeReshape(graph, graph.node("Transpose", [apart], { perm: [0, 2, 4, 1, 3] }), output.shape);
  },
  cost: (_, { window }) => (window.stride.every((s) => s === 1) ? 1 : Number.POSITIVE_INFINITY),
};

type Size = readonly [number, number, number, number];

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
