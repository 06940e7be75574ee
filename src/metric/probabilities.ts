import { toNumbers } from "./classes.ts";
import {
  checkLengths,
  checkProbabilities,
  type Label,
  type Labels,
  type Numbers,
  toLabels,
  toRows,
  toWeights,
} from "./input.ts";
import { type ScoreOptions, toScored } from "./scored.ts";
import { findColumns } from "./topKAccuracy.ts";

export interface ProbabilityOptions extends ScoreOptions {
  /** What the columns stand for: the classes in the target, sorted, unless given. */
  readonly labels?: readonly Label[];
}

/** Probabilities of every class: of two classes as two columns, too. */
export interface Probabilities {
  readonly truth: Int32Array;
  readonly columns: number;
  readonly data: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** Labels beside probabilities `[N]` of the positive class, or `[N, C]`. */
export function toProbabilities(
  name: string,
  yTrue: Labels,
  yProb: Numbers,
  options: ProbabilityOptions,
): Probabilities {
  const rows = toRows(name, "probabilities", yProb);
  checkProbabilities(name, rows.data);
  if (rows.isVector) {
    const { truth, scores, weights } = toScored(name, yTrue, yProb, options);
    const data = Float64Array.from({ length: 2 * truth.length }, (_, i) =>
      i % 2 === 0 ? 1 - scores[i >> 1]! : scores[i >> 1]!,
    );
    return { truth: Int32Array.from(truth), columns: 2, data, weights };
  }
  const labels = toLabels(name, "labels", yTrue);
  checkLengths(name, labels.length, rows.rows, "rows of probabilities");
  const truth = toNumbers(labels, findColumns(name, labels, rows.columns, options.labels));
  return { truth, columns: rows.columns, data: rows.data, weights: toWeights(name, options, labels.length) };
}
