import type { Node, Operation } from "../graph.ts";
import { asOp, type Builder, type Rule, reshaped } from "./builder.ts";

interface Flags {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Products read transposed matrices where they lie; and `(A B)ᵀ = Bᵀ Aᵀ`. */
export const transposeInside: Rule = (node, build) => {
  if (node.op === "matmul") return readTransposed(node, build) ?? reshapeVectors(node, build);
  if (node.op !== "permute" || !isTranspose(node)) return undefined;
  const product = asOp(node.inputs[0]!, "matmul");
  if (product === undefined || !build.isUsedOnce(product)) return undefined;
  const [a, b] = product.inputs as readonly [Node, Node];
  const { transposeA, transposeB } = product.attrs;
  return build.op("matmul", [b, a], { transposeA: !transposeB, transposeB: !transposeA });
};

function readTransposed(node: Operation, build: Builder): Node | undefined {
  const { transposeA, transposeB } = node.attrs as Flags;
  const inner = node.inputs.map((input) => {
    const moved = asOp(input, "permute");
    return moved !== undefined && isTranspose(moved) ? moved.inputs[0]! : undefined;
  });
  if (inner.every((input) => input === undefined)) return undefined;
  return build.op(
    "matmul",
    node.inputs.map((input, i) => inner[i] ?? input),
    { transposeA: transposeA !== (inner[0] !== undefined), transposeB: transposeB !== (inner[1] !== undefined) },
  );
}

/** A row that is read as a column need not be transposed, and the engine is twice as fast at products that transpose nothing. */
function reshapeVectors(node: Operation, build: Builder): Node | undefined {
  const { transposeA, transposeB } = node.attrs as Flags;
  const flags = [transposeA, transposeB] as const;
  const isTurned = node.inputs.map(({ shape }, i) => flags[i]! && shape.slice(-2).includes(1));
  if (!isTurned.includes(true)) return undefined;
  const inputs = node.inputs.map((input, i) => {
    const [rows, columns] = input.shape.slice(-2) as [number, number];
    return isTurned[i] ? reshaped(build, input, [...input.shape.slice(0, -2), columns, rows]) : input;
  });
  return build.op("matmul", inputs, { transposeA: transposeA && !isTurned[0], transposeB: transposeB && !isTurned[1] });
}

/** Only the last two axes change places. */
function isTranspose({ attrs, shape }: Operation): boolean {
  const { order } = attrs as { readonly order: readonly number[] };
  const rank = shape.length;
  return rank >= 2 && order.every((axis, i) => axis === (i < rank - 2 ? i : 2 * rank - 3 - i));
}
