import { sameShape } from "../../tensor/shape/shape.ts";
import type { Node } from "../graph.ts";
import { asOp, findNumber, type Rule } from "./builder.ts";

/** What is already 0 where a condition does not hold need not be multiplied with the condition, or chosen by it, once more. */
export const joinMasks: Rule = (node) => {
  const [a, b, c] = node.inputs as [Node, Node, Node];
  const isSame = (other: Node) => other.dtype === node.dtype && sameShape(other.shape, node.shape);
  if (node.op === "mul") {
    if (isSame(a) && isCut(a, b)) return a;
    if (isSame(b) && isCut(b, a)) return b;
  }
  if (node.op === "where" && findNumber(c) === 0 && isSame(b) && isCut(b, a)) return b;
  return undefined;
};

/** True if `x` is 0 wherever `condition` – of booleans, perhaps as numbers – is. */
function isCut(x: Node, condition: Node): boolean {
  const mask = asOp(condition, "cast")?.inputs[0] ?? condition;
  if (mask.dtype !== "bool") return false;
  const own = asOp(x, "cast")?.inputs[0] ?? x;
  if (own === mask && own.dtype === "bool") return true;
  const chosen = asOp(x, "where");
  if (chosen !== undefined) return chosen.inputs[0] === mask && findNumber(chosen.inputs[2]!) === 0;
  const negated = asOp(x, "neg");
  return negated !== undefined && isCut(negated.inputs[0]!, condition);
}
