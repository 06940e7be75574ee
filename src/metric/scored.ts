import { findClasses } from "./classes.ts";
import {
  checkComparable,
  checkLengths,
  type Label,
  type Labels,
  type Numbers,
  toLabels,
  toVector,
  toWeights,
  type Weighted,
} from "./input.ts";

/** Which of two classes is the positive one. */
export interface ScoreOptions extends Weighted {
  /** 1 unless given; labels other than 0, 1 and –1, 1 need it. */
  readonly posLabel?: Label;
}

/** Two classes and a score for the positive one. */
export interface Scored {
  /** 1 for the positive class, 0 for the other. */
  readonly truth: Uint8Array;
  readonly scores: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** Labels of two classes beside scores, checked. */
export function toScored(name: string, yTrue: Labels, yScore: Numbers, options: ScoreOptions): Scored {
  const labels = toLabels(name, "labels", yTrue);
  const scores = toVector(name, "scores", yScore);
  checkLengths(name, labels.length, scores.length, "scores");
  checkComparable(name, scores);
  const positive = findPositive(name, labels, options.posLabel);
  const weights = toWeights(name, options, labels.length);
  return {
    truth: Uint8Array.from({ length: labels.length }, (_, i) => Number(labels[i] === positive)),
    scores,
    weights,
  };
}

function findPositive(name: string, labels: ArrayLike<Label>, posLabel: Label | undefined): Label {
  const classes = findClasses(name, labels);
  const written = classes.map((label) => JSON.stringify(label)).join(", ");
  if (classes.length > 2) throw new RangeError(`${name}: ${classes.length} classes (${written}) where 2 are needed.`);
  if (posLabel !== undefined) return posLabel;
  if (classes.every((label) => typeof label === "boolean")) return true;
  // scikit-learn's rule: 1 is the positive class of these pairs only
  if (classes.every((label) => label === 0 || label === 1) || classes.every((label) => label === -1 || label === 1))
    return 1;
  throw new RangeError(`${name}: the classes are ${written}: say which is positive by posLabel.`);
}

/** What is above each threshold: true and false positives, weights added up; thresholds fall. */
export interface Levels {
  readonly truePositives: number[];
  readonly falsePositives: number[];
  readonly thresholds: number[];
}

/** Rows of equal score are above a threshold together. */
export function findLevels({ truth, scores, weights }: Scored): Levels {
  const rows = Int32Array.from(truth.keys()).filter((row) => weights[row] !== 0);
  // Numbers sort much faster than rows by their numbers; a row finds its level by halving.
  const rising = toDistinct(Float64Array.from(rows, (row) => scores[row]!).sort());
  const [hits, misses] = [new Float64Array(rising.length), new Float64Array(rising.length)];
  for (const row of rows) (truth[row] === 1 ? hits : misses)[findPlace(rising, scores[row]!)]! += weights[row]!;
  const levels: Levels = { truePositives: [], falsePositives: [], thresholds: [] };
  let [above, wrong] = [0, 0];
  for (let level = rising.length - 1; level >= 0; level--) {
    levels.truePositives.push((above += hits[level]!));
    levels.falsePositives.push((wrong += misses[level]!));
    levels.thresholds.push(rising[level]!);
  }
  return levels;
}

function toDistinct(sorted: Float64Array): Float64Array {
  return sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
}

function findPlace(rising: Float64Array, value: number): number {
  let [low, high] = [0, rising.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
