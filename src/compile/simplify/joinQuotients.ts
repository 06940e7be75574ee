import { isFloat } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape/shape.ts";
import type { Node, Operation } from "../graph.ts";
import { asOp, type Builder, type Rule } from "./builder.ts";

/**
 * `x / s ± t / s = (x ± t) / s` where `t` is smaller than `x`, and `(x / s) · e = x · (e / s)` where `e / s` is there already: the gradient of a softmax without three
 * of its passes.
 */
export const joinQuotients: Rule = (node, build) => {
  if (!isFloat(node.dtype)) return undefined;
  if (node.op === "add" || node.op === "sub") return joinDivisors(node, build);
  if (node.op !== "mul") return undefined;
  const [a, b] = node.inputs as readonly [Node, Node];
  return moveDivisor(a, b) ?? moveDivisor(b, a);

  function moveDivisor(quotient: Node, e: Node): Node | undefined {
    const div = asOp(quotient, "div");
    if (div === undefined || !build.isUsedOnce(div)) return undefined;
    const known = build.findKnown("div", [e, div.inputs[1]!], {});
    // only back to what was there before, or two quotients would change places for ever
    return known?.dtype === node.dtype && build.isBefore(known, div)
      ? build.op("mul", [div.inputs[0]!, known], {})
      : undefined;
  }
};

function joinDivisors(node: Operation, build: Builder): Node | undefined {
  const [a, b] = node.inputs.map((input) => asOp(input, "div"));
  if (a === undefined || b === undefined || a.inputs[1] !== b.inputs[1]) return undefined;
  const isSmaller = sizeOf(b.shape) < sizeOf(a.shape) || sizeOf(a.shape) < sizeOf(b.shape);
  if (!isSmaller || ![a, b].every((each) => build.isUsedOnce(each) || sizeOf(each.shape) < sizeOf(node.shape)))
    return undefined;
  return build.op("div", [build.op(node.op as "add", [a.inputs[0]!, b.inputs[0]!], {}), a.inputs[1]!], {});
}
