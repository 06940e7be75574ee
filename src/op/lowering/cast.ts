import type { DType } from "../../tensor/dtype.ts";
import type { Lower, OnnxGraph, OnnxType } from "../onnx.ts";

/** The same values in another type; nothing where it is the same already. To `bool`: everything but 0 is true. */
export function cast(graph: OnnxGraph, x: string, from: OnnxType, to: OnnxType): string {
  return from === to ? x : graph.node("Cast", [x], { to: { type: to } });
}

/** A number of rank 0. */
export function scalar(graph: OnnxGraph, value: number, type: OnnxType): string {
  return graph.constant([value], [], type);
}

/** Axes, sizes and the like: a list of int64. */
export function integers(graph: OnnxGraph, values: readonly number[]): string {
  return graph.constant(values, [values.length], "int64");
}

/** One operator on one input, in the dtype of the result. */
export function plain(operator: string): Lower<1> {
  return (graph, [x], _, specs) => graph.node(operator, [cast(graph, x, specs.inputs[0].dtype, specs.output.dtype)]);
}

/** One operator on two inputs, in the dtype of the result. */
export function plainBinary(operator: string): Lower<2> {
  return (graph, [a, b], _, { inputs, output }) =>
    graph.node(operator, [
      cast(graph, a, inputs[0].dtype, output.dtype),
      cast(graph, b, inputs[1].dtype, output.dtype),
    ]);
}

/** What `bool` is computed in where an operator has no kernel for it. */
export function countable(dtype: DType): DType {
  return dtype === "bool" ? "int32" : dtype;
}
