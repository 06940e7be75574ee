import { isFloat } from "../../tensor/dtype.ts";
import { sameShape } from "../../tensor/shape/shape.ts";
import { asOp, findNumber, type Rule } from "./builder.ts";

/** A minus is taken into what stands around it. */
export const foldNegation: Rule = (node, build) => {
  if (!isFloat(node.dtype)) return undefined;
  const [a, b] = node.inputs;
  const [minusA, minusB] = [a && asOp(a, "neg")?.inputs[0], b && asOp(b, "neg")?.inputs[0]];
  switch (node.op) {
    case "neg": {
      if (minusA !== undefined) return minusA;
      const difference = asOp(a!, "sub");
      if (difference !== undefined && build.isUsedOnce(difference))
        return build.op("sub", [difference.inputs[1]!, difference.inputs[0]!], {});
      return undefined;
    }
    case "add":
      if (minusB !== undefined) return build.op("sub", [a!, minusB], {});
      return minusA && build.op("sub", [b!, minusA], {});
    case "sub":
      if (minusB !== undefined) return build.op("add", [a!, minusB], {});
      return findNumber(a!) === 0 && sameShape(b!.shape, node.shape) ? build.op("neg", [b!], {}) : undefined;
    case "mul":
    case "div":
      if (minusA !== undefined && minusB !== undefined) return build.op(node.op, [minusA, minusB], {});
      if (minusA !== undefined) return build.op("neg", [build.op(node.op, [minusA, b!], {})], {});
      return minusB && build.op("neg", [build.op(node.op, [a!, minusB], {})], {});
    default:
      return undefined;
  }
};
