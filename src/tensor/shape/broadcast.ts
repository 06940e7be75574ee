import type { Reduce } from "./reduce.ts";
import {
  type Checked,
  type Impossible,
  type Known,
  type Ranked,
  type Shape,
  ShapeError,
  type Size,
  type Write,
  type Wrong,
  writeShape,
} from "./shape.ts";

/** One axis: the known size wins, 1 gives way, two different known sizes are a mistake (`never`). */
type BroadcastSize<A extends Size, B extends Size> = [A, B] extends [B, A] | [unknown, 1]
  ? A
  : [A] extends [1]
    ? B
    : Known<A> extends false
      ? Known<B> extends true
        ? B
        : number
      : Known<B> extends false
        ? A
        : [A] extends [B]
          ? A
          : never;

type BroadcastRanked<A extends Shape, B extends Shape, Out extends Shape = readonly []> = A extends readonly [
  ...infer A0 extends Shape,
  infer AL extends Size,
]
  ? B extends readonly [...infer B0 extends Shape, infer BL extends Size]
    ? BroadcastRanked<A0, B0, readonly [BroadcastSize<AL, BL>, ...Out]>
    : readonly [...A, ...Out]
  : readonly [...B, ...Out];

/** NumPy's rule: shapes are aligned at the last axis, and an axis of size 1 (or a missing one) is repeated. */
export type Broadcast<A extends Shape, B extends Shape> =
  Alike<A, B> extends true
    ? A
    : Ranked<A> extends false
      ? Shape
      : Ranked<B> extends false
        ? Shape
        : BroadcastRanked<A, B>;

/** A shape beside itself, beside a scalar and beside its own reduction is itself: decided first, and then even if the shape is still open. */
type Alike<A extends Shape, B extends Shape> = AlikeOr<A, B, Reduce<A, -1, true> | Reduce<A, 0, true>>;
type AlikeOr<A extends Shape, B extends Shape, Kept extends Shape> = [A, B] extends
  | [B, A]
  | [unknown, readonly [] | Kept]
  ? true
  : false;

/** `unknown` if the shapes broadcast, else the sentence. */
export type Broadcastable<Name extends string, A extends Shape, B extends Shape> = Checked<DoBroadcast<Name, A, B>>;
type DoBroadcast<Name extends string, A extends Shape, B extends Shape> =
  Alike<A, B> extends true
    ? unknown
    : Impossible<Broadcast<A, B>> extends true
      ? Wrong<`${Name}: [${Write<A>}] and [${Write<B>}] do not broadcast`>
      : unknown;

/** The shape of an operator on `a` and `b`: `[3, 1]` and `[4]` give `[3, 4]`. */
export function broadcastShapes(name: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  const out = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const m = a[a.length - i] ?? 1;
    const n = b[b.length - i] ?? 1;
    if (m !== n && m !== 1 && n !== 1)
      throw new ShapeError(`${name}: ${writeShape(a)} and ${writeShape(b)} do not broadcast`);
    out[rank - i] = m === 1 ? n : m;
  }
  return out;
}

/** `unknown` if `From` may be repeated to `To`, else the sentence. */
export type BroadcastsTo<From extends Shape, To extends Shape> = Checked<DoesBroadcastTo<From, To>>;
type DoesBroadcastTo<From extends Shape, To extends Shape> =
  Ranked<From> extends false
    ? unknown
    : Ranked<To> extends false
      ? unknown
      : [Stretch<From, To>] extends [true]
        ? unknown
        : Wrong<`broadcastTo: [${Write<From>}] does not broadcast to [${Write<To>}]`>;

type Stretch<A extends Shape, B extends Shape> = A extends readonly [...infer A0 extends Shape, infer AL extends Size]
  ? B extends readonly [...infer B0 extends Shape, infer BL extends Size]
    ? [AL] extends [1]
      ? Stretch<A0, B0>
      : Known<AL> extends false
        ? Stretch<A0, B0>
        : Known<BL> extends false
          ? Stretch<A0, B0>
          : [AL] extends [BL]
            ? Stretch<A0, B0>
            : false
    : false
  : true;

export function checkBroadcastsTo(from: Shape, to: Shape): void {
  const offset = to.length - from.length;
  if (offset < 0 || !from.every((n, axis) => n === 1 || n === to[axis + offset]))
    throw new ShapeError(`broadcastTo: ${writeShape(from)} does not broadcast to ${writeShape(to)}`);
}
