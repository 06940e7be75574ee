import type { TypedArray } from "../tensor/dtype.ts";
import { type Shape, ShapeError, type Size, writeShape } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { Dataset } from "./dataset.ts";

/** A shape with another number of rows: `[150, 4]` with 32 is `[32, 4]`. */
export type WithRows<S extends Shape, N extends Size> = number extends S["length"]
  ? Shape
  : S extends readonly [Size, ...infer R extends Shape]
    ? readonly [N, ...R]
    : Shape;

/** A tree whose tensors have `N` rows: what `split`, `kFold` and `batches` hand out. What is not a tensor stays. */
export type Part<T, N extends Size = number> =
  T extends Tensor<infer S>
    ? Tensor<WithRows<S, N>>
    : T extends Dataset<infer F, infer G>
      ? Dataset<WithRows<F, N>, WithRows<G, N>>
      : T extends object
        ? { readonly [K in keyof T]: Part<T[K], N> }
        : T;

/** The number of rows that the tensors of a tree share. */
export function countRows(name: string, tree: unknown): number {
  let rows: number | undefined;
  let first: Shape = [];
  for (const { shape } of tensorsOf(tree)) {
    if (shape.length === 0) throw new ShapeError(`${name}: a tensor of shape [] has no rows.`);
    if (rows !== undefined && shape[0] !== rows)
      throw new ShapeError(`${name}: ${rows} rows in shape ${writeShape(first)}, ${shape[0]} in ${writeShape(shape)}.`);
    if (rows === undefined) [rows, first] = [shape[0]!, shape];
  }
  if (rows === undefined)
    throw new TypeError(`${name}: ${describe(tree)} where a tensor or an object of tensors is needed.`);
  return rows;
}

/** The tree with the rows at `indices` of every tensor, copied. */
export function takeRows<T>(tree: T, indices: ArrayLike<number>): Part<T> {
  return mapTensors(tree, (x) => pick(x, indices)) as Part<T>;
}

/** The tree with the rows from `start` below `end` of every tensor; they share its memory. */
export function sliceRows<T>(tree: T, start: number, end: number): Part<T> {
  return mapTensors(tree, (x) => {
    const width = x.size / Math.max(1, x.shape[0]!);
    return new Tensor(x.data.subarray(start * width, end * width), [end - start, ...x.shape.slice(1)], x.dtype);
  }) as Part<T>;
}

function pick(x: Tensor, indices: ArrayLike<number>): Tensor {
  const width = x.size / Math.max(1, x.shape[0]!);
  const out = new (x.data.constructor as new (size: number) => TypedArray)(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * width;
    if (width === 1) out[i] = x.data[from]!;
    else out.set(x.data.subarray(from, from + width), i * width);
  }
  return new Tensor(out, [indices.length, ...x.shape.slice(1)], x.dtype);
}

function mapTensors(tree: unknown, change: (x: Tensor) => Tensor): unknown {
  if (tree instanceof Tensor) return change(tree);
  if (tree instanceof Dataset) return tree.with(change(tree.features), change(tree.target));
  if (Array.isArray(tree)) return tree.map((part) => mapTensors(part, change));
  if (!isPlain(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, part]) => [key, mapTensors(part, change)]));
}

function tensorsOf(tree: unknown): Tensor[] {
  if (tree instanceof Tensor) return [tree];
  if (tree instanceof Dataset) return [tree.features, tree.target];
  if (Array.isArray(tree)) return tree.flatMap(tensorsOf);
  return isPlain(tree) ? Object.values(tree).flatMap(tensorsOf) : [];
}

function isPlain(tree: unknown): tree is object {
  if (typeof tree !== "object" || tree === null) return false;
  const prototype = Object.getPrototypeOf(tree);
  return prototype === Object.prototype || prototype === null;
}

function describe(tree: unknown): string {
  if (Array.isArray(tree)) return `an array of ${tree.length} without a tensor`;
  if (typeof tree === "object" && tree !== null) return `an object of ${Object.keys(tree).join(", ") || "nothing"}`;
  return tree === undefined ? "nothing" : `${typeof tree} ${String(tree)}`;
}
