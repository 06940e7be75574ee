import type { Axis } from "./axis.ts";
import { type Ranked, type Shape, ShapeError, type Size, sameShape, writeShape } from "./shape.ts";

/** Axis `X` replaced by other axes: `[10, 4]` at 0 by `[3, 2]` is `[3, 2, 4]`. */
export type Replace<S extends Shape, X extends number, By extends Shape> =
  Ranked<S> extends false ? Shape : number extends Axis<S, X> ? Shape : ReplaceAt<S, Axis<S, X>, By>;
type ReplaceAt<S extends Shape, At extends number, By extends Shape, Seen extends unknown[] = []> = S extends readonly [
  infer H extends Size,
  ...infer R extends Shape,
]
  ? Seen["length"] extends At
    ? readonly [...By, ...R]
    : readonly [H, ...ReplaceAt<R, At, By, [...Seen, 0]>]
  : readonly [];

/** Indices that pick along one axis have the tensor's other sizes, or smaller ones. */
export function checkGather(name: string, shape: Shape, axis: number, indices: Shape): void {
  if (shape.length !== indices.length || indices.some((n, i) => i !== axis && n > shape[i]!))
    throw new ShapeError(
      `${name}: indices of shape ${writeShape(indices)} do not fit along axis ${axis} of shape ${writeShape(shape)}`,
    );
}

export function checkSameShape(name: string, what: string, shape: Shape, want: Shape): void {
  if (!sameShape(shape, want))
    throw new ShapeError(`${name}: ${what} of shape ${writeShape(shape)} where ${writeShape(want)} is needed`);
}
