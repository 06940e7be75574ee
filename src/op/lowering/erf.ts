import type { Lower, OnnxGraph } from "../onnx.ts";
import { cast, scalar } from "./cast.ts";

/**
 * log(erfc(z)) + z² – log(t) with t = 2 / (2 + z), as a polynomial in 2t – 1, constant first. From the Chebyshev series of degree 16 on 0 ≤ z < ∞,
 * with erfc by DLMF 7.6.2 and 7.9.1; erfc is right to 4·10⁻¹².
 */
const coefficients = [
  -0.6717940840639668, 0.6726432239567001, 0.04734330802303813, -0.04689560949057419, -0.009872721202270717,
  0.008824933324502026, 0.0017592652216290362, -0.002345826010796515, -0.00014798566607652217, 0.0006739607239666157,
  -0.00008858126345785422, -0.00017558820610474868, 0.00006234077543467719, 0.000034692661893132025,
  -0.000020764352848345878, -0.000003725220449268818, 0.0000031607927667209878,
];

/** 2/√π (1, –1/3, 1/10, –1/42): the first terms of erf(x) / x in x². Enough below {@link NEAR}, where 1 – erfc(x) loses digits. */
const series = [1, -1 / 3, 1 / 10, -1 / 42].map((term) => (2 / Math.sqrt(Math.PI)) * term);
const NEAR = 0.03;

/** The engine has a kernel for float32; in float64 erf(x) = sign(x) (1 – t e^(p(2t – 1) – x²)), or x times a polynomial near 0. */
export const erf: Lower<1> = (graph, [x], _, { inputs, output }) => {
  const given = cast(graph, x, inputs[0].dtype, output.dtype);
  if (output.dtype === "float32") return graph.node("Erf", [given]);
  const number = (value: number) => scalar(graph, value, output.dtype);
  const size = graph.node("Abs", [given]);
  const square = graph.node("Mul", [given, given]);
  const t = graph.node("Div", [number(2), graph.node("Add", [size, number(2)])]);
  const u = graph.node("Sub", [graph.node("Mul", [t, number(2)]), number(1)]);
  const exponent = graph.node("Sub", [writePolynomial(graph, u, coefficients, number), square]);
  const tail = graph.node("Mul", [t, graph.node("Exp", [exponent])]);
  const far = graph.node("Mul", [graph.node("Sign", [given]), graph.node("Sub", [number(1), tail])]);
  const near = graph.node("Mul", [given, writePolynomial(graph, square, series, number)]);
  return graph.node("Where", [graph.node("Less", [size, number(NEAR)]), near, far]);
};

/** By Horner's rule; constant first. */
function writePolynomial(
  graph: OnnxGraph,
  x: string,
  terms: readonly number[],
  number: (value: number) => string,
): string {
  return terms
    .toReversed()
    .map(number)
    .reduce((sum, term) => graph.node("Add", [graph.node("Mul", [sum, x]), term]));
}
