import type { Shape } from "../../tensor/shape/shape.ts";
import type { OnnxGraph, Way } from "../onnx.ts";
import { cast } from "./cast.ts";

type Transposing = { readonly transposeA: boolean; readonly transposeB: boolean };

/** Two matrices: `Gemm` reads a transposed one in place. */
export const gemm: Way<2, Transposing> = {
  name: "Gemm",
  lower: (graph, [a, b], { transposeA, transposeB }, { inputs, output }) =>
    graph.node("Gemm", [cast(graph, a, inputs[0].dtype, output.dtype), cast(graph, b, inputs[1].dtype, output.dtype)], {
      transA: transposeA ? 1 : 0,
      transB: transposeB ? 1 : 0,
    }),
  cost: ({ inputs: [a, b], output }) =>
    a.shape.length === 2 && b.shape.length === 2 && output.dtype !== "int32" ? 1 : Number.POSITIVE_INFINITY,
};

/** Batches of matrices: a transpose is a copy, unless the engine sees through it. */
export const matMul: Way<2, Transposing> = {
  name: "MatMul",
  lower: (graph, [a, b], { transposeA, transposeB }, { inputs, output }) =>
    graph.node("MatMul", [
      transpose(graph, cast(graph, a, inputs[0].dtype, output.dtype), inputs[0].shape, transposeA),
      transpose(graph, cast(graph, b, inputs[1].dtype, output.dtype), inputs[1].shape, transposeB),
    ]),
  cost: () => 2,
};

function transpose(graph: OnnxGraph, x: string, shape: Shape, wanted: boolean): string {
  if (!wanted) return x;
  const axes = [...shape.keys()];
  const perm = [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!];
  return graph.node("Transpose", [x], { perm });
}
