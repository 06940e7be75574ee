import { random } from "../tensor/random/random.ts";
import { findGenerator, type Randomness } from "./randomness.ts";
import { countRows, type Part, takeRows } from "./rows.ts";
import { findStrata, groupRows, type Stratify, shareOut } from "./strata.ts";

export interface SplitOptions extends Randomness {
  /** The share of rows for the test part, rounded up: 0.25 unless given, as in scikit-learn. */
  readonly testSize?: number;
  /** `true`: both parts have the classes of `target` in the same proportions. Or the labels to keep in proportion. */
  readonly stratify?: Stratify;
  /** `false` keeps the order: the last rows are the test part. For time series. */
  readonly shuffle?: boolean;
}

/** Two parts of the same form. */
export interface Split<T> {
  readonly train: Part<T>;
  readonly test: Part<T>;
}

/**
 * A part to train on and a part to test on, in random order: scikit-learn's `train_test_split` (other random numbers). Takes a data set, a
 * tensor, or an object or array of tensors with the same number of rows.
 *
 * @example
 * const { train, test } = data.split(data.iris(), { testSize: 0.2, stratify: true, seed: 1 });
 * test.features.shape // [30, 4]
 * @throws RangeError `split: testSize must lie in (0, 1), got 1.5.`
 */
export function split<const T>(set: T, options: SplitOptions = {}): Split<T> {
  const { testSize = 0.25, stratify = false, shuffle = true } = options;
  if (!(testSize > 0 && testSize < 1)) throw new RangeError(`split: testSize must lie in (0, 1), got ${testSize}.`);
  const rows = countRows("split", set);
  // 0.07 · 100 is 7.000000000000001: a share that is whole but for rounding is whole
  const tests = Math.ceil(testSize * rows - 1e-9);
  if (tests >= rows) throw new RangeError(`split: testSize ${testSize} of ${rows} rows leaves nothing to train on.`);
  if (!shuffle) {
    if (stratify !== false) throw new TypeError("split: stratify needs shuffle, got shuffle: false.");
    const order = Array.from({ length: rows }, (_, i) => i);
    return { train: takeRows(set, order.slice(0, rows - tests)), test: takeRows(set, order.slice(rows - tests)) };
  }
  const generator = findGenerator("split", options) ?? random(0);
  const order = generator.permutation(rows).data;
  const strata = findStrata("split", set, stratify, rows);
  if (strata === undefined)
    return { train: takeRows(set, order.slice(tests)), test: takeRows(set, order.slice(0, tests)) };
  const isTest = chooseTests(strata, order, tests);
  const chosen = (test: number) => order.filter((row) => isTest[row] === test);
  return { train: takeRows(set, chosen(0)), test: takeRows(set, chosen(1)) };
}

/** For each row 1 if it is in the test part: of every class its share, the first ones in random order. */
function chooseTests(strata: Int32Array, order: ArrayLike<number>, tests: number): Uint8Array {
  const groups = groupRows(strata, order);
  const rare = groups.find((group) => group.length < 2);
  if (rare) throw new RangeError(`split: stratify needs 2 rows of each class, got ${rare.length} like row ${rare[0]}.`);
  for (const [what, rows] of [
    ["test", tests],
    ["train", order.length - tests],
  ] as const)
    if (rows < groups.length)
      throw new RangeError(`split: a ${what} part of ${rows} rows cannot hold ${groups.length} classes.`);
  const shares = shareOut(
    groups.map((group) => group.length),
    tests,
  );
  const isTest = new Uint8Array(order.length);
  groups.forEach((group, i) => {
    for (const row of group.slice(0, shares[i])) isTest[row] = 1;
  });
  return isTest;
}
