import type { TypedArray } from "../../tensor/dtype.ts";
import type { Generator } from "../../tensor/random/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Spec } from "../../tensor/values.ts";
import type { Input } from "../graph.ts";

/** What one run works with, from its arguments to the engine. */
export interface Run {
  /** The tensors of the arguments, in order. */
  readonly tensors: Tensor[];
  /** The generators of the arguments in order, then those that are split off. */
  readonly generators: Generator[];
  /** The optimizer states of the arguments in order, then those that follow. */
  readonly states: object[];
  /** Values for the inputs that are no arguments, by their slot. */
  readonly filled: TypedArray[];
}

/** Where an input's values come from: an argument, or what a step of the plan fills. */
export type Source = { readonly argument: number } | { readonly slot: number; readonly spec: Spec };

/** Numbers from a state and a plain learning rate, and the state of the run that is drawn. */
export interface Computed {
  compute(state: object, rate: number | undefined): { readonly [name: string]: number };
  readonly state: object;
  readonly rate: number | undefined;
}

/** What happens on our side before the engine runs: draw random numbers, compute those of the optimizer. In order, as without compilation. */
export interface Plan {
  readonly steps: readonly ((run: Run) => void)[];
  readonly sources: ReadonlyMap<Input, Source>;
  /** What the steps compute for optimizers, to be compared with another drawing. */
  readonly computed: readonly Computed[];
  /** How many states there are in a run. */
  readonly states: number;
}
