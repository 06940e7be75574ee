import type { Shape } from "../../tensor/shape/shape.ts";
import { sizeOf } from "../../tensor/shape/shape.ts";
import type { Lower, OnnxGraph } from "../onnx.ts";
import type { Along, Placing } from "../signature.ts";
import { cast, integers, scalar } from "./cast.ts";

/** Before the first element: where a slice that runs backwards may end. */
export const BEFORE = -(2 ** 31);

export const reshape: Lower<1, { readonly shape: Shape }> = (graph, [x], _, { output }) =>
  writeReshape(graph, x, output.shape);

export function writeReshape(graph: OnnxGraph, x: string, shape: Shape): string {
  return graph.node("Reshape", [x, integers(graph, shape)]);
}

export const permute: Lower<1, { readonly order: readonly number[] }> = (graph, [x], { order }) =>
  order.every((axis, i) => axis === i) ? x : graph.node("Transpose", [x], { perm: order });

export const broadcastTo: Lower<1, { readonly shape: Shape }> = (graph, [x], _, { output }) =>
  graph.node("Expand", [x, integers(graph, output.shape)]);

export const slice: Lower<1, Placing> = (graph, [x], placing, { inputs: [given] }) =>
  writeSlice(graph, x, given.shape, placing);

export function writeSlice(graph: OnnxGraph, x: string, given: Shape, { start, step, shape }: Placing): string {
  const cut = [...shape.keys()].filter((axis) => start[axis] !== 0 || step[axis] !== 1 || shape[axis] !== given[axis]);
  if (cut.length === 0) return x;
  return graph.node("Slice", [
    x,
    integers(
      graph,
      cut.map((axis) => start[axis]!),
    ),
    integers(
      graph,
      cut.map((axis) => toEnd(start[axis]!, step[axis]!, shape[axis]!)),
    ),
    integers(graph, cut),
    integers(
      graph,
      cut.map((axis) => step[axis]!),
    ),
  ]);
}

function toEnd(start: number, step: number, size: number): number {
  const last = start + step * (size - 1);
  if (step > 0) return last + 1;
  return last === 0 ? BEFORE : last - 1;
}

export const pad: Lower<1, Placing & { readonly value: number }> = (
  graph,
  [x],
  { value, ...placing },
  { inputs: [given], output },
) => writePad(graph, x, given.shape, placing, scalar(graph, value, output.dtype));

/**
 * Where a step is larger than 1, each element first becomes the first of `step` (an axis of that size is added, padded and merged); then what is
 * missing at both ends is padded, or cut off.
 */
export function writePad(
  graph: OnnxGraph,
  x: string,
  given: Shape,
  { start, step, shape }: Placing,
  fill: string,
): string {
  const sizes = given.map((n, axis) => n * step[axis]!);
  const wide = step.every((s) => s === 1) ? x : writeReshape(graph, spread(graph, x, given, step, fill), sizes);
  const pads = [...start, ...shape.map((n, axis) => n - start[axis]! - sizes[axis]!)];
  return pads.every((n) => n === 0) ? wide : graph.node("Pad", [wide, integers(graph, pads), fill]);
}

function spread(graph: OnnxGraph, x: string, given: Shape, step: readonly number[], fill: string): string {
  const apart = writeReshape(
    graph,
    x,
    given.flatMap((n) => [n, 1]),
  );
  const before = step.flatMap(() => [0, 0]);
  const after = step.flatMap((s) => [0, s - 1]);
  return graph.node("Pad", [apart, integers(graph, [...before, ...after]), fill]);
}

export const flip: Lower<1, Along> = (graph, [x], { axis }) =>
  graph.node("Slice", [
    x,
    integers(graph, [-1]),
    integers(graph, [BEFORE]),
    integers(graph, [axis]),
    integers(graph, [-1]),
  ]);

/** Parts without elements are left out. */
export const concat: Lower<"any", Along> = (graph, inputs, { axis }, { inputs: specs, output }) => {
  const parts = inputs.flatMap((x, i) =>
    sizeOf(specs[i]!.shape) === 0 ? [] : [cast(graph, x, specs[i]!.dtype, output.dtype)],
  );
  return parts.length === 1 ? parts[0]! : graph.node("Concat", parts, { axis });
};
