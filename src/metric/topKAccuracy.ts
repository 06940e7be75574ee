import { findClasses, toNumbers } from "./classes.ts";
import {
  checkComparable,
  checkLengths,
  type Label,
  type Labels,
  type Numbers,
  toLabels,
  toRows,
  toWeights,
  type Weighted,
} from "./input.ts";

export interface TopKAccuracyOptions extends Weighted {
  /** How many guesses are allowed: 2 unless given, as in scikit-learn. */
  readonly k?: number;
  /** `false` gives the number of hits instead of their share. */
  readonly normalize?: boolean;
  /** What the columns stand for: the classes in the target, sorted, unless given. */
  readonly labels?: readonly Label[];
}

/**
 * The share of rows whose class is among the `k` with the highest scores `[N, C]`; of equal scores the last class comes first. scikit-learn's
 * `top_k_accuracy_score`.
 *
 * @example
 * metric.topKAccuracy([0, 1, 2, 2], [[0.5, 0.2, 0.2], [0.3, 0.4, 0.2], [0.2, 0.4, 0.3], [0.7, 0.2, 0.1]]) // 0.75
 * @throws ShapeError `topKAccuracy: 3 classes do not match 4 columns of scores: give the labels.`
 */
export function topKAccuracy(yTrue: Labels, yScore: Numbers, options: TopKAccuracyOptions = {}): number {
  const { k = 2, normalize = true } = options;
  const truth = toLabels("topKAccuracy", "labels", yTrue);
  const scores = toRows("topKAccuracy", "scores", yScore);
  checkLengths("topKAccuracy", truth.length, scores.rows, "rows of scores");
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`topKAccuracy: k must be a whole number from 1, got ${k}.`);
  checkComparable("topKAccuracy", scores.data);
  const weights = toWeights("topKAccuracy", options, truth.length);
  const labels = toNumbers(truth, findColumns("topKAccuracy", truth, scores.columns, options.labels));
  let [hits, total] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    const at = row * scores.columns;
    const own = scores.data[at + labels[row]!]!;
    let before = 0;
    for (let i = 0; i < scores.columns; i++) {
      const score = scores.data[at + i]!;
      if (score > own || (score === own && i > labels[row]!)) before++;
    }
    total += weights[row]!;
    if (before < k) hits += weights[row]!;
  }
  return normalize ? hits / total : hits;
}

/** What the columns of scores stand for; each label has one. */
export function findColumns(
  name: string,
  truth: ArrayLike<Label>,
  columns: number,
  labels?: readonly Label[],
): readonly Label[] {
  const classes = labels ?? findClasses(name, truth);
  if (classes.length !== columns)
    throw new RangeError(
      `${name}: ${classes.length} classes do not match ${columns} columns of scores${labels ? "" : ": give the labels"}.`,
    );
  for (let i = 0; i < truth.length; i++)
    if (!classes.includes(truth[i]!))
      throw new RangeError(`${name}: label ${JSON.stringify(truth[i])} at ${i} is not one of ${classes.join(", ")}.`);
  return classes;
}
