import { isFloat } from "../../tensor/dtype.ts";
import { sameShape, sizeOf } from "../../tensor/shape/shape.ts";
import type { Node } from "../graph.ts";
import { asOp, findNumber, type Rule } from "./builder.ts";

/** `(A B) · c` with a number `c`, of matrices or of elements: the smaller one of A and B is multiplied, where that is less than the product. */
export const scaleInside: Rule = (node, build) => {
  if (node.op !== "mul" || !isFloat(node.dtype)) return undefined;
  const [x, y] = node.inputs as readonly [Node, Node];
  return scaled(x, y) ?? scaled(y, x);

  function scaled(product: Node, factor: Node): Node | undefined {
    const both = asOp(product, "matmul") ?? asOp(product, "mul");
    const c = findNumber(factor);
    if (both === undefined || c === undefined || !build.isUsedOnce(both) || !sameShape(product.shape, node.shape))
      return undefined;
    const [a, b] = both.inputs as readonly [Node, Node];
    const smaller = sizeOf(a.shape) <= sizeOf(b.shape) ? a : b;
    if (sizeOf(smaller.shape) >= sizeOf(both.shape) || smaller.dtype !== node.dtype) return undefined;
    if (smaller.kind === "constant") return undefined;
    const less = build.op("mul", [smaller, build.scalar(c, node.dtype)], {});
    return build.op(both.op, smaller === a ? [less, b] : [a, less], both.attrs as never);
  }
};
