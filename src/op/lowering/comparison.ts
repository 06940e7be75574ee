import { type DType, promote } from "../../tensor/dtype.ts";
import type { Lower } from "../onnx.ts";
import { cast, countable } from "./cast.ts";

/** A dtype that holds the values of both without rounding: what is compared is not changed before. */
function exact(a: DType, b: DType): DType {
  const mixed = a !== b && [a, b].includes("int32") && [a, b].includes("float32");
  return mixed ? "float64" : promote(a, b);
}

/** Booleans are compared as 0 and 1. */
export function compare(operator: string, negate = false): Lower<2> {
  return (graph, [a, b], _, { inputs: [x, y] }) => {
    const dtype = countable(exact(x.dtype, y.dtype));
    const result = graph.node(operator, [cast(graph, a, x.dtype, dtype), cast(graph, b, y.dtype, dtype)]);
    return negate ? graph.node("Not", [result]) : result;
  };
}

/** Everything but 0 is true. */
export function logic(operator: string): Lower<2> {
  return (graph, [a, b], _, { inputs: [x, y] }) =>
    graph.node(operator, [cast(graph, a, x.dtype, "bool"), cast(graph, b, y.dtype, "bool")]);
}

export const where: Lower<3> = (graph, [condition, a, b], _, { inputs: [c, x, y], output }) => {
  const dtype = countable(output.dtype);
  const chosen = graph.node("Where", [
    cast(graph, condition, c.dtype, "bool"),
    cast(graph, a, x.dtype, dtype),
    cast(graph, b, y.dtype, dtype),
  ]);
  return cast(graph, chosen, dtype, output.dtype);
};
