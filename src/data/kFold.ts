import type { Generator } from "../tensor/random/random.ts";
import { findGenerator, type Randomness } from "./randomness.ts";
import { countRows, takeRows } from "./rows.ts";
import type { Split } from "./split.ts";
import { findStrata, groupRows, type Stratify } from "./strata.ts";

export interface FoldOptions extends Randomness {
  /** The number of parts: 5 unless given. */
  readonly folds?: number;
  /** `true`: every part has the classes of `target` in the same proportions. Or the labels to keep in proportion. */
  readonly stratify?: Stratify;
}

/**
 * Cuts the rows into parts and makes each of them the test part once: scikit-learn's `KFold` and `StratifiedKFold`. Rows keep their order
 * unless there is a generator or a seed.
 *
 * @example
 * const scores = data.kFold(data.iris(), { stratify: true, seed: 1 }).map(({ train, test }) =>
 *   model.logisticRegression(train.features, train.target).score(test.features, test.target));
 * @throws RangeError `kFold: folds must be a whole number from 2 to 10 rows, got 11.`
 */
export function kFold<const T>(set: T, options: FoldOptions = {}): Split<T>[] {
  const { folds = 5, stratify = false } = options;
  const rows = countRows("kFold", set);
  if (!Number.isInteger(folds) || folds < 2 || folds > rows)
    throw new RangeError(`kFold: folds must be a whole number from 2 to ${rows} rows, got ${folds}.`);
  const generator = findGenerator("kFold", options);
  const strata = findStrata("kFold", set, stratify, rows);
  const foldOf = strata ? foldByClass(strata, folds, generator) : foldInOrder(rows, folds, generator);
  const all = Array.from({ length: rows }, (_, row) => row);
  return Array.from({ length: folds }, (_, fold) => ({
    train: takeRows(
      set,
      all.filter((row) => foldOf[row] !== fold),
    ),
    test: takeRows(
      set,
      all.filter((row) => foldOf[row] === fold),
    ),
  }));
}

/** Rows in order: the first `rows % folds` parts have one row more. */
function foldInOrder(rows: number, folds: number, generator: Generator | undefined): Int32Array {
  const order = generator?.permutation(rows).data;
  const foldOf = new Int32Array(rows);
  let [fold, left] = [-1, 0];
  for (let i = 0; i < rows; i++) {
    if (left === 0) left = Math.floor(rows / folds) + (++fold < rows % folds ? 1 : 0);
    foldOf[order?.[i] ?? i] = fold;
    left--;
  }
  return foldOf;
}

/**
 * Rows of every class in order. How many of a class a fold gets is found as in scikit-learn: the sorted labels are dealt out like cards, so
 * that all folds are equally large, too.
 */
function foldByClass(strata: Int32Array, folds: number, generator: Generator | undefined): Int32Array {
  const order = generator?.permutation(strata.length).data ?? Int32Array.from(strata, (_, row) => row);
  const groups = groupRows(strata, order);
  const largest = Math.max(...groups.map((group) => group.length));
  if (folds > largest) throw new RangeError(`kFold: ${folds} folds cannot share a largest class of ${largest} rows.`);
  const foldOf = new Int32Array(strata.length);
  let card = 0;
  for (const group of groups) {
    const counts = new Int32Array(folds);
    for (let i = 0; i < group.length; i++) counts[card++ % folds]!++;
    let next = 0;
    for (let fold = 0; fold < folds; fold++) for (let i = 0; i < counts[fold]!; i++) foldOf[group[next++]!] = fold;
  }
  return foldOf;
}
