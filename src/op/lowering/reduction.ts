import { isFloat } from "../../tensor/dtype.ts";
import { type Shape, sizeOf } from "../../tensor/shape/shape.ts";
import type { Lower, OnnxGraph, Way } from "../onnx.ts";
import type { Reducing } from "../signature.ts";
import { cast, countable, integers, scalar } from "./cast.ts";
import { writeReshape } from "./movement.ts";

/** A `Reduce…` operator; over no axes there is nothing to do. */
export function reduce(operator: string): Lower<1, Reducing> {
  return (graph, [x], { axes, keepDims }, { inputs: [given], output }) => {
    const dtype = countable(isFloat(output.dtype) ? output.dtype : given.dtype);
    const values = cast(graph, x, given.dtype, dtype);
    return cast(graph, writeReduced(graph, operator, values, axes, keepDims, given.shape), dtype, output.dtype);
  };
}

/** Where one number is left the engine is asked for all axes: it is slow at leaving out those of size 1. */
function writeReduced(
  graph: OnnxGraph,
  operator: string,
  x: string,
  axes: readonly number[],
  keepDims: boolean,
  shape: Shape,
): string {
  if (axes.length === 0) return x;
  const isAll = axes.length < shape.length && shape.every((n, axis) => n === 1 || axes.includes(axis));
  if (!isAll) return graph.node(operator, [x, integers(graph, axes)], { keepdims: keepDims ? 1 : 0 });
  const reduced = graph.node(operator, [x, integers(graph, [...shape.keys()])], { keepdims: keepDims ? 1 : 0 });
  if (keepDims) return reduced;
  return writeReshape(
    graph,
    reduced,
    shape.filter((_, axis) => !axes.includes(axis)),
  );
}

/** The largest or smallest; NaN wins, which the operator alone passes over or not, depending on where it is. */
export function reduceExtreme(operator: "ReduceMax" | "ReduceMin"): Lower<1, Reducing> {
  const plain = reduce(operator);
  return (graph, inputs, attrs, specs) => {
    const result = plain(graph, inputs, attrs, specs);
    const { dtype } = specs.output;
    if (!isFloat(dtype) || attrs.axes.length === 0) return result;
    const marks = cast(graph, graph.node("IsNaN", [inputs[0]]), "bool", dtype);
    const found = reduceMarks(graph, [marks], attrs, specs);
    return graph.node("Where", [cast(graph, found, dtype, "bool"), scalar(graph, Number.NaN, dtype), result]);
  };
}

const reduceMarks = reduce("ReduceMax");

export const sumOperator: Way<1, Reducing> = {
  name: "ReduceSum",
  lower: reduce("ReduceSum"),
  cost: ({ inputs: [x] }) => 2 + sizeOf(x.shape) / 4000,
};

/** Over the first axes: a row of ones times the matrix, which the engine is faster at than at adding up columns. */
export const sumProduct: Way<1, Reducing> = {
  name: "product",
  lower: (graph, [x], { axes }, { inputs: [{ shape }], output }) => {
    const n = sizeOf(shape.slice(0, axes.length));
    const ones = graph.node("Expand", [scalar(graph, 1, output.dtype), integers(graph, [1, n])]);
    const matrix = writeReshape(graph, x, [n, sizeOf(shape) / n]);
    return writeReshape(graph, graph.node("MatMul", [ones, matrix]), output.shape);
  },
  cost: ({ inputs: [x], output }, { axes }) =>
    isFloat(x.dtype) && axes.length > 0 && axes.every((axis, i) => axis === i) && sizeOf(output.shape) > 1
      ? 5 + sizeOf(x.shape) / 12_000
      : Number.POSITIVE_INFINITY,
};

/**
 * m + log Σ eˣ⁻ᵐ with m the largest, or 0 where that is infinite. The engine's own operator calls the exponential one by one, and passes over NaN where it
 * reduces everything.
 */
export const logSumExp: Lower<1, Reducing> = (graph, [x], { axes }, { inputs: [{ dtype }], output }) => {
  const values = cast(graph, x, dtype, output.dtype);
  if (axes.length === 0) return values;
  const over = integers(graph, axes);
  const largest = graph.node("ReduceMax", [values, over], { keepdims: 1 });
  const shift = graph.node("Where", [graph.node("IsInf", [largest]), scalar(graph, 0, output.dtype), largest]);
  const powers = graph.node("Exp", [graph.node("Sub", [values, shift])]);
  const sums = graph.node("ReduceSum", [powers, over], { keepdims: 1 });
  return writeReshape(graph, graph.node("Add", [graph.node("Log", [sums]), shift]), output.shape);
};
