/** Every sentence, and what is shown. */
import { expect, expectTypeOf, test } from "vitest";
import { metric, tensor } from "../../src/index.ts";

const four = tensor([0, 1, 1, 0]);
const five = tensor([0, 1, 1, 0, 1]);

/** Two tensors whose lengths the checker knows: it says the same sentence. */
const [rows, columns, longer] = [tensor.zeros([2, 3]), tensor.zeros([2, 2]), tensor.zeros([4, 3])];
const [vector, column] = [tensor.zeros([2]), tensor.zeros([2, 1])];

const unpaired: [sentence: string, wrong: () => unknown][] = [
  // @ts-expect-error
  ["accuracy: 4 labels do not match 5 predictions.", () => metric.accuracy(four, five)],
  // @ts-expect-error
  ["balancedAccuracy: 4 labels do not match 5 predictions.", () => metric.balancedAccuracy(four, five)],
  // @ts-expect-error
  ["classificationReport: 4 labels do not match 5 predictions.", () => metric.classificationReport(four, five)],
  // @ts-expect-error
  ["cohenKappa: 4 labels do not match 5 predictions.", () => metric.cohenKappa(four, five)],
  // @ts-expect-error
  ["confusionMatrix: 4 labels do not match 5 predictions.", () => metric.confusionMatrix(four, five)],
  // @ts-expect-error
  ["fBeta: 4 labels do not match 5 predictions.", () => metric.fBeta(four, five, { beta: 1 })],
  // @ts-expect-error
  ["f1: 4 labels do not match 5 predictions.", () => metric.f1(four, five)],
  // @ts-expect-error
  ["matthews: 4 labels do not match 5 predictions.", () => metric.matthews(four, five)],
  // @ts-expect-error
  ["precision: 4 labels do not match 5 predictions.", () => metric.precision(four, five)],
  // @ts-expect-error
  ["recall: 4 labels do not match 5 predictions.", () => metric.recall(four, five)],
  // @ts-expect-error
  ["mse: 4 labels do not match 5 predictions.", () => metric.mse(four, five)],
  // @ts-expect-error
  ["rmse: 4 labels do not match 5 predictions.", () => metric.rmse(four, five)],
  // @ts-expect-error
  ["mae: 4 labels do not match 5 predictions.", () => metric.mae(four, five)],
  // @ts-expect-error
  ["mape: 4 labels do not match 5 predictions.", () => metric.mape(four, five)],
  // @ts-expect-error
  ["r2: 4 labels do not match 5 predictions.", () => metric.r2(four, five)],
  // @ts-expect-error
  ["mse: targets of shape [2, 3] do not match predictions of shape [2, 2].", () => metric.mse(rows, columns)],
  // @ts-expect-error
  ["rmse: targets of shape [2, 3] do not match predictions of shape [2, 1].", () => metric.rmse(rows, column)],
  // @ts-expect-error
  ["mae: targets of shape [2] do not match predictions of shape [2, 1].", () => metric.mae(vector, column)],
  // @ts-expect-error
  ["mape: targets of shape [2, 1] do not match predictions of shape [2].", () => metric.mape(column, vector)],
  // @ts-expect-error
  ["r2: 2 labels do not match 4 predictions.", () => metric.r2(rows, longer)],
  // @ts-expect-error
  ["averagePrecision: 4 labels do not match 5 scores.", () => metric.averagePrecision(four, five)],
  // @ts-expect-error
  ["brier: 4 labels do not match 5 scores.", () => metric.brier(four, five)],
  // @ts-expect-error
  ["calibrationCurve: 4 labels do not match 5 scores.", () => metric.calibrationCurve(four, five)],
  // @ts-expect-error
  ["calibrationError: 4 labels do not match 5 scores.", () => metric.calibrationError(four, five)],
  // @ts-expect-error
  ["logLoss: 4 labels do not match 5 scores.", () => metric.logLoss(four, five)],
  // @ts-expect-error
  ["precisionRecallCurve: 4 labels do not match 5 scores.", () => metric.precisionRecallCurve(four, five)],
  // @ts-expect-error
  ["rocAuc: 4 labels do not match 5 scores.", () => metric.rocAuc(four, five)],
  // @ts-expect-error
  ["rocCurve: 4 labels do not match 5 scores.", () => metric.rocCurve(four, five)],
];

const mistakes: [sentence: string, wrong: () => unknown][] = [
  ["accuracy: predictions have NaN at 1.", () => metric.accuracy([0, 1], [0, Number.NaN])],
  ["confusionMatrix: labels have NaN at 0.", () => metric.confusionMatrix(tensor([Number.NaN, 1]), [0, 1])],
  [
    "perplexity: an array of 2 where a tensor is needed.",
    () => metric.perplexity([0, 1] as never, tensor.zeros([2, 3])),
  ],
  ["accuracy: 4 labels do not match 5 predictions.", () => metric.accuracy([0, 1, 1, 0], [0, 1, 1, 0, 1])],
  ["accuracy: 0 labels where at least 1 is needed.", () => metric.accuracy([], [])],
  [
    "accuracy: predictions of shape [2, 3] where [N] is needed: argmax(-1) makes labels of scores.",
    () => metric.accuracy(tensor([0, 1]), tensor.zeros([2, 3])),
  ],
  ["accuracy: labels of shape [2, 1] where [N] is needed.", () => metric.accuracy(tensor([[0], [1]]), tensor([0, 1]))],
  ["accuracy: 1 weights do not match 2 labels.", () => metric.accuracy([0, 1], [0, 1], { sampleWeight: [1] })],
  [
    "accuracy: weight NaN at 1 is not finite.",
    () => metric.accuracy([0, 1], [0, 1], { sampleWeight: [1, Number.NaN] }),
  ],
  ['f1: labels 0 and "a" are of two kinds.', () => metric.f1([0, "a"], [0, "a"])],
  [
    'precision: average "binary" does not fit 3 classes (0, 1, 2): say "macro", "micro", "weighted" or "none".',
    () => metric.precision([0, 1, 2], [0, 1, 2]),
  ],
  ['recall: posLabel 1 is not one of "no", "yes".', () => metric.recall(["no", "yes"], ["no", "yes"])],
  [
    'f1: average must be "binary", "micro", "macro", "weighted" or "none", got "mean".',
    () => metric.f1([0, 1], [0, 1], { average: "mean" as never }),
  ],
  [
    "recall: 0 labels to look at where at least 1 is needed.",
    () => metric.recall([0], [0], { labels: [], average: "macro" }),
  ],
  ["fBeta: beta must be at least 0, got -1.", () => metric.fBeta([0, 1], [0, 1], { beta: -1 })],
  [
    "confusionMatrix: none of the labels 5, 6 occurs in the target.",
    () => metric.confusionMatrix([0], [0], { labels: [5, 6] }),
  ],
  [
    'confusionMatrix: normalize must be "true", "pred" or "all", got "rows".',
    () => metric.confusionMatrix([0], [0], { normalize: "rows" as never }),
  ],
  [
    "classificationReport: 3 names do not match 2 classes.",
    () => metric.classificationReport([0, 1], [0, 1], { targetNames: ["a", "b", "c"] }),
  ],
  [
    "classificationReport: digits must be a whole number from 0 to 20, got -1.",
    () => metric.classificationReport([0, 1], [0, 1], { digits: -1 }),
  ],
  [
    "topKAccuracy: 2 classes do not match 3 columns of scores: give the labels.",
    () => metric.topKAccuracy([0, 1], tensor.zeros([2, 3])),
  ],
  [
    "topKAccuracy: label 5 at 1 is not one of 0, 1, 2.",
    () => metric.topKAccuracy([0, 5], tensor.zeros([2, 3]), { labels: [0, 1, 2] }),
  ],
  ["topKAccuracy: 2 labels do not match 3 rows of scores.", () => metric.topKAccuracy([0, 1], tensor.zeros([3, 2]))],
  [
    "topKAccuracy: k must be a whole number from 1, got 0.",
    () => metric.topKAccuracy([0, 1], tensor.zeros([2, 2]), { k: 0 }),
  ],
  [
    "topKAccuracy: score NaN at 0 cannot be compared.",
    () =>
      metric.topKAccuracy(
        [0, 1],
        [
          [Number.NaN, 0],
          [0, 1],
        ],
      ),
  ],
  ["topKAccuracy: scores have 1 values in row 1, 2 in row 0.", () => metric.topKAccuracy([0, 1], [[1, 0], [0]])],
  ["rocCurve: 3 classes (0, 1, 2) where 2 are needed.", () => metric.rocCurve([0, 1, 2], [0, 1, 2])],
  ['rocCurve: the classes are "a", "b": say which is positive by posLabel.', () => metric.rocCurve(["a", "b"], [0, 1])],
  ["rocCurve: 2 labels do not match 3 scores.", () => metric.rocCurve([0, 1], [0, 1, 2])],
  ["rocCurve: scores of shape [2, 2] where [N] is needed.", () => metric.rocCurve([0, 1], tensor.zeros([2, 2]))],
  ["averagePrecision: score NaN at 1 cannot be compared.", () => metric.averagePrecision([0, 1], [0, Number.NaN])],
  ['rocAuc: scores of shape [3, 3] need multiClass "ovr" or "ovo".', () => metric.rocAuc([0, 1, 2], tensor.eye(3))],
  [
    "rocAuc: row 0 sums to 0 where 1 is needed: softmax makes probabilities of logits.",
    () => metric.rocAuc([0, 1, 2], tensor.zeros([3, 3]), { multiClass: "ovr" }),
  ],
  [
    'rocAuc: sampleWeight does not go with multiClass "ovo".',
    () => metric.rocAuc([0, 1, 2], tensor.eye(3), { multiClass: "ovo", sampleWeight: [1, 1, 1] }),
  ],
  [
    'rocAuc: average "none" does not go with multiClass "ovo".',
    () => metric.rocAuc([0, 1, 2], tensor.eye(3), { multiClass: "ovo", average: "none" }),
  ],
  ["auc: x neither rises nor falls: 0.4 at 2 after 0.5.", () => metric.auc([0, 0.5, 0.4], [0, 1, 2])],
  ["auc: 2 x do not match 3 y.", () => metric.auc([0, 1], [0, 1, 2])],
  ["auc: 1 points where at least 2 are needed.", () => metric.auc([0], [0])],
  ["brier: probability 1.5 at 1 does not lie in [0, 1].", () => metric.brier([0, 1], [0, 1.5])],
  [
    "logLoss: 2 classes do not match 3 columns of scores: give the labels.",
    () =>
      metric.logLoss(
        [0, 1],
        [
          [0, 0, 1],
          [1, 0, 0],
        ],
      ),
  ],
  [
    "calibrationError: bins must be a whole number from 1, got 0.",
    () => metric.calibrationError([0], [0], { bins: 0 }),
  ],
  [
    'calibrationError: norm must be "l1", "l2" or "max", got "l3".',
    () => metric.calibrationError([0], [0], { norm: "l3" as never }),
  ],
  [
    "calibrationError: label 2 at 0 has none of 2 columns of probabilities.",
    () => metric.calibrationError([2], [[0.5, 0.5]]),
  ],
  [
    "calibrationCurve: bins must be a whole number from 1, got 1.5.",
    () => metric.calibrationCurve([0], [0], { bins: 1.5 }),
  ],
  [
    'calibrationCurve: strategy must be "uniform" or "quantile", got "kmeans".',
    () => metric.calibrationCurve([0], [0], { strategy: "kmeans" as never }),
  ],
  ["calibrationCurve: probability -1 at 0 does not lie in [0, 1].", () => metric.calibrationCurve([0], [-1])],
  ["mse: 4 labels do not match 5 predictions.", () => metric.mse([1, 2, 3, 4], [1, 2, 3, 4, 5])],
  [
    "mse: targets of shape [4] do not match predictions of shape [4, 1].",
    // @ts-expect-error
    () => metric.mse(tensor.zeros([4]), tensor.zeros([4, 1])),
  ],
  [
    "mse: targets of shape [1, 2, 3] where [N] or [N, C] is needed.",
    () => metric.mse(tensor.zeros([1, 2, 3]), tensor.zeros([6])),
  ],
  [
    'mae: multioutput must be "uniformAverage" or "rawValues", got "sum".',
    () => metric.mae([1], [1], { multioutput: "sum" as never }),
  ],
  ["bleu: 2 lists of references do not match 1 candidates.", () => metric.bleu([["a"], ["b"]], ["a"])],
  ["bleu: 0 candidates where at least 1 is needed.", () => metric.bleu([], [])],
  ['bleu: candidate 0 has "a" where a list of references is needed.', () => metric.bleu(["a"] as never, ["a"])],
  ["bleu: maxOrder must be a whole number from 1, got 0.", () => metric.bleu([["a"]], ["a"], { maxOrder: 0 })],
  ["bleu: 1 weights do not match maxOrder 4.", () => metric.bleu([["a"]], ["a"], { weights: [1] })],
  [
    "perplexity: logits of shape [2, 3, 5] need labels of shape [2, 3], got [2].",
    () => metric.perplexity(tensor([0, 1]), tensor.zeros([2, 3, 5])),
  ],
  ["perplexity: label 5 at 1 is not below 5 classes.", () => metric.perplexity(tensor([0, 5]), tensor.zeros([2, 5]))],
];

test.each([...mistakes, ...unpaired])("%s", (sentence, wrong) => {
  expect(wrong).toThrow(sentence);
});

test("the checker knows what comes out", () => {
  expectTypeOf(metric.precision([0], [0])).toEqualTypeOf<number>();
  expectTypeOf(metric.f1([0, 1], [0, 1], { average: "none" })).toEqualTypeOf<number[]>();
  expectTypeOf(metric.mse([0], [0], { multioutput: "rawValues" })).toEqualTypeOf<number[]>();
  // @ts-expect-error: the name of the option
  metric.f1([0, 1], [0, 1], { avg: "macro" });
  // @ts-expect-error: beta has no default
  expect(() => metric.fBeta([0, 1], [0, 1])).toThrow();
});

const shown = (value: object) =>
  (value as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!();

test("a report is printed like scikit-learn's", () => {
  const report = metric.classificationReport([0, 1, 2, 2, 2], [0, 0, 2, 2, 1], {
    targetNames: ["class 0", "class 1", "class 2"],
  });
  const text = `              precision    recall  f1-score   support

     class 0       0.50      1.00      0.67         1
     class 1       0.00      0.00      0.00         1
     class 2       1.00      0.67      0.80         3

    accuracy                           0.60         5
   macro avg       0.50      0.56      0.49         5
weighted avg       0.70      0.60      0.61         5`;
  expect(String(report)).toBe(text);
  expect(shown(report)["text/plain"]).toBe(text);
  expect(shown(report)["text/html"]).toContain('<tr><th>class 0</th><td style="text-align:right">0.50</td>');
});

test("a matrix is a table with its classes; text is made safe", () => {
  const matrix = metric.confusionMatrix(["<a>", "b", "b"], ["<a>", "b", "<a>"]);
  expect(String(matrix)).toBe("true \\ predicted  <a>    b\n             <a>    1    0\n               b    1    1");
  expect(shown(matrix)["text/html"]).toContain("<th>&#60;a&#62;</th>");
  expect(JSON.parse(JSON.stringify(matrix))).toEqual({
    labels: ["<a>", "b"],
    values: [
      [1, 0],
      [1, 1],
    ],
  });
  expect(String(metric.confusionMatrix([0, 1], [0, 0], { normalize: "all" }))).toContain("0.50");
});

test("booleans and tensors are labels, too", () => {
  expect(metric.recall([true, true, false], [true, false, false])).toBe(0.5);
  expect(metric.rocAuc([true, false], [0.9, 0.1])).toBe(1);
  expect(metric.accuracy(tensor([true, false]), tensor([true, true]))).toBe(0.5);
  expect(
    metric.mse(
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [3, 5],
      ],
    ),
  ).toBe(0.25);
});
