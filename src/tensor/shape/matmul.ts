import { type Broadcast, broadcastShapes } from "./broadcast.ts";
import {
  type Checked,
  type Impossible,
  type Ranked,
  type Same,
  type Shape,
  ShapeError,
  type Size,
  type Write,
  type Wrong,
  writeShape,
} from "./shape.ts";

/** `[…, M, K] times […, K, N]` gives `[…, M, N]`; a vector is a row on the left and a column on the right; a size is `never` if that is not defined. */
export type MatMul<A extends Shape, B extends Shape> =
  Ranked<A> extends false ? Shape : Ranked<B> extends false ? Shape : Product<A, B>;

type Undefined = readonly [never];
type Product<A extends Shape, B extends Shape> = A extends readonly [
  ...infer P extends Shape,
  infer M extends Size,
  infer K extends Size,
]
  ? B extends readonly [...infer Q extends Shape, infer L extends Size, infer N extends Size]
    ? Same<K, L> extends true
      ? readonly [...Broadcast<P, Q>, M, N]
      : Undefined
    : B extends readonly [infer L extends Size]
      ? Same<K, L> extends true
        ? readonly [...P, M]
        : Undefined
      : Undefined
  : A extends readonly [infer K extends Size]
    ? B extends readonly [...infer Q extends Shape, infer L extends Size, infer N extends Size]
      ? Same<K, L> extends true
        ? readonly [...Q, N]
        : Undefined
      : B extends readonly [infer L extends Size]
        ? Same<K, L> extends true
          ? readonly []
          : Undefined
        : Undefined
    : Undefined;

/** `unknown` if the product is defined, else the sentence. */
export type Multipliable<A extends Shape, B extends Shape> = Checked<HasProduct<A, B>>;
type HasProduct<A extends Shape, B extends Shape> =
  Impossible<MatMul<A, B>> extends true
    ? Wrong<`matmul: [${Write<A>}] times [${Write<B>}] – ${Reason<A, B>}`>
    : unknown;

type Reason<A extends Shape, B extends Shape> = A extends readonly []
  ? "a scalar has no rows"
  : B extends readonly []
    ? "a scalar has no rows"
    : Same<Last<A>, Inner<B>> extends true
      ? "the batches do not broadcast"
      : "the inner sizes differ";
type Last<S extends Shape> = S extends readonly [...Shape, infer N extends Size] ? N : number;
type Inner<S extends Shape> = S extends readonly [...Shape, infer K extends Size, Size]
  ? K
  : S extends readonly [infer K extends Size]
    ? K
    : number;

/** The shape of `a` times `b`, or the sentence as an error. */
export function matmulShape(a: Shape, b: Shape): Shape {
  const fail = (reason: string): never => {
    throw new ShapeError(`matmul: ${writeShape(a)} times ${writeShape(b)} – ${reason}`);
  };
  if (a.length === 0 || b.length === 0) return fail("a scalar has no rows");
  if (a.at(-1) !== b.at(b.length === 1 ? -1 : -2)) return fail("the inner sizes differ");
  const rows = a.length === 1 ? [] : [a.at(-2)!];
  const columns = b.length === 1 ? [] : [b.at(-1)!];
  try {
    return [...broadcastShapes("matmul", a.slice(0, -2), b.slice(0, -2)), ...rows, ...columns];
  } catch {
    return fail("the batches do not broadcast");
  }
}
