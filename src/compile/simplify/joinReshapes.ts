import { type Shape, sameShape } from "../../tensor/shape/shape.ts";
import { asOp, type Rule, reshaped } from "./builder.ts";
import { elementwise } from "./dropBroadcast.ts";
import { isColumn } from "./dropOnes.ts";

/** Of several reshapes the last one counts, also with an op on each element between them. */
export const joinReshapes = join(() => false);

/** The same where ops on columns are done without their last axis: there they stay between the reshapes. */
export const joinReshapesAroundColumns = join(isColumn);

function join(isKept: (shape: Shape) => boolean): Rule {
  return (node, build) => {
    if (node.op !== "reshape") return undefined;
    const [x] = node.inputs;
    if (sameShape(x!.shape, node.shape)) return x;
    const inner = asOp(x!, "reshape");
    if (inner !== undefined) return reshaped(build, inner.inputs[0]!, node.shape);
    if (isKept(node.shape)) return undefined;
    if (x!.kind !== "op" || x!.inputs.length !== 1 || !elementwise.has(x!.op) || !build.isUsedOnce(x!))
      return undefined;
    const earlier = asOp(x!.inputs[0]!, "reshape");
    return earlier && build.op(x!.op, [reshaped(build, earlier.inputs[0]!, node.shape)], x!.attrs as never);
  };
}
