import { auc } from "./auc.ts";
import { toMean } from "./average.ts";
import { toNumbers } from "./classes.ts";
import {
  checkComparable,
  checkLengths,
  type Label,
  type Labels,
  type Numbers,
  type Paired,
  toLabels,
  toRows,
  toWeights,
} from "./input.ts";
import { traceRoc } from "./rocCurve.ts";
import type { ScoreOptions } from "./scored.ts";
import { findColumns } from "./topKAccuracy.ts";

export interface RocAucOptions<A extends "macro" | "weighted" | "none" = "macro" | "weighted" | "none">
  extends ScoreOptions {
  /** For probabilities `[N, C]`: each class against the rest (`"ovr"`), or each pair of classes (`"ovo"`). scikit-learn makes you choose, too. */
  readonly multiClass?: "ovr" | "ovo";
  /** How the areas become one: `"macro"` unless given. */
  readonly average?: A;
  /** What the columns stand for: the classes in the target, sorted, unless given. */
  readonly labels?: readonly Label[];
}

/**
 * The area under the ROC curve: the probability that a positive has a higher score than a negative. NaN if a class is missing. scikit-learn's
 * `roc_auc_score`; Hand and Till 2001 for pairs of classes.
 *
 * @example
 * metric.rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // 0.75
 * @throws RangeError `rocAuc: scores of shape [15, 4] need multiClass "ovr" or "ovo".`
 */
export function rocAuc<
  const A extends "macro" | "weighted" | "none" = "macro",
  T extends Labels = Labels,
  P extends Numbers = Numbers,
>(
  yTrue: T,
  yScore: P & Paired<"rocAuc", "scores", T, P>,
  options: RocAucOptions<A> = {},
): A extends "none" ? number[] : number {
  const scores = toRows("rocAuc", "scores", yScore);
  type Result = A extends "none" ? number[] : number;
  if (scores.isVector) return areaUnder(yTrue, yScore, options) as Result;
  const { multiClass, average = "macro", labels } = options as RocAucOptions;
  if (multiClass !== "ovr" && multiClass !== "ovo")
    throw new RangeError(`rocAuc: scores of shape [${scores.rows}, ${scores.columns}] need multiClass "ovr" or "ovo".`);
  const truth = toLabels("rocAuc", "labels", yTrue);
  checkLengths("rocAuc", truth.length, scores.rows, "rows of scores");
  checkComparable("rocAuc", scores.data);
  checkSums(scores.data, scores.columns);
  const classes = toNumbers(truth, findColumns("rocAuc", truth, scores.columns, labels));
  const weights = toWeights("rocAuc", options, truth.length);
  const column = (k: number) =>
    Float64Array.from({ length: scores.rows }, (_, i) => scores.data[i * scores.columns + k]!);
  const areas =
    multiClass === "ovr"
      ? againstRest(classes, column, scores.columns, weights)
      : inPairs(classes, column, scores.columns, options);
  if (average === "none") return areas.map(([area]) => area) as Result;
  return toMean(
    areas.map(([area]) => area),
    average === "weighted" ? areas.map(([, share]) => share) : undefined,
  ) as Result;
}

type Area = readonly [area: number, share: number];

function areaUnder(yTrue: Labels, yScore: Numbers, options: ScoreOptions): number {
  const { falsePositiveRate, truePositiveRate } = traceRoc("rocAuc", yTrue, yScore, options);
  return auc(falsePositiveRate, truePositiveRate);
}

function againstRest(
  classes: Int32Array,
  column: (k: number) => Float64Array,
  columns: number,
  weights: ArrayLike<number>,
): Area[] {
  return Array.from({ length: columns }, (_, k) => {
    const isOwn = classes.map((label) => Number(label === k));
    const share = isOwn.reduce((all, own, i) => all + own * weights[i]!, 0);
    return [areaUnder(isOwn, column(k), { sampleWeight: weights }), share];
  });
}

/** Of each pair of classes the mean of both areas, each class being the positive one once. */
function inPairs(
  classes: Int32Array,
  column: (k: number) => Float64Array,
  columns: number,
  { sampleWeight, average }: RocAucOptions,
): Area[] {
  if (sampleWeight !== undefined) throw new RangeError('rocAuc: sampleWeight does not go with multiClass "ovo".');
  if (average === "none") throw new RangeError('rocAuc: average "none" does not go with multiClass "ovo".');
  const areas: Area[] = [];
  for (let a = 0; a < columns; a++)
    for (let b = a + 1; b < columns; b++) {
      const rows = Array.from(classes, (_, i) => i).filter((i) => classes[i] === a || classes[i] === b);
      const area = (k: number) => {
        const scores = column(k);
        const truth = rows.map((i) => Number(classes[i] === k));
        return areaUnder(
          truth,
          Float64Array.from(rows, (i) => scores[i]!),
          {},
        );
      };
      areas.push([(area(a) + area(b)) / 2, rows.length / classes.length]);
    }
  return areas;
}

function checkSums(data: ArrayLike<number>, columns: number): void {
  for (let at = 0; at < data.length; at += columns) {
    let total = 0;
    for (let i = 0; i < columns; i++) total += data[at + i]!;
    if (Math.abs(total - 1) > 1e-5)
      throw new RangeError(
        `rocAuc: row ${at / columns} sums to ${total} where 1 is needed: softmax makes probabilities of logits.`,
      );
  }
}
