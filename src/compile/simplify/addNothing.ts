import { sameShape } from "../../tensor/shape/shape.ts";
import type { Node } from "../graph.ts";
import { findNumber, type Rule } from "./builder.ts";

/** Which number on the right, or on the left, changes nothing. */
const neutral: Readonly<Record<string, { readonly right?: number; readonly left?: number }>> = {
  add: { right: 0, left: 0 },
  sub: { right: 0 },
  mul: { right: 1, left: 1 },
  div: { right: 1 },
  pow: { right: 1 },
};

/** `x + 0`, `x – 0`, `x · 1`, `x / 1`, `x¹` are `x`, and parts, copies and choices of the whole are the whole. */
export const addNothing: Rule = (node) => {
  const isSame = (other: Node) => other.dtype === node.dtype && sameShape(other.shape, node.shape);
  const [a, b] = node.inputs as [Node, Node];
  const numbers = neutral[node.op];
  if (numbers?.right !== undefined && isSame(a) && findNumber(b) === numbers.right) return a;
  if (numbers?.left !== undefined && isSame(b) && findNumber(a) === numbers.left) return b;
  if (["slice", "pad", "broadcastTo", "concat"].includes(node.op) && node.inputs.length === 1 && isSame(a)) return a;
  return undefined;
};
