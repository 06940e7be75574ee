import type { OnnxGraph, Specs, Way } from "../onnx.ts";
import { cast, integers, scalar } from "./cast.ts";
import { writePad, writeReshape, writeSlice } from "./movement.ts";

/** Every step of an elimination is some nodes of its own, each a few microseconds and some time to prepare: worth it for small matrices. */
const LARGEST = 32;

/** One column of L after the other, each taken out of what is left. A matrix that is not positive definite gives NaN. */
export const choleskyColumns: Way<1> = {
  name: "columns",
  lower: (graph, [a], _, { inputs: [{ shape, dtype }], output }) => {
    const n = shape[0]!;
    const given = cast(graph, a, dtype, output.dtype);
    const sum = graph.node("Add", [given, graph.node("Transpose", [given], { perm: [1, 0] })]);
    const zero = scalar(graph, 0, output.dtype);
    const columns: string[] = [];
    let rest = graph.node("Mul", [sum, scalar(graph, 0.5, output.dtype)]);
    for (let m = n; m > 0; m--) {
      const left = writePart(graph, rest, [m, m], [0, 0], [m, 1]);
      const pivot = writePart(graph, left, [m, 1], [0, 0], [1, 1]);
      const column = graph.node("Div", [left, graph.node("Sqrt", [pivot])]);
      columns.push(writePad(graph, column, [m, 1], { start: [n - m, 0], step: [1, 1], shape: [n, 1] }, zero));
      if (m === 1) break;
      const below = writePart(graph, column, [m, 1], [1, 0], [m - 1, 1]);
      const corner = writePart(graph, rest, [m, m], [1, 1], [m - 1, m - 1]);
      rest = graph.node("Gemm", [below, below, corner], { alpha: { float: -1 }, transB: 1 });
    }
    return columns.length === 1 ? columns[0]! : graph.node("Concat", columns, { axis: 1 });
  },
  cost: ({ inputs: [a] }) => toCost(a.shape[0]!, 20),
};

/** Gaussian elimination with the largest pivot of each column, then substitution from the last row up. A singular matrix gives infinities or NaN. */
export const solveElimination: Way<2> = {
  name: "elimination",
  lower: (graph, [a, b], _, specs) => {
    const rows = writeElimination(graph, a, b, specs);
    const { output } = specs;
    const k = output.shape[1] ?? 1;
    let solved: string | undefined;
    for (const [i, row] of rows.toReversed().entries()) {
      const width = i + 1 + k;
      const pivot = writePart(graph, row, [1, width], [0, 0], [1, 1]);
      const right = writePart(graph, row, [1, width], [0, i + 1], [1, k]);
      if (solved === undefined) {
        solved = graph.node("Div", [right, pivot]);
        continue;
      }
      const known = writePart(graph, row, [1, width], [0, 1], [1, i]);
      const rest = graph.node("Gemm", [known, solved, right], { alpha: { float: -1 } });
      solved = graph.node("Concat", [graph.node("Div", [rest, pivot]), solved], { axis: 0 });
    }
    return writeReshape(graph, solved!, output.shape);
  },
  cost: ({ inputs: [a] }) => toCost(a.shape[0]!, 50),
};

/** The rows of the triangle with their right sides, longest first; each begins at its pivot. */
function writeElimination(graph: OnnxGraph, a: string, b: string, { inputs, output }: Specs<2>): string[] {
  const n = inputs[0].shape[0]!;
  const k = output.shape[1] ?? 1;
  const right = writeReshape(graph, cast(graph, b, inputs[1].dtype, output.dtype), [n, k]);
  let rest = graph.node("Concat", [cast(graph, a, inputs[0].dtype, output.dtype), right], { axis: 1 });
  const rows: string[] = [];
  for (let m = n; m > 0; m--) {
    const width = m + k;
    const sizes = graph.node("Abs", [writePart(graph, rest, [m, width], [0, 0], [m, 1])]);
    const at = graph.node("ArgMax", [sizes], { axis: 0, keepdims: 0 });
    const row = graph.node("Gather", [rest, at], { axis: 0 });
    rows.push(row);
    if (m === 1) break;
    const others = graph.node("Gather", [rest, writeOthers(graph, at, m)], { axis: 0 });
    const first = writePart(graph, others, [m - 1, width], [0, 0], [m - 1, 1]);
    const factors = graph.node("Div", [first, writePart(graph, row, [1, width], [0, 0], [1, 1])]);
    const corner = writePart(graph, others, [m - 1, width], [0, 1], [m - 1, width - 1]);
    const tail = writePart(graph, row, [1, width], [0, 1], [1, width - 1]);
    rest = graph.node("Gemm", [factors, tail, corner], { alpha: { float: -1 } });
  }
  return rows;
}

/** The numbers 0 … m – 1 without one. */
function writeOthers(graph: OnnxGraph, without: string, m: number): string {
  const numbers = integers(graph, [...Array(m - 1).keys()]);
  const later = graph.node("GreaterOrEqual", [numbers, without]);
  return graph.node("Add", [numbers, cast(graph, later, "bool", "int64")]);
}

function writePart(
  graph: OnnxGraph,
  x: string,
  given: readonly number[],
  start: readonly number[],
  shape: readonly number[],
): string {
  return writeSlice(graph, x, given, { start, step: [1, 1], shape });
}

function toCost(n: number, perRow: number): number {
  return n <= LARGEST ? n * perRow : Number.POSITIVE_INFINITY;
}
