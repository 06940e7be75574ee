import { type Generator, random } from "../tensor/random/random.ts";

/** Where the random numbers come from: a generator that moves on with every draw, or a seed. */
export interface Randomness {
  /** Draws from this generator: two calls in a row give different numbers. */
  readonly generator?: Generator;
  /** The same seed gives the same numbers on every machine. 0 where neither is given. */
  readonly seed?: number;
}

/** The generator that was meant, or `undefined` if neither a generator nor a seed was given. */
export function findGenerator(name: string, { generator, seed }: Randomness): Generator | undefined {
  if (generator !== undefined && seed !== undefined)
    throw new TypeError(`${name}: a generator and seed ${seed} were both given where one of them is needed.`);
  return generator ?? (seed === undefined ? undefined : random(seed));
}
