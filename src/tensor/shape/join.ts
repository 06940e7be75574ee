import type { Add } from "./arithmetic.ts";
import { type Axis, toAxis } from "./axis.ts";
import type { Without } from "./reduce.ts";
import type { Insert } from "./reshape.ts";
import {
  type AsShape,
  type Checked,
  type Known,
  type Ranked,
  type Same,
  type Shape,
  ShapeError,
  type Size,
  sameShape,
  type Unsized,
  type Write,
  type Wrong,
  writeShape,
} from "./shape.ts";

/** Shapes joined along an axis: `[2, 3]` and `[4, 3]` along 0 is `[6, 3]`; `never` if another axis differs. */
export type Concat<Shapes extends readonly Shape[], X extends number> = Shapes extends readonly [
  infer A extends Shape,
  infer B extends Shape,
  ...infer R extends readonly Shape[],
]
  ? Join<A, B, X> extends never
    ? never
    : Concat<readonly [Join<A, B, X>, ...R], X>
  : Shapes extends readonly [infer A extends Shape]
    ? A
    : Shapes[number] extends infer A extends Shape
      ? Loose<A, X>
      : Shape;

// an array of unknown length: the joined axis is not known, the others are
type Loose<A extends Shape, X extends number> =
  Ranked<A> extends false
    ? Shape
    : number extends Axis<A, X>
      ? Unsized<A>
      : AsShape<{ readonly [K in keyof A]: K extends `${Axis<A, X>}` ? number : A[K] }>;

type Join<A extends Shape, B extends Shape, X extends number> =
  Ranked<A> extends false
    ? Shape
    : Ranked<B> extends false
      ? Shape
      : A["length"] extends B["length"]
        ? Axis<A, X> extends never
          ? never
          : number extends Axis<A, X>
            ? Unsized<A>
            : Agree<Without<A, Axis<A, X>>, Without<B, Axis<A, X>>> extends true
              ? AsShape<{
                  readonly [K in keyof A]: K extends `${Axis<A, X>}`
                    ? Add<A[K] & number, B[K & keyof B] & number>
                    : Known<A[K] & number> extends true
                      ? A[K]
                      : B[K & keyof B];
                }>
              : never
        : never;
/** True unless two known sizes differ. */
export type Agree<A extends Shape, B extends Shape> = A extends readonly [
  infer H extends Size,
  ...infer R extends Shape,
]
  ? B extends readonly [infer G extends Size, ...infer Q extends Shape]
    ? Same<H, G> extends true
      ? Agree<R, Q>
      : false
    : false
  : B extends readonly []
    ? true
    : false;

/** `unknown` if the shapes join along the axis, else the sentence. */
export type Joinable<Shapes extends readonly Shape[], X extends number> = Checked<DoJoin<Shapes, X>>;
type DoJoin<Shapes extends readonly Shape[], X extends number> =
  Concat<Shapes, X> extends never ? Wrong<`concat: shapes ${WriteAll<Shapes>} do not join along axis ${X}`> : unknown;
/** `unknown` if all shapes are the same, else the sentence. */
export type Stackable<Shapes extends readonly Shape[]> = Checked<DoStack<Shapes>>;
type DoStack<Shapes extends readonly Shape[]> =
  StackAgree<Shapes> extends true ? unknown : Wrong<`stack: shapes ${WriteAll<Shapes>} differ`>;
type StackAgree<Shapes extends readonly Shape[]> = Shapes extends readonly [
  infer A extends Shape,
  infer B extends Shape,
  ...infer R extends readonly Shape[],
]
  ? Ranked<A> extends false
    ? true
    : Ranked<B> extends false
      ? true
      : Agree<A, B> extends true
        ? StackAgree<readonly [B, ...R]>
        : false
  : true;
type WriteAll<Shapes extends readonly Shape[]> = Shapes extends readonly [
  infer A extends Shape,
  ...infer R extends readonly Shape[],
]
  ? R extends readonly []
    ? `[${Write<A>}]`
    : `[${Write<A>}], ${WriteAll<R>}`
  : "";

/** Shapes stacked on a new axis: three of `[2]` on axis 0 is `[3, 2]`. */
export type Stack<Shapes extends readonly Shape[], X extends number> = Shapes extends readonly [
  infer A extends Shape,
  ...Shape[],
]
  ? Insert<A, X, Shapes["length"]>
  : Shapes[number] extends infer A extends Shape
    ? Insert<A, X, number>
    : Shape;

export function concatShape(shapes: readonly Shape[], axis: number): { shape: Shape; axis: number } {
  const [first, ...rest] = shapes;
  if (first === undefined) throw new ShapeError("concat: 0 tensors where at least 1 is needed");
  const at = first.length === 0 ? -1 : axis < 0 ? axis + first.length : axis;
  const others = (shape: Shape) => shape.filter((_, i) => i !== at);
  if (
    at < 0 ||
    at >= first.length ||
    rest.some((s) => s.length !== first.length || !sameShape(others(s), others(first)))
  )
    throw new ShapeError(`concat: shapes ${shapes.map(writeShape).join(", ")} do not join along axis ${axis}`);
  const total = shapes.reduce((sum, shape) => sum + shape[at]!, 0);
  return { shape: first.map((n, i) => (i === at ? total : n)), axis: at };
}

export function checkStack(shapes: readonly Shape[], axis: number): number {
  const first = shapes[0];
  if (first === undefined) throw new ShapeError("stack: 0 tensors where at least 1 is needed");
  if (shapes.some((shape) => !sameShape(shape, first)))
    throw new ShapeError(`stack: shapes ${shapes.map(writeShape).join(", ")} differ`);
  return toAxis("stack", [...first, 1], axis);
}
