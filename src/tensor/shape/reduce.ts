import type { Axis, AxisEach } from "./axis.ts";
import type { AsShape, Ranked, Shape, Size, Unsized } from "./shape.ts";

/** The shape after a reduction over no named axis (all of them), one or several; `keepDims` leaves axes of size 1. */
export type Reduce<S extends Shape, X, Keep> = [X] extends [undefined]
  ? [Keep] extends [true]
    ? AsShape<{ readonly [K in keyof S]: 1 }>
    : readonly []
  : ReduceOver<S, X, Keep>;

type ReduceOver<S extends Shape, X, Keep> =
  Ranked<S> extends false
    ? Shape
    : boolean extends Keep
      ? Shape
      : [X] extends [number]
        ? number extends Axis<S, X>
          ? Unknown<S, Keep>
          : Without<S, Axis<S, X>, Keep>
        : X extends readonly number[]
          ? number extends AxisEach<S, X>
            ? Unknown<S, Keep>
            : Without<S, AxisEach<S, X>, Keep>
          : Shape;

type Unknown<S extends Shape, Keep> = Keep extends true ? Unsized<S> : Shape;

/** The shape without the axes of a union. */
export type Without<
  S extends Shape,
  At extends number,
  Keep = false,
  Seen extends unknown[] = [],
> = S extends readonly [infer H extends Size, ...infer R extends Shape]
  ? [Seen["length"]] extends [At]
    ? Keep extends true
      ? readonly [1, ...Without<R, At, Keep, [...Seen, 0]>]
      : Without<R, At, Keep, [...Seen, 0]>
    : readonly [H, ...Without<R, At, Keep, [...Seen, 0]>]
  : readonly [];

export function reduceShape(shape: Shape, axes: readonly number[], keepDims: boolean): Shape {
  if (keepDims) return shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
  return shape.filter((_, axis) => !axes.includes(axis));
}
