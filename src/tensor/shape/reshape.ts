import type { Divide, Multiply, SizeOf } from "./arithmetic.ts";
import type { Axis } from "./axis.ts";
import {
  type AsShape,
  type Checked,
  type Known,
  type Ranked,
  type Shape,
  ShapeError,
  type Size,
  sizeOf,
  type Write,
  type Wrong,
  writeShape,
} from "./shape.ts";

/** The shape asked for; a -1 in it is whatever is left over. */
export type Reshape<S extends Shape, To extends Shape> =
  Ranked<To> extends false ? Shape : AsShape<{ readonly [K in keyof To]: Settle<S, To, To[K] & number> }>;

// a size that is still a type parameter is a size: `To` in the condition keeps it waiting for the shape, and not longer
type Settle<S extends Shape, To extends Shape, N extends Size> = {
  readonly size: Sign<N>;
} & To extends { readonly size: "minus" }
  ? Left<S, To>
  : N;
type Sign<N extends Size> = [N] extends [never] ? "open" : [N] extends [-1] ? "minus" : "size";

/** What a -1 stands for. Sizes that both shapes begin with cancel; what is left is divided if it is small, else only the runtime knows. */
type Left<S extends Shape, To extends Shape> = S extends readonly [infer A extends Size, ...infer R extends Shape]
  ? To extends readonly [infer B extends Size, ...infer Q extends Shape]
    ? Cancel<A, R, B, Q>
    : Divide<SizeOf<S>, SizeOf<WithoutMinus<To>>>
  : Divide<SizeOf<S>, SizeOf<WithoutMinus<To>>>;
export type Cancel<A extends Size, R extends Shape, B extends Size, Q extends Shape> =
  Known<A> extends true
    ? [A] extends [B]
      ? Known<B> extends true
        ? Left<R, Q>
        : number
      : Divide<SizeOf<readonly [A, ...R]>, SizeOf<WithoutMinus<readonly [B, ...Q]>>>
    : number;
type WithoutMinus<To extends Shape> = To extends readonly [infer H extends Size, ...infer R extends Shape]
  ? H extends -1
    ? WithoutMinus<R>
    : readonly [H, ...WithoutMinus<R>]
  : readonly [];

/** `unknown` if the sizes agree, else the sentence. */
export type Reshapable<S extends Shape, To extends Shape> = Checked<HasSize<S, To>>;
type HasSize<S extends Shape, To extends Shape> = -1 extends To[number]
  ? unknown
  : SizesAgree<SizeOf<S>, SizeOf<To>> extends true
    ? unknown
    : Wrong<`reshape: [${Write<S>}] has ${SizeOf<S>} elements, [${Write<To>}] has ${SizeOf<To>}`>;
type SizesAgree<A extends Size, B extends Size> =
  Known<A> extends false ? true : Known<B> extends false ? true : [A] extends [B] ? true : false;

/** The shape asked for with -1 filled in, or the sentence as an error. */
export function reshapeShape(from: Shape, to: Shape): Shape {
  const size = sizeOf(from);
  const free = to.indexOf(-1);
  if (free < 0) {
    if (sizeOf(to) !== size)
      throw new ShapeError(`reshape: ${writeShape(from)} has ${size} elements, ${writeShape(to)} has ${sizeOf(to)}`);
    return to;
  }
  const rest = -sizeOf(to);
  if (to.indexOf(-1, free + 1) >= 0) throw new ShapeError(`reshape: ${writeShape(to)} has more than one -1`);
  if (rest === 0 || size % rest !== 0)
    throw new ShapeError(`reshape: ${size} elements of ${writeShape(from)} do not divide into ${writeShape(to)}`);
  return to.map((n) => (n === -1 ? size / rest : n));
}

/** Axes `Start` and later made one: `[64, 3, 32, 32]` from axis 1 is `[64, 3072]`. */
export type Flatten<S extends Shape, Start extends number> =
  Ranked<S> extends false
    ? Shape
    : number extends Axis<S, Start>
      ? Shape
      : S extends readonly []
        ? readonly [1]
        : FlattenFrom<S, Axis<S, Start>>;
type FlattenFrom<S extends Shape, Start extends number, Head extends Shape = readonly []> = Head["length"] extends Start
  ? readonly [...Head, SizeOf<S>]
  : S extends readonly [infer H extends Size, ...infer R extends Shape]
    ? FlattenFrom<R, Start, readonly [...Head, H]>
    : Shape;

/** One axis more, of size `N`, before axis `X` (counted in the result). */
export type Insert<S extends Shape, X extends number, N extends Size> =
  Ranked<S> extends false ? Shape : Known<X> extends false ? Shape : InsertAt<S, Axis<readonly [...S, 1], X>, N>;
type InsertAt<S extends Shape, At extends number, N extends Size, Head extends Shape = readonly []> = [At] extends [
  never,
]
  ? Shape
  : Head["length"] extends At
    ? readonly [...Head, N, ...S]
    : S extends readonly [infer H extends Size, ...infer R extends Shape]
      ? InsertAt<R, At, N, readonly [...Head, H]>
      : Shape;

/** Axes of size 1 dropped: the one named, or all that the checker sees. */
export type Squeeze<S extends Shape, X> =
  Ranked<S> extends false
    ? Shape
    : [X] extends [number]
      ? number extends Axis<S, X>
        ? Shape
        : DropAt<S, Axis<S, X>>
      : number extends S[number]
        ? Shape
        : DropOnes<S>;
type DropAt<S extends Shape, At extends number, Seen extends unknown[] = []> = S extends readonly [
  infer H extends Size,
  ...infer R extends Shape,
]
  ? Seen["length"] extends At
    ? R
    : readonly [H, ...DropAt<R, At, [...Seen, 0]>]
  : readonly [];
type DropOnes<S extends Shape> = S extends readonly [infer H extends Size, ...infer R extends Shape]
  ? H extends 1
    ? DropOnes<R>
    : readonly [H, ...DropOnes<R>]
  : readonly [];

/** `unknown` if the axis is there and of size 1. */
export type Squeezable<S extends Shape, X> = Checked<DoesSqueeze<S, X>>;
type DoesSqueeze<S extends Shape, X> = [X] extends [number]
  ? Ranked<S> extends false
    ? unknown
    : Axis<S, X> extends never
      ? Wrong<`squeeze: axis ${X} is not in shape [${Write<S>}]`>
      : number extends Axis<S, X>
        ? unknown
        : Known<S[Axis<S, X>]> extends false
          ? unknown
          : S[Axis<S, X>] extends 1
            ? unknown
            : Wrong<`squeeze: axis ${X} of shape [${Write<S>}] has size ${S[Axis<S, X>]}, not 1`>
  : unknown;

/** Each axis repeated: `[2, 3]` tiled by `[2, 2]` is `[4, 6]`. */
export type Tile<S extends Shape, Times extends Shape> =
  Ranked<S> extends false
    ? Shape
    : S["length"] extends Times["length"]
      ? AsShape<{
          readonly [K in keyof S]: K extends keyof Times ? Multiply<S[K] & number, Times[K] & number> : number;
        }>
      : Shape;
