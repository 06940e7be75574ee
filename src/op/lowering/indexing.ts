import { type DType, isFloat } from "../../tensor/dtype.ts";
import { type Shape, sizeOf } from "../../tensor/shape/shape.ts";
import type { Lower, OnnxGraph, Specs, Way } from "../onnx.ts";
import type { Along } from "../signature.ts";
import { cast, countable, integers, scalar } from "./cast.ts";
import { writeReshape } from "./movement.ts";

type Sized = Along & { readonly size: number };

/** Negative indices count from the end here as there; an index out of range is an error of the engine. */
export const take: Lower<2, Along> = (graph, [x, indices], { axis }, { inputs: [, { dtype }] }) =>
  graph.node("Gather", [x, toIndices(graph, indices, dtype)], { axis });

export const gather: Lower<2, Along> = (graph, [x, indices], { axis }, { inputs: [, { dtype }] }) =>
  graph.node("GatherElements", [x, toIndices(graph, indices, dtype)], { axis });

export const scatterAdd: Lower<2, Sized & { readonly shape: Shape }> = (
  graph,
  [x, indices],
  { axis },
  { inputs: [given, { dtype }], output },
) => writeScatter(graph, x, toIndices(graph, indices, dtype), axis, given.dtype, output.shape);

/** Adds one after another: right for any index, on one core. */
export const indexAddElements: Way<2, Sized> = {
  name: "ScatterElements",
  lower: (graph, [x, indices], attrs, specs) => {
    const { outer, count, inner } = toRows(specs, attrs);
    const [given, { dtype }] = specs.inputs;
    const column = writeReshape(graph, toIndices(graph, indices, dtype), [1, count, 1]);
    const everywhere = graph.node("Expand", [column, integers(graph, [outer, count, inner])]);
    const rows = writeReshape(graph, x, [outer, count, inner]);
    const added = writeScatter(graph, rows, everywhere, 1, given.dtype, [outer, attrs.size, inner]);
    return writeReshape(graph, added, specs.output.shape);
  },
  cost: (specs, attrs) => {
    const { outer, count, inner } = toRows(specs, attrs);
    return 4 + (outer * (count * 2.5 + attrs.size * 1.8) * inner) / 1000;
  },
};

/** The product with a matrix of zeros and ones: much more arithmetic, but the fast kind. For values that are finite: 0 · ∞ is NaN. */
export const indexAddProduct: Way<2, Sized> = {
  name: "OneHot",
  lower: (graph, [x, indices], attrs, specs) => {
    const { outer, count, inner } = toRows(specs, attrs);
    const [given, { dtype }] = specs.inputs;
    const flat = cast(graph, writeReshape(graph, indices, [count]), dtype, "int64");
    const values = graph.constant([0, 1], [2], "float32");
    const hot = graph.node("OneHot", [flat, scalar(graph, attrs.size, "int64"), values], { axis: 0 });
    const rows = writeReshape(graph, x, outer === 1 ? [count, inner] : [outer, count, inner]);
    const added = graph.node("MatMul", [cast(graph, hot, "float32", given.dtype), rows]);
    return writeReshape(graph, added, specs.output.shape);
  },
  cost: (specs, attrs) => {
    if (!isFloat(specs.output.dtype)) return Number.POSITIVE_INFINITY;
    const { outer, count, inner } = toRows(specs, attrs);
    return 8 + (attrs.size * count) / 3000 + (2 * outer * attrs.size * count * inner) / 210_000;
  },
};

/** What is added as `outer × count × inner`: `count` indices. */
function toRows({ inputs: [x, indices] }: Specs<2>, { axis }: Sized) {
  return {
    outer: sizeOf(x.shape.slice(0, axis)),
    count: sizeOf(indices.shape),
    inner: sizeOf(x.shape.slice(axis + indices.shape.length)),
  };
}

function toIndices(graph: OnnxGraph, indices: string, dtype: DType): string {
  return dtype === "int32" ? indices : cast(graph, indices, dtype, "int64");
}

export function writeScatter(
  graph: OnnxGraph,
  x: string,
  indices: string,
  axis: number,
  dtype: DType,
  shape: Shape,
): string {
  const type = countable(dtype);
  const zeros = graph.node("Expand", [scalar(graph, 0, type), integers(graph, shape)]);
  const values = cast(graph, x, dtype, type);
  const sums = graph.node("ScatterElements", [zeros, indices, values], { axis, reduction: "add" });
  return cast(graph, sums, type, dtype);
}
