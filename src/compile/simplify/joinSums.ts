import type { Shape } from "../../tensor/shape/shape.ts";
import { sameShape } from "../../tensor/shape/shape.ts";
import { asOp, type Rule } from "./builder.ts";

interface Reducing {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** Sums over axes of size 1 are reshapes, a sum of a sum is one sum, and a sum can keep its axes instead of getting them back afterwards. */
export const joinSums: Rule = (node, build) => {
  const [x] = node.inputs;
  if (node.op === "sum") {
    const { axes } = node.attrs as Reducing;
    const real = axes.filter((axis) => x!.shape[axis] !== 1);
    if (real.length === 0 && x!.dtype === node.dtype) return build.op("reshape", [x!], { shape: node.shape });
    const inner = asOp(x!, "sum");
    if (inner === undefined || inner.dtype !== node.dtype) return undefined;
    const from = inner.inputs[0]!;
    const kept = from.shape.map((_, axis) => axis).filter((axis) => !inner.attrs.axes.includes(axis));
    const outer = axes.map((axis) => (inner.attrs.keepDims ? axis : kept[axis]!));
    const all = [...new Set([...inner.attrs.axes, ...outer])].sort((a, b) => a - b);
    return build.op("reshape", [build.op("sum", [from], { axes: all, keepDims: false })], { shape: node.shape });
  }
  if (node.op !== "reshape") return undefined;
  const sum = asOp(x!, "sum");
  if (sum === undefined || !build.isUsedOnce(sum)) return undefined;
  const other = { axes: sum.attrs.axes, keepDims: !sum.attrs.keepDims };
  return sameShape(reduced(sum.inputs[0]!.shape, other), node.shape) ? build.op("sum", sum.inputs, other) : undefined;
};

function reduced(shape: Shape, { axes, keepDims }: Reducing): Shape {
  return keepDims
    ? shape.map((n, axis) => (axes.includes(axis) ? 1 : n))
    : shape.filter((_, axis) => !axes.includes(axis));
}
