import { isFloat } from "../../tensor/dtype.ts";
import type { Lower } from "../onnx.ts";
import type { Along } from "../signature.ts";
import { cast, countable, integers, scalar } from "./cast.ts";

/** The first of equal ones. Where there is NaN, which place is found is the engine's choice. */
export function locate(operator: "ArgMax" | "ArgMin"): Lower<1, Along> {
  return (graph, [x], { axis }, { inputs: [{ dtype }] }) => {
    const at = graph.node(operator, [cast(graph, x, dtype, countable(dtype))], { axis, keepdims: 0 });
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
  const last = descending ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const values = isFloat(dtype)
    ? graph.node("Where", [graph.node("IsNaN", [x]), scalar(graph, last, dtype), x])
    : cast(graph, x, dtype, countable(dtype));
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
