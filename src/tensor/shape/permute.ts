import { type Axis, toAxis } from "./axis.ts";
import {
  type AsShape,
  type Checked,
  type Ranked,
  type Shape,
  ShapeError,
  type Unsized,
  type Write,
  type Wrong,
  writeShape,
} from "./shape.ts";

/** Axes `A` and `B` exchanged. */
export type Transpose<S extends Shape, A extends number, B extends number> =
  Ranked<S> extends false
    ? Shape
    : number extends Axis<S, A> | Axis<S, B>
      ? Unsized<S>
      : Exchange<S, Axis<S, A>, Axis<S, B>>;
type Exchange<S extends Shape, A extends number, B extends number> = AsShape<{
  readonly [K in keyof S]: K extends `${A}` ? S[B] : K extends `${B}` ? S[A] : S[K];
}>;

/** Axes in another order: `[2, 3, 4]` by `[2, 0, 1]` is `[4, 2, 3]`. */
export type Permute<S extends Shape, Order extends readonly number[]> =
  Ranked<S> extends false
    ? Shape
    : Ranked<Order> extends false
      ? Unsized<S>
      : AsShape<{ readonly [K in keyof Order]: S[Axis<S, Order[K]>] }>;

/** `unknown` if the order names each axis once. */
export type Permutable<S extends Shape, Order extends readonly number[]> = Checked<NamesEach<S, Order>>;
type NamesEach<S extends Shape, Order extends readonly number[]> =
  Ranked<S> extends false
    ? unknown
    : Ranked<Order> extends false
      ? unknown
      : IsOrder<S, Order> extends true
        ? unknown
        : Wrong<`permute: [${Write<Order>}] does not name each axis of shape [${Write<S>}] once`>;
type IsOrder<S extends Shape, Order extends readonly number[]> = Order["length"] extends S["length"]
  ? Once<S, Order, never>
  : false;
type Once<S extends Shape, Order extends readonly number[], Seen> = Order extends readonly [
  infer H extends number,
  ...infer R extends readonly number[],
]
  ? Axis<S, H> extends never
    ? false
    : number extends Axis<S, H>
      ? Once<S, R, Seen>
      : Axis<S, H> extends Seen
        ? false
        : Once<S, R, Seen | Axis<S, H>>
  : true;

export function toOrder(shape: Shape, order: readonly number[]): number[] {
  const fail = () => {
    throw new ShapeError(`permute: [${order.join(", ")}] does not name each axis of shape ${writeShape(shape)} once`);
  };
  if (order.length !== shape.length || order.some((axis) => axis >= shape.length || axis < -shape.length)) fail();
  const axes = order.map((axis) => toAxis("permute", shape, axis));
  if (new Set(axes).size !== shape.length) fail();
  return axes;
}
