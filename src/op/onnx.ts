import type { Spec } from "../tensor/values.ts";
import type { Arity, Each } from "./op.ts";

/** An ONNX graph under construction: `compile` implements it, an op's `onnx` column writes to it. */
export interface OnnxGraph {
  /** Adds a node and returns the names of its outputs. */
  node(
    operator: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, unknown>>,
    outputs?: number,
  ): readonly string[];
  /** Adds a constant and returns its name. */
  constant(values: readonly number[], shape: readonly number[], dtype: Spec["dtype"] | "int64"): string;
}

/** Writes an op to a graph and returns the name of its result. An op may offer several lowerings; a cost decides between them by shape. */
export type Lowering<N extends Arity, Attrs> =
  | Lower<N, Attrs>
  | readonly { readonly lower: Lower<N, Attrs>; cost(inputs: Each<N, Spec>, attrs: Attrs): number }[];

type Lower<N extends Arity, Attrs> = (
  graph: OnnxGraph,
  inputs: Each<N, string>,
  attrs: Attrs,
  specs: { readonly inputs: Each<N, Spec>; readonly output: Spec },
) => string;
