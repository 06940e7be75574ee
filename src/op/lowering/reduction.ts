import { isFloat } from "../../tensor/dtype.ts";
import type { Lower } from "../onnx.ts";
import type { Reducing } from "../signature.ts";
import { cast, countable, integers, scalar } from "./cast.ts";

/** A `Reduce…` operator; over no axes there is nothing to do. */
export function reduce(operator: string): Lower<1, Reducing> {
  return (graph, [x], { axes, keepDims }, { inputs: [given], output }) => {
    const dtype = countable(isFloat(output.dtype) ? output.dtype : given.dtype);
    const values = cast(graph, x, given.dtype, dtype);
    const reduced =
      axes.length === 0
        ? values
        : graph.node(operator, [values, integers(graph, axes)], { keepdims: keepDims ? 1 : 0 });
    return cast(graph, reduced, dtype, output.dtype);
  };
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
