import type { DType, TypedArray } from "./dtype.ts";
import type { Shape } from "./shape/shape.ts";

/** What the checker of an op sees: no values. */
export interface Spec {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Row-major values: what the loops of an op see. A tensor is one. */
export interface Values extends Spec {
  readonly data: TypedArray;
}
