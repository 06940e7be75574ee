import { isFloat } from "../../tensor/dtype.ts";
import type { Lower, OnnxGraph } from "../onnx.ts";
import { cast, scalar } from "./cast.ts";

/** Works on the input in the dtype of the result. */
function inOutputType(body: (graph: OnnxGraph, x: string, number: (value: number) => string) => string): Lower<1> {
  return (graph, [x], _, { inputs, output }) =>
    body(graph, cast(graph, x, inputs[0].dtype, output.dtype), (value) => scalar(graph, value, output.dtype));
}

/** eˣ – 1 = tanh(x / 2) (eˣ + 1): without cancellation near 0, and right at ±∞. */
export const expm1 = inOutputType((graph, x, number) => {
  const half = graph.node("Tanh", [graph.node("Mul", [x, number(0.5)])]);
  return graph.node("Mul", [half, graph.node("Add", [graph.node("Exp", [x]), number(1)])]);
});

/** log(1 + x) = log(u) x / (u – 1) with u = 1 + x as it was rounded (Kahan); x itself where u is 1, log(u) where nothing was rounded. */
export const log1p = inOutputType(writeLog1p);

function writeLog1p(graph: OnnxGraph, x: string, number: (value: number) => string): string {
  const u = graph.node("Add", [x, number(1)]);
  const rounded = graph.node("Sub", [u, number(1)]);
  const log = graph.node("Log", [u]);
  const mended = graph.node("Mul", [log, graph.node("Div", [x, rounded])]);
  const exact = graph.node("Where", [graph.node("Equal", [rounded, x]), log, mended]);
  return graph.node("Where", [graph.node("Equal", [rounded, number(0)]), x, exact]);
}

/**
 * max(x, 0) + log(1 + t) with t = e^-|x|, and log(1 + t) = log(u) + (t – (u – 1)) / u with u = 1 + t as it was rounded: t is at most 1, so nothing overflows, and
 * where u is 1 the second term is t. The engine's own operator goes element by element and takes three times as long.
 */
export const softplus = inOutputType((graph, x, number) => {
  const t = graph.node("Exp", [graph.node("Neg", [graph.node("Abs", [x])])]);
  const u = graph.node("Add", [t, number(1)]);
  const lost = graph.node("Sub", [t, graph.node("Sub", [u, number(1)])]);
  const tail = graph.node("Add", [graph.node("Log", [u]), graph.node("Div", [lost, u])]);
  return graph.node("Add", [graph.node("Relu", [x]), tail]);
});

/**
 * 1 / (1 + e⁻ˣ). The engine's own operator is right to 10⁻⁷, which leaves three digits at –8 and none at –18, where a logarithm that comes after it is –∞.
 */
export const sigmoid = inOutputType((graph, x, number) => {
  const power = graph.node("Exp", [graph.node("Neg", [x])]);
  return graph.node("Reciprocal", [graph.node("Add", [power, number(1)])]);
});

/** NaN stays NaN, which the operator alone makes 0. */
export const sign: Lower<1> = (graph, [x], _, { inputs, output }) => {
  const given = cast(graph, x, inputs[0].dtype, output.dtype);
  const result = graph.node("Sign", [given]);
  if (!isFloat(output.dtype)) return result;
  return graph.node("Where", [graph.node("IsNaN", [given]), given, result]);
};

/** Rounding leaves integers as they are. */
export function rounding(operator: string): Lower<1> {
  return (graph, [x], _, { inputs, output }) =>
    isFloat(output.dtype) ? graph.node(operator, [x]) : cast(graph, x, inputs[0].dtype, output.dtype);
}

export const isNotNumber: Lower<1> = (graph, [x], _, { inputs }) =>
  isFloat(inputs[0].dtype) ? graph.node("IsNaN", [x]) : graph.node("Not", [graph.node("Equal", [x, x])]);

export const not: Lower<1> = (graph, [x], _, { inputs: [{ dtype }] }) =>
  dtype === "bool" ? graph.node("Not", [x]) : graph.node("Equal", [x, scalar(graph, 0, dtype)]);
