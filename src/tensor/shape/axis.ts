import {
  type Checked,
  type Known,
  type Ranked,
  type Shape,
  ShapeError,
  type Write,
  type Wrong,
  writeShape,
} from "./shape.ts";

/** The axes of each rank by the names that they may be given: -1 is the last. */
type Axes = {
  0: {};
  1: { "0": 0; "-1": 0 };
  2: { "0": 0; "1": 1; "-1": 1; "-2": 0 };
  3: { "0": 0; "1": 1; "2": 2; "-1": 2; "-2": 1; "-3": 0 };
  4: { "0": 0; "1": 1; "2": 2; "3": 3; "-1": 3; "-2": 2; "-3": 1; "-4": 0 };
  5: { "0": 0; "1": 1; "2": 2; "3": 3; "4": 4; "-1": 4; "-2": 3; "-3": 2; "-4": 1; "-5": 0 };
  6: { "0": 0; "1": 1; "2": 2; "3": 3; "4": 4; "5": 5; "-1": 5; "-2": 4; "-3": 3; "-4": 2; "-5": 1; "-6": 0 };
};

/** The axis counted from the front; `never` if it is not there, `number` if the checker cannot tell. */
export type Axis<S extends Shape, X extends number> =
  Ranked<S> extends false
    ? number
    : Known<X> extends false
      ? number
      : S["length"] extends infer R extends keyof Axes
        ? `${X}` extends infer K extends keyof Axes[R]
          ? Axes[R][K] & number
          : never
        : number;

/** Each of several axes, as a union. */
export type AxisEach<S extends Shape, X extends readonly number[]> = X extends readonly [
  infer H extends number,
  ...infer R extends readonly number[],
]
  ? Axis<S, H> | AxisEach<S, R>
  : X extends readonly []
    ? never
    : number;

/** `unknown` if the axis is there, else the sentence. */
export type AxisThere<Name extends string, S extends Shape, X extends number> = Checked<HasAxis<Name, S, X>>;
type HasAxis<Name extends string, S extends Shape, X extends number> =
  Axis<S, X> extends never ? Wrong<`${Name}: axis ${X} is not in shape [${Write<S>}]`> : unknown;

/** The same for no axis, one or several. */
export type AxesThere<Name extends string, S extends Shape, X> = Checked<HasAxes<Name, S, X>>;
type HasAxes<Name extends string, S extends Shape, X> = X extends number
  ? HasAxis<Name, S, X>
  : X extends readonly [infer H extends number, ...infer R]
    ? Axis<S, H> extends never
      ? HasAxis<Name, S, H>
      : HasAxes<Name, S, R>
    : unknown;

/** The axis counted from the front, or the sentence as an error. */
export function toAxis(name: string, shape: Shape, axis: number): number {
  const index = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || index < 0 || index >= shape.length)
    throw new ShapeError(`${name}: axis ${axis} is not in shape ${writeShape(shape)}`);
  return index;
}

/** Axes counted from the front in rising order; all of them if none is given. */
export function toAxes(name: string, shape: Shape, axis?: number | readonly number[]): number[] {
  if (axis === undefined) return shape.map((_, index) => index);
  if (typeof axis !== "object" || axis === null) return [toAxis(name, shape, axis)];
  const axes = axis.map((each) => toAxis(name, shape, each)).sort((a, b) => a - b);
  const twice = axes.find((each, i) => each === axes[i + 1]);
  if (twice !== undefined) throw new ShapeError(`${name}: axis ${twice} is named twice in [${axis.join(", ")}]`);
  return axes;
}
