import type { OpName } from "../../op/signature.ts";
import type { TypedArray } from "../../tensor/dtype.ts";
import type { Spec } from "../../tensor/values.ts";
import type { Affine } from "./affine.ts";

/** What the nodes of a graph are to a writer of loops. */
export type Value = Given | Known | View | Pointwise | Fold | Call;

interface Common extends Spec {
  /** Rises from inputs to outputs. */
  readonly id: number;
  readonly of: readonly Value[];
}

/** An input of the program. */
export interface Given extends Common {
  readonly kind: "given";
  readonly index: number;
}

/** A constant. */
export interface Known extends Common {
  readonly kind: "known";
  readonly data: TypedArray;
  /** The number that all elements are. */
  readonly literal: number | undefined;
}

/** The elements of another value in other places. */
export interface View extends Common {
  readonly kind: "view";
  /** Where an element comes from; absent for a reshape that can only be told from the place in memory. */
  readonly from: ((index: readonly Affine[]) => readonly Affine[]) | undefined;
  /** True where the memory is the same. */
  readonly flat: boolean;
}

/** Element by element; inputs broadcast. */
export interface Pointwise extends Common {
  readonly kind: "pointwise";
  /** In `x`, `y` and `z`. */
  readonly formula: string;
  /** So many of its inputs, from the first, are rounded to their dtype first, as when they are stored: the result jumps where they are equal, or whole. */
  readonly steps: number;
}

/** Many elements become one. */
export interface Fold extends Common {
  readonly kind: "fold";
  readonly rule: FoldRule;
  /** Of the input, rising. */
  readonly axes: readonly number[];
  /** The axis of the input, or –1 for a new one of size 1, behind each axis of the result. */
  readonly kept: readonly number[];
}

export type FoldRule = "sum" | "max" | "min" | "argmax" | "argmin";

/** An op that is not worth a loop of its own making: its record evaluates it. */
export interface Call extends Common {
  readonly kind: "call";
  readonly op: OpName;
  readonly attrs: object;
}
