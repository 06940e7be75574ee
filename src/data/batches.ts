import type { Size } from "../tensor/shape/shape.ts";
import { findGenerator, type Randomness } from "./randomness.ts";
import { countRows, type Part, sliceRows, takeRows } from "./rows.ts";

export interface BatchOptions<D extends boolean = boolean> extends Randomness {
  /** Leave out a last batch that is not full; then the checker knows every batch's size. `false` unless given, as in PyTorch. */
  readonly dropLast?: D;
}

/** Batches in order; every pass with `for … of` draws a new order if there is a generator or a seed. */
export interface Batches<B> extends Iterable<B> {
  /** How many batches one pass has. */
  readonly length: number;
}

/**
 * Cuts a data set, a tensor or a tree of tensors into batches of `size` rows. With a `generator` (or `seed`) each pass shuffles anew; without
 * one the rows keep their order and the batches share their memory.
 *
 * @example
 * for (const { features, target } of data.batches(data.iris(), 32, { seed: 1 })) features.shape // [32, 4], at last [22, 4]
 * data.batches(data.iris(), 32).length // 5
 * @throws RangeError `batches: a batch of 0 rows where a whole number from 1 is needed.`
 */
export function batches<const T, const N extends Size, const D extends boolean = false>(
  set: T,
  size: N,
  options: BatchOptions<D> = {},
): Batches<Part<T, D extends true ? N : number>> {
  if (!Number.isInteger(size) || size < 1)
    throw new RangeError(`batches: a batch of ${size} rows where a whole number from 1 is needed.`);
  const rows = countRows("batches", set);
  const length = options.dropLast ? Math.floor(rows / size) : Math.ceil(rows / size);
  if (length === 0) throw new RangeError(`batches: ${rows} rows do not fill a batch of ${size}.`);
  const generator = findGenerator("batches", options);
  return {
    length,
    *[Symbol.iterator]() {
      const order = generator?.permutation(rows).data;
      for (let i = 0; i < length; i++) {
        const [start, end] = [i * size, Math.min(rows, (i + 1) * size)];
        const batch = order ? takeRows(set, order.subarray(start, end)) : sliceRows(set, start, end);
        yield batch as Part<T, D extends true ? N : number>;
      }
    },
  };
}
