import type { OpName } from "../../op/signature.ts";
import { broadcastShapes } from "../../tensor/shape/broadcast.ts";
import { type Shape, sameShape, sizeOf } from "../../tensor/shape/shape.ts";
import type { Node, Operation } from "../graph.ts";
import { asOp, type Builder, type Rule } from "./builder.ts";

/** Ops on one element of each input, whose inputs are broadcast anyway. */
export const elementwise: ReadonlySet<OpName> = new Set<OpName>([
  ...(["neg", "abs", "sign", "exp", "expm1", "log", "log1p", "sqrt", "reciprocal", "sin", "cos", "tanh"] as const),
  ...(["sigmoid", "softplus", "erf", "relu", "floor", "ceil", "round", "isNaN", "not", "cast"] as const),
  ...(["add", "sub", "mul", "div", "pow", "maximum", "minimum", "equal", "notEqual", "less", "lessEqual"] as const),
  ...(["greater", "greaterEqual", "and", "or", "where"] as const),
]);

/** A value is spread as late as possible: ops on elements spread it themselves, and what only moves it has nothing to move. */
export const dropBroadcast: Rule = (node, build) => {
  if (elementwise.has(node.op)) return spreadLater(node, build);
  const spread = asOp(node.inputs[0]!, "broadcastTo");
  if (spread === undefined) return undefined;
  const [x] = spread.inputs as readonly [Node];
  if (node.op === "broadcastTo") return build.op("broadcastTo", [x], { shape: node.shape });
  const isMoved = node.op === "reshape" || node.op === "permute" || node.op === "slice" || node.op === "flip";
  if (isMoved && sizeOf(x.shape) === 1)
    return build.op("broadcastTo", [build.op("reshape", [x], { shape: [] })], { shape: node.shape });
  if (node.op === "sum") return sumSpread(node, x, spread.shape, build);
  return undefined;
};

function spreadLater(node: Operation, build: Builder): Node | undefined {
  if (!node.inputs.some((input) => asOp(input, "broadcastTo"))) return undefined;
  const inputs = node.inputs.map((input) => asOp(input, "broadcastTo")?.inputs[0] ?? input);
  const shape = inputs.map((input) => input.shape).reduce((a, b) => broadcastShapes(node.op, a, b));
  const smaller = build.op(node.op, inputs, node.attrs as never);
  return sameShape(shape, node.shape) ? smaller : build.op("broadcastTo", [smaller], { shape: node.shape });
}

/** The sum of `n` equal values is one of them times `n`. */
function sumSpread(node: Operation, x: Node, shape: Shape, build: Builder): Node | undefined {
  const { axes } = node.attrs as { readonly axes: readonly number[] };
  const missing = shape.length - x.shape.length;
  const isSpread = (axis: number) => axis < missing || (x.shape[axis - missing] === 1 && shape[axis] !== 1);
  const spread = axes.filter(isSpread);
  if (spread.length === 0) return undefined;
  const count = spread.reduce((product, axis) => product * shape[axis]!, 1);
  // an int32 sum may run over where a product of floats would not
  if (node.dtype !== "float32" && node.dtype !== "float64") return undefined;
  const narrow = shape.map((n, axis) => (spread.includes(axis) ? 1 : n));
  const kept = build.op("broadcastTo", [build.op("reshape", [x], { shape: lift(x.shape, shape.length) })], {
    shape: narrow,
  });
  const summed = build.op("sum", [kept], node.attrs as never);
  return build.op("mul", [summed, build.scalar(count, node.dtype)], {});
}

function lift(shape: Shape, rank: number): Shape {
  return [...Array<number>(rank - shape.length).fill(1), ...shape];
}
