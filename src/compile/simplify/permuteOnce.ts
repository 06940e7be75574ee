import { asOp, type Rule } from "./builder.ts";

/** Two permutations are one, none if they undo each other; moving axes of size 1 is a reshape. */
export const permuteOnce: Rule = (node, build) => {
  if (node.op !== "permute") return undefined;
  const [x] = node.inputs;
  const { order } = node.attrs as { readonly order: readonly number[] };
  if (order.every((axis, i) => axis === i)) return x;
  const inner = asOp(x!, "permute");
  if (inner !== undefined)
    return build.op("permute", [inner.inputs[0]!], { order: order.map((axis) => inner.attrs.order[axis]!) });
  const real = order.filter((axis) => x!.shape[axis] !== 1);
  if (real.every((axis, i) => i === 0 || axis > real[i - 1]!)) return build.op("reshape", [x!], { shape: node.shape });
  return undefined;
};
