import { isFloat } from "../../tensor/dtype.ts";
import { sameShape, sizeOf } from "../../tensor/shape/shape.ts";
import type { Node, Operation } from "../graph.ts";
import { type Rule, reshaped } from "./builder.ts";

/** `Σ (x · s) = (Σ x) · s`, the same for `/` and a minus: what is the same for all terms is done once, to what is smaller. */
export const factorOut: Rule = (node, build) => {
  const term = node.op === "sum" ? node.inputs[0]! : undefined;
  if (term?.kind !== "op" || !isFloat(node.dtype) || !build.isUsedOnce(term) || term.dtype !== node.dtype)
    return undefined;
  const { axes } = node.attrs as { readonly axes: readonly number[] };
  if (axes.length === 0) return undefined;
  const [x, s] = term.inputs as readonly [Node, Node];
  if (term.op === "neg") return build.op("neg", [build.op("sum", [x], node.attrs as never)], {});
  if (term.op !== "mul" && term.op !== "div") return undefined;
  if (isWhole(x, term) && isSame(s, term, axes)) return scaleSum(x, s);
  return term.op === "mul" && isWhole(s, term) && isSame(x, term, axes) ? scaleSum(s, x) : undefined;

  function scaleSum(terms: Node, factor: Node): Node {
    const op = (term as Operation).op as "mul" | "div";
    if (sizeOf(factor.shape) === 1)
      return build.op(op, [build.op("sum", [terms], node.attrs as never), reshaped(build, factor, [])], {});
    // the factor has the summed axes, so they are kept until it is done
    const sum = build.op("sum", [terms], { axes, keepDims: true });
    return reshaped(build, build.op(op, [sum, factor], {}), node.shape);
  }
};

function isWhole(x: Node, { shape, dtype }: Operation): boolean {
  return x.dtype === dtype && sameShape(x.shape, shape);
}

/** True if a factor is the same along all axes that are summed. */
function isSame(factor: Node, { shape, dtype }: Operation, axes: readonly number[]): boolean {
  const missing = shape.length - factor.shape.length;
  return factor.dtype === dtype && axes.every((axis) => axis < missing || factor.shape[axis - missing] === 1);
}
