import type { Subtract } from "./arithmetic.ts";
import {
  type Checked,
  type Known,
  type Ranked,
  type Shape,
  ShapeError,
  type Size,
  type Write,
  type Wrong,
  writeShape,
} from "./shape.ts";

/** One axis of a slice: everything (`null`), one row (a number: the axis goes), or `[start, end, step]`, negative from the end. */
export type Range = number | null | readonly [start: number, end?: number | null, step?: number];

/** `[10, 4]` sliced by `(null, 0)` is `[10]`; by `([2, 5])` it is `[3, 4]`. */
export type Slice<S extends Shape, R extends readonly Range[]> =
  Ranked<S> extends false ? Shape : number extends R["length"] ? Shape : SliceRanked<S, R>;
type SliceRanked<S extends Shape, R extends readonly Range[]> = R extends readonly [
  infer H extends Range,
  ...infer Q extends readonly Range[],
]
  ? S extends readonly [infer N extends Size, ...infer T extends Shape]
    ? H extends number
      ? SliceRanked<T, Q>
      : readonly [SliceSize<N, H>, ...SliceRanked<T, Q>]
    : readonly []
  : S;

// sizes are exact for [start, end] inside the axis, without a step; anything else is for the runtime
type SliceSize<N extends Size, R> = R extends null
  ? N
  : R extends readonly [infer A extends number]
    ? Within<N, A> extends true
      ? Subtract<N, A>
      : number
    : R extends readonly [infer A extends number, infer B extends number]
      ? Within<N, B> extends true
        ? Within<B, A> extends true
          ? Subtract<B, A>
          : number
        : number
      : number;
// 0 <= A <= N
type Within<N extends Size, A extends number> =
  Known<N> extends false
    ? false
    : Known<A> extends false
      ? false
      : `${A}` extends `-${string}`
        ? false
        : Subtract<N, A> extends never
          ? false
          : true;

/** `unknown` if there are not more ranges than axes and single rows are inside, else the sentence. */
export type Sliceable<S extends Shape, R extends readonly Range[]> =
  Ranked<S> extends false ? unknown : number extends R["length"] ? unknown : Checked<SliceCheck<S, R, S, []>>;
type SliceCheck<
  S extends Shape,
  R extends readonly Range[],
  Whole extends Shape,
  Seen extends unknown[],
> = R extends readonly [infer H extends Range, ...infer Q extends readonly Range[]]
  ? S extends readonly [infer N extends Size, ...infer T extends Shape]
    ? H extends number
      ? Outside<N, H> extends true
        ? Wrong<`slice: row ${H} is not in axis ${Seen["length"]} of shape [${Write<Whole>}]`>
        : SliceCheck<T, Q, Whole, [...Seen, 0]>
      : SliceCheck<T, Q, Whole, [...Seen, 0]>
    : Wrong<`slice: axis ${Seen["length"]} is not in shape [${Write<Whole>}]`>
  : unknown;
type Outside<N extends Size, A extends number> =
  Known<N> extends false
    ? false
    : Known<A> extends false
      ? false
      : `${A}` extends `-${infer B extends number}`
        ? Subtract<N, B> extends never
          ? true
          : false
        : Subtract<N, A> extends never
          ? true
          : Subtract<N, A> extends 0
            ? true
            : false;

/** One row: the first axis goes. */
export type Row<S extends Shape> = S extends readonly [Size, ...infer R extends Shape] ? R : Shape;

/** Start, size and step on each axis, and which axes go. */
export interface Ranges {
  readonly start: readonly number[];
  readonly step: readonly number[];
  readonly shape: readonly number[];
  readonly dropped: readonly number[];
}

export function toRanges(shape: Shape, ranges: readonly Range[]): Ranges {
  if (ranges.length > shape.length)
    throw new ShapeError(`slice: axis ${shape.length} is not in shape ${writeShape(shape)}`);
  const start: number[] = [];
  const step: number[] = [];
  const size: number[] = [];
  const dropped: number[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const n = shape[axis]!;
    const range = ranges[axis] ?? null;
    if (typeof range === "number") {
      const row = range < 0 ? range + n : range;
      if (!Number.isInteger(range) || row < 0 || row >= n)
        throw new ShapeError(`slice: row ${range} is not in axis ${axis} of shape ${writeShape(shape)}`);
      start.push(row);
      step.push(1);
      size.push(1);
      dropped.push(axis);
      continue;
    }
    const [from, to, by = 1] = range ?? [0];
    if (!Number.isInteger(by) || by <= 0)
      throw new ShapeError(`slice: a step of ${by} on axis ${axis} where a whole number of at least 1 is needed`);
    const first = toBound(from, n);
    const last = toBound(to ?? n, n);
    start.push(first);
    step.push(by);
    size.push(Math.max(0, Math.ceil((last - first) / by)));
  }
  return { start, step, shape: size, dropped };
}

function toBound(bound: number, size: number): number {
  return Math.min(size, Math.max(0, bound < 0 ? bound + size : bound));
}
