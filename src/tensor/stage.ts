import type { Generator } from "./random/random.ts";
import type { Tensor } from "./tensor.ts";
import type { Spec, Values } from "./values.ts";

/**
 * Where a function is drawn while it is compiled. What is drawn is run many times, so whatever would be another number each time must not get into it as the
 * number of the first: random numbers, and the numbers that an optimizer computes from its state.
 */
export interface Stage {
  /** A generator that was made inside the function begins anew at each run: its numbers are constants. */
  made(generator: Generator): void;
  /** A tensor that `fill` makes before each run; nothing for a generator that was made inside. */
  draw(generator: Generator, spec: Spec, fill: (generator: Generator) => Values): Tensor | undefined;
  /** Another generator, split off before each run. */
  split(generator: Generator): Generator | undefined;
  /** Throws if a plain number of the generator would stay as it is now. */
  read(generator: Generator, what: string): void;
  /** Numbers that are computed from a state before each run, as tensors of a dtype; nothing for a state that is known. */
  compute<S extends object, K extends string>(
    state: S,
    rate: number | Tensor | undefined,
    compute: (state: S, rate: number | undefined) => { readonly [P in K]: number },
  ): ((dtype: "float32" | "float64") => { readonly [P in K]: Tensor }) | undefined;
  /** The state that comes after another one: `compute` gives its plain parts after each run, `rest` are its tensors. */
  follow<S extends object>(state: S, compute: (state: S) => Partial<S>, rest: Partial<S>): S | undefined;
}

/** The stage under way, if there is one. */
export const stage: { current: Stage | undefined } = { current: undefined };
