import type { Agree } from "./join.ts";
import {
  type Checked,
  type Ranked,
  type Shape,
  ShapeError,
  type Size,
  type Write,
  type Wrong,
  writeShape,
} from "./shape.ts";

/** Does a tensor of shape S do where one of shape Want is asked? Unknown sizes and unknown ranks pass; the runtime checks them. */
export type Fit<S extends Shape, Want extends Shape> =
  Ranked<S> extends false ? true : Ranked<Want> extends false ? true : Agree<S, Want>;

/** `unknown` if S fits Want, else the sentence: `mse: a target of shape [100] where [100, 1] is needed`. */
export type Fitting<What extends string, S extends Shape, Want extends Shape> = Checked<DoesFit<What, S, Want>>;
type DoesFit<What extends string, S extends Shape, Want extends Shape> =
  Fit<S, Want> extends true ? unknown : Wrong<`${What} of shape [${Write<S>}] where [${Write<Want>}] is needed`>;

/** The first size, and the last. */
export type Rows<S extends Shape> = S extends readonly [infer N extends Size, ...Shape] ? N : number;
export type Columns<S extends Shape> = S extends readonly [...Shape, infer N extends Size] ? N : number;

/** The runtime side of {@link Fitting}: a negative size in `want` fits anything. */
export function checkFit(what: string, shape: Shape, want: Shape): void {
  if (shape.length === want.length && want.every((n, axis) => n < 0 || n === shape[axis])) return;
  const wanted = want.map((n) => (n < 0 ? "?" : n)).join(", ");
  throw new ShapeError(`${what} of shape ${writeShape(shape)} where [${wanted}] is needed`);
}
