import { sameShape } from "../../tensor/shape/shape.ts";
import type { Node } from "../graph.ts";
import { asOp, type Rule } from "./builder.ts";

/**
 * `maxPool(x + b) = maxPool(x) + b` where `b` is one number for each channel: less to add, and the convolution hands its result to the pooling without a detour. For
 * the same reason `maxUnpool(g, x + b) = maxUnpool(g, x)`.
 */
export const shiftAfterPooling: Rule = (node, build) => {
  if (node.op === "maxPool") {
    const shifted = findShift(node.inputs[0]!);
    return shifted && build.op("add", [build.op("maxPool", [shifted.x], node.attrs as never), shifted.b], {});
  }
  if (node.op !== "maxUnpool" && node.op !== "maxPoolAt") return undefined;
  const shifted = findShift(node.inputs[1]!);
  return shifted && build.op(node.op, [node.inputs[0]!, shifted.x], node.attrs as never);
};

function findShift(sum: Node): { readonly x: Node; readonly b: Node } | undefined {
  const add = asOp(sum, "add");
  if (add === undefined) return undefined;
  const [x, b] = add.inputs as readonly [Node, Node];
  const isShift = (each: Node) => each.shape.slice(-2).every((n) => n === 1) && each.dtype === sum.dtype;
  const isWhole = (each: Node) => sameShape(each.shape, sum.shape) && each.dtype === sum.dtype;
  if (isWhole(x) && isShift(b)) return { x, b };
  return isWhole(b) && isShift(x) ? { x: b, b: x } : undefined;
}
