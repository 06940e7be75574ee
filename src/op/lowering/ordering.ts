import { type DType, isFloat } from "../../tensor/dtype.ts";
import type { Lower, OnnxGraph } from "../onnx.ts";
import type { Along } from "../signature.ts";
import { cast, countable, integers, scalar } from "./cast.ts";

/** The first of equal ones; NaN counts as what wins. */
export function locate(operator: "ArgMax" | "ArgMin"): Lower<1, Along> {
  const winner = operator === "ArgMax" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return (graph, [x], { axis }, { inputs: [{ dtype }] }) => {
    const at = graph.node(operator, [writeOrdered(graph, x, dtype, winner)], { axis, keepdims: 0 });
    return cast(graph, at, "int64", "int32");
  };
}

/** `TopK` of all elements keeps equal ones in their order; NaN counts as what comes last. */
export const argsort: Lower<1, Along & { readonly descending: boolean }> = (
  graph,
  [x],
  { axis, descending },
  { inputs: [{ shape, dtype }] },
) => {
  const values = writeOrdered(graph, x, dtype, descending ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  const largest = descending ? 1 : 0;
  const [, order] = graph.nodes("TopK", [values, integers(graph, [shape[axis]!])], 2, { axis, largest });
  return cast(graph, order!, "int64", "int32");
};

export const cumsum: Lower<1, Along & { readonly reverse: boolean }> = (
  graph,
  [x],
  { axis, reverse },
  { inputs: [{ dtype }], output },
) =>
  graph.node("CumSum", [cast(graph, x, dtype, output.dtype), scalar(graph, axis, "int64")], {
    reverse: reverse ? 1 : 0,
  });

/** Values that the engine can order: a number in place of NaN, numbers in place of booleans. */
function writeOrdered(graph: OnnxGraph, x: string, dtype: DType, unordered: number): string {
  if (!isFloat(dtype)) return cast(graph, x, dtype, countable(dtype));
  return graph.node("Where", [graph.node("IsNaN", [x]), scalar(graph, unordered, dtype), x]);
}
