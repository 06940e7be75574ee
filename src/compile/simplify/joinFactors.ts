import { isFloat } from "../../tensor/dtype.ts";
import { sameShape } from "../../tensor/shape/shape.ts";
import type { Node, Operation } from "../graph.ts";
import { asOp, type Builder, findNumber, type Rule } from "./builder.ts";

/** Factors that are known numbers become one: `(x · a) · b = x · (a b)`, `(x · a) / b = x · (a / b)`, `–(x · a) = x · (–a)`. */
export const joinFactors: Rule = (node, build) => {
  if (!isFloat(node.dtype)) return undefined;
  const outer = node.op === "neg" ? { x: node.inputs[0]!, factor: -1 } : findFactor(node);
  if (outer === undefined) return undefined;
  const inner = outer.x.kind === "op" ? findFactor(outer.x) : undefined;
  if (inner === undefined || outer.x.dtype !== node.dtype || inner.x.dtype !== node.dtype) return undefined;
  return scale(inner.x, outer.factor * inner.factor, node, build);
};

/** What is scaled, and by how much. */
function findFactor(node: Operation): { readonly x: Node; readonly factor: number } | undefined {
  const [a, b] = node.inputs as [Node, Node];
  if (node.op === "mul") {
    const [left, right] = [findNumber(a), findNumber(b)];
    if (right !== undefined && sameShape(a.shape, node.shape)) return { x: a, factor: right };
    return left !== undefined && sameShape(b.shape, node.shape) ? { x: b, factor: left } : undefined;
  }
  const divisor = node.op === "div" ? findNumber(b) : undefined;
  return divisor !== undefined && sameShape(a.shape, node.shape) ? { x: a, factor: 1 / divisor } : undefined;
}

/** Not where the joined factor leaves the range in which float32 has all its digits. */
function scale(x: Node, factor: number, { dtype }: Operation, build: Builder): Node | undefined {
  const size = Math.abs(factor);
  if (!(size === 0 || (size > 1e-30 && size < 1e30))) return undefined;
  return asOp(x, "neg")
    ? build.op("mul", [asOp(x, "neg")!.inputs[0]!, build.scalar(-factor, dtype)], {})
    : build.op("mul", [x, build.scalar(factor, dtype)], {});
}
