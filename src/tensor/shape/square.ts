import {
  type Checked,
  type Ranked,
  type Same,
  type Shape,
  ShapeError,
  type Size,
  type Write,
  type Wrong,
  writeShape,
} from "./shape.ts";

/** `unknown` if a shape is that of a square matrix, else the sentence. */
export type Square<Name extends string, S extends Shape> = Checked<IsSquare<Name, S>>;
type IsSquare<Name extends string, S extends Shape> =
  Ranked<S> extends false
    ? unknown
    : S extends readonly [infer M extends Size, infer N extends Size]
      ? Same<M, N> extends true
        ? unknown
        : Wrong<`${Name}: [${Write<S>}] is not a square matrix`>
      : Wrong<`${Name}: [${Write<S>}] is not a square matrix`>;

/** `unknown` if a shape has as many rows as the matrix on the left, in one or several columns. */
export type RightSide<A extends Shape, B extends Shape> = Checked<IsRightSide<A, B>>;
type IsRightSide<A extends Shape, B extends Shape> =
  Ranked<A> extends false
    ? unknown
    : Ranked<B> extends false
      ? unknown
      : B extends readonly [infer R extends Size] | readonly [infer R extends Size, Size]
        ? Same<A[0] & number, R> extends true
          ? unknown
          : Wrong<`solve: a right side of shape [${Write<B>}] for a matrix of shape [${Write<A>}]`>
        : Wrong<`solve: a right side of shape [${Write<B>}] for a matrix of shape [${Write<A>}]`>;

export function checkSquare(name: string, shape: Shape): void {
  if (shape.length !== 2 || shape[0] !== shape[1])
    throw new ShapeError(`${name}: ${writeShape(shape)} is not a square matrix`);
}

export function checkRightSide(a: Shape, b: Shape): void {
  if ((b.length !== 1 && b.length !== 2) || b[0] !== a[0])
    throw new ShapeError(`solve: a right side of shape ${writeShape(b)} for a matrix of shape ${writeShape(a)}`);
}

export function checkMatrix(name: string, shape: Shape): void {
  if (shape.length !== 2)
    throw new ShapeError(`${name}: an input of shape ${writeShape(shape)} where 2 axes are needed`);
}
