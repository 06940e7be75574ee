import type { TypedArray } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Spec, Values } from "../tensor/values.ts";
import type { Apply } from "./apply.ts";
import type { Lowering } from "./onnx.ts";

/** How many inputs an op takes; `"any"` is a list. */
export type Arity = 1 | 2 | 3 | "any";

/** One `X` for each input. */
export type Each<N extends Arity, X> = N extends 1
  ? readonly [X]
  : N extends 2
    ? readonly [X, X]
    : N extends 3
      ? readonly [X, X, X]
      : readonly X[];

/**
 * The gradient of one input: what reaches the output (`g`, of the output's shape), pulled back to the input's shape. Written in ops, so that it
 * has a gradient itself. `index` tells which input it is for, where a rule serves several.
 */
export type Vjp<N extends Arity = Arity, Attrs = object> = (
  g: Tensor,
  inputs: Each<N, Tensor>,
  output: Tensor,
  attrs: Attrs,
  apply: Apply,
  index: number,
) => Tensor;

/** Everything there is to know about an op. */
export interface Op<N extends Arity = Arity, Attrs = Record<never, never>> {
  /** Shape and dtype of the result, or a ShapeError; looks at no values. */
  shape(inputs: Each<N, Spec>, attrs: Attrs): Spec;
  /** The values of the result, row-major. */
  evaluate(inputs: Each<N, Values>, attrs: Attrs, output: Spec): TypedArray;
  /** Of an op that works element by element: the result in JavaScript, from `x`, `y`, `z`, `Math` and the functions of `kernel/special.ts`. */
  readonly formula?: string;
  /** One rule per input (`null`: no gradient flows there); one rule for all inputs of a list; or `null` for a result that is constant almost everywhere. */
  readonly vjp: null | (N extends "any" ? Vjp<N, Attrs> : Each<N, Vjp<N, Attrs> | null>);
  /** The same op in standard ONNX operators, in one way or several. */
  readonly onnx: Lowering<N, Attrs>;
}
