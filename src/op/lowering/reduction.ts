import { isFloat } from "../../tensor/dtype.ts";
import type { Lower } from "../onnx.ts";
import type { Reducing } from "../signature.ts";
import { cast, countable, integers } from "./cast.ts";

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
