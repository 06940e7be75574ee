import { sameShape } from "../../tensor/shape/shape.ts";
import { asOp, type Rule } from "./builder.ts";

/** Of several reshapes the last one counts. */
export const joinReshapes: Rule = (node, build) => {
  if (node.op !== "reshape") return undefined;
  const [x] = node.inputs;
  if (sameShape(x!.shape, node.shape)) return x;
  const inner = asOp(x!, "reshape");
  return inner && build.op("reshape", [inner.inputs[0]!], { shape: node.shape });
};
