import { findClasses, toNumbers } from "./classes.ts";
import {
  checkLengths,
  checkProbabilities,
  type Label,
  type Labels,
  type Numbers,
  type Paired,
  toLabels,
  toRows,
} from "./input.ts";
import { type ScoreOptions, toScored } from "./scored.ts";

export interface CalibrationErrorOptions extends Pick<ScoreOptions, "posLabel"> {
  /** The number of bins: 15 unless given. */
  readonly bins?: number;
  /** The mean gap (`"l1"`, unless given), the root of the mean squared gap (`"l2"`), or the largest (`"max"`). */
  readonly norm?: "l1" | "l2" | "max";
  /** What the columns stand for: 0, 1, 2, … for numbers, else the classes sorted, unless given. */
  readonly labels?: readonly Label[];
}

/**
 * How far confidence is from accuracy (ECE): `Σ (n_b / n) |accuracy_b – confidence_b|` over bins of confidence `[i / m, (i + 1) / m)`, with 1 alone
 * in a bin of its own. With probabilities `[N]` the confidence is the score itself and the accuracy the share of positives; with `[N, C]` the
 * highest and whether it is right. torchmetrics' `calibration_error`; Guo et al. 2017.
 *
 * @example
 * metric.calibrationError([0, 1, 1, 0, 1], [0.2, 0.8, 0.9, 0.4, 0.6]) // 0.25999999999999995
 * @throws RangeError `calibrationError: bins must be a whole number from 1, got 0.`
 */
export function calibrationError<T extends Labels, P extends Numbers>(
  yTrue: T,
  yProb: P & Paired<"calibrationError", "scores", T, P>,
  options: CalibrationErrorOptions = {},
): number {
  const { bins = 15, norm = "l1" } = options;
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`calibrationError: bins must be a whole number from 1, got ${bins}.`);
  if (!["l1", "l2", "max"].includes(norm))
    throw new RangeError(`calibrationError: norm must be "l1", "l2" or "max", got "${norm}".`);
  const { confidence, isRight } = findConfidence(yTrue, yProb, options);
  const totals = Array.from({ length: bins + 1 }, () => ({ rows: 0, gap: 0 }));
  confidence.forEach((p, i) => {
    const bin = totals[findBin(p, bins)]!;
    bin.rows++;
    bin.gap += isRight[i]! - p;
  });
  const gaps = totals.filter(({ rows }) => rows > 0).map(({ rows, gap }) => [rows, Math.abs(gap / rows)] as const);
  if (norm === "max") return Math.max(...gaps.map(([, gap]) => gap));
  const power = norm === "l1" ? 1 : 2;
  const mean = gaps.reduce((all, [rows, gap]) => all + rows * gap ** power, 0) / confidence.length;
  return norm === "l1" ? mean : Math.sqrt(mean);
}

/** The last bin whose lower edge is not above p. */
function findBin(p: number, bins: number): number {
  let bin = Math.min(bins, Math.floor(p * bins) + 1);
  while (bin / bins > p) bin--;
  return bin;
}

function findConfidence(
  yTrue: Labels,
  yProb: Numbers,
  options: CalibrationErrorOptions,
): { confidence: Float64Array; isRight: Uint8Array } {
  const rows = toRows("calibrationError", "probabilities", yProb);
  checkProbabilities("calibrationError", rows.data);
  if (rows.isVector) {
    const { truth, scores } = toScored("calibrationError", yTrue, yProb, options);
    return { confidence: Float64Array.from(scores), isRight: truth };
  }
  const labels = toLabels("calibrationError", "labels", yTrue);
  checkLengths("calibrationError", labels.length, rows.rows, "rows of probabilities");
  const truth = findLabels(labels, rows.columns, options.labels);
  const confidence = new Float64Array(rows.rows);
  const isRight = Uint8Array.from({ length: rows.rows }, (_, row) => {
    const own = Array.from({ length: rows.columns }, (_, i) => rows.data[row * rows.columns + i]!);
    confidence[row] = Math.max(...own);
    return Number(own.indexOf(confidence[row]!) === truth[row]);
  });
  return { confidence, isRight };
}

/** The column of each label; numbers are columns themselves, so that a class may be missing in the target. */
function findLabels(labels: ArrayLike<Label>, columns: number, given: readonly Label[] | undefined): Int32Array {
  const areNumbers = typeof labels[0] === "number";
  const classes =
    given ?? (areNumbers ? Array.from({ length: columns }, (_, i) => i) : findClasses("calibrationError", labels));
  const truth = toNumbers(labels, classes);
  const odd = truth.findIndex((label) => label < 0 || label >= columns);
  if (odd >= 0)
    throw new RangeError(
      `calibrationError: label ${JSON.stringify(labels[odd])} at ${odd} has none of ${columns} columns of probabilities.`,
    );
  return truth;
}
