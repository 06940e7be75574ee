import type { DType, TypedArray } from "../tensor/dtype.ts";
import type { Spec } from "../tensor/values.ts";
import type { Arity, Each } from "./op.ts";

/** The element types of ONNX that we write: ours, and int64 for shapes, axes and indices. */
export type OnnxType = DType | "int64";

/** An ONNX graph under construction (opset 18): `compile` implements it, an op's `onnx` column writes to it. */
export interface OnnxGraph {
  /** Adds a node with one output and returns its name. An operator that is not of the standard has its domain before its name, and a dot. */
  node(operator: string, inputs: readonly string[], attributes?: OnnxAttributes): string;
  /** Adds a node with several outputs and returns their names. */
  nodes(operator: string, inputs: readonly string[], outputs: number, attributes?: OnnxAttributes): readonly string[];
  /** Adds a constant and returns its name; equal constants are one. */
  constant(values: readonly number[] | TypedArray, shape: readonly number[], type: OnnxType): string;
}

/** Whole numbers are integers, other numbers floats; `type` names an element type where an operator asks for one (`Cast`). */
export type OnnxAttributes = Readonly<
  Record<string, number | string | readonly number[] | { readonly float: number } | { readonly type: OnnxType }>
>;

/** The shapes and dtypes that a lowering is for. */
export interface Specs<N extends Arity = Arity> {
  readonly inputs: Each<N, Spec>;
  readonly output: Spec;
  /** So many channels of a pixel lie side by side in the engine's own layout of images; nothing where a model is for any runtime. */
  readonly block?: number | undefined;
}

/** Writes an op to a graph and returns the name of its result. */
export type Lower<N extends Arity = Arity, Attrs = object> = (
  graph: OnnxGraph,
  inputs: Each<N, string>,
  attrs: Attrs,
  specs: Specs<N>,
) => string;

/** One of several ways to write an op. */
export interface Way<N extends Arity = Arity, Attrs = object> {
  readonly name: string;
  readonly lower: Lower<N, Attrs>;
  /** An estimate of the time of a run in microseconds on two cores, from measurements; `Infinity` where this way does not apply. The cheapest is taken. */
  cost(specs: Specs<N>, attrs: Attrs): number;
}

/** How an op is written in standard operators. */
export type Lowering<N extends Arity, Attrs> = Lower<N, Attrs> | readonly Way<N, Attrs>[];
