import type { Node } from "../graph.ts";
import { asOp, type Rule } from "./builder.ts";

/**
 * `maxPool(relu(x)) = relu(maxPool(x))`: monotone functions commute with the maximum, and after the pooling there is less to do. The same for the way back:
 * `maxUnpool(g, relu(x)) · (x > 0) = maxUnpool(g · (maxPool(x) > 0), x)`: a window has its largest element at the same place unless all of it is cut to 0, and then
 * nothing flows.
 */
export const commutePooling: Rule = (node, build) => {
  if (node.op === "maxPool") {
    const cut = asOp(node.inputs[0]!, "relu");
    return cut && build.op("relu", [build.op("maxPool", cut.inputs, node.attrs as never)], {});
  }
  if (node.op === "sum") {
    const { axes, keepDims } = node.attrs as { readonly axes: readonly number[]; readonly keepDims: boolean };
    const back = asOp(node.inputs[0]!, "maxUnpool");
    // each value goes to one pixel of its own image, so sums over whole images stay
    return back && axes.includes(2) && axes.includes(3)
      ? build.op("sum", [back.inputs[0]!], { axes, keepDims })
      : undefined;
  }
  if (node.op !== "mul") return undefined;
  const [a, b] = node.inputs as readonly [Node, Node];
  return cutBefore(a, b) ?? cutBefore(b, a);

  function cutBefore(unpooled: Node, mask: Node): Node | undefined {
    const back = asOp(unpooled, "maxUnpool");
    const cut = back && asOp(back.inputs[1]!, "relu");
    const positive = asOp(asOp(mask, "cast")?.inputs[0] ?? mask, "greater");
    if (back === undefined || cut === undefined || positive === undefined) return undefined;
    const [x] = cut.inputs as readonly [Node];
    const zero = positive.inputs[1]!;
    if (positive.inputs[0] !== x || zero.kind !== "constant" || zero.data.length !== 1 || zero.data[0] !== 0)
      return undefined;
    const pooled = build.op("greater", [build.op("maxPool", [x], back.attrs), zero], {});
    return build.op("maxUnpool", [build.op("mul", [back.inputs[0]!, pooled], {}), x], back.attrs);
  }
};
