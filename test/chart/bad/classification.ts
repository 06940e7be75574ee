import { chart, tensor } from "../../../src/index.ts";
import { type BadCases, MARKUP } from "./case.ts";

const MILLION = 1_000_000;
/** 0, 1, 0, 1, … and scores that mostly agree. */
const truths = Int32Array.from({ length: MILLION }, (_, i) => i % 2);
const scores = Float64Array.from({ length: MILLION }, (_, i) => ((i * 7919) % 1000) / 2000 + (i % 2) * 0.4);
/** 2,000 rows of 1,000 classes; every tenth is taken for the next one. */
const thousand = Int32Array.from({ length: 2000 }, (_, i) => i % 1000);
const guesses = thousand.map((label, i) => (i % 10 === 0 ? (label + 1) % 1000 : label));
const columns = Array.from({ length: 2000 }, (_, i) =>
  Array.from({ length: 1000 }, (_, k) => (k === guesses[i] ? 0.5 : 0.5 / 999)),
);
const names = Array.from({ length: 1000 }, (_, k) => `class ${k}`);

/** Two curves that must not care which of them is drawn. */
const curves = (name: "rocCurve" | "precisionRecall", says: Record<"one" | "many" | "million" | "markup", RegExp>) => ({
  empty: [
    { refused: () => chart[name]([], []), says: `${name}: 0 labels where at least 1 is needed.` },
    { refused: () => chart[name]([0, 1], {}), says: `${name}: scores of at least one model are needed, got none.` },
  ],
  "one point": { refused: () => chart[name]([1], [0.5]), says: `${name}: 1 class (1) where 2 are needed.` },
  "not finite": [
    { refused: () => chart[name]([0, 1], [Number.NaN, 1]), says: `${name}: score NaN at 0 cannot be compared.` },
    {
      chart: () => chart[name]([0, 1, 1], [Number.NEGATIVE_INFINITY, 1, Number.POSITIVE_INFINITY], { threshold: 0 }),
      says: says.one,
    },
    {
      refused: () => chart[name]([0, 1], [0, 1], { threshold: Number.NaN }),
      says: `${name}: threshold must be finite, got NaN.`,
    },
  ],
  "one class": { refused: () => chart[name]([1, 1], [0, 1]), says: `${name}: 1 class (1) where 2 are needed.` },
  "1,000 classes": { chart: () => chart[name](thousand, columns), says: says.many },
  "1,000,000 points": { chart: () => chart[name](truths, scores, { threshold: 0.5 }), says: says.million },
  markup: {
    chart: () => chart[name]([0, 1], { [MARKUP]: [0, 1], other: [1, 0] }, { title: MARKUP }),
    says: says.markup,
  },
});

export const classification: BadCases = {
  confusionMatrix: {
    empty: {
      refused: () => chart.confusionMatrix([], []),
      says: "confusionMatrix: 0 labels where at least 1 is needed.",
    },
    "one point": {
      chart: () => chart.confusionMatrix([1], [2]),
      says: "1 prediction for 2 classes: 0% are right; 1 is taken for 2 most often, 1 time.",
    },
    "not finite": [
      { refused: () => chart.confusionMatrix([1, Number.NaN], [1, 1]), says: "confusionMatrix: labels have NaN at 1." },
      {
        chart: () => chart.confusionMatrix([1, 2], [1, Number.POSITIVE_INFINITY]),
        says: /^2 predictions for 3 classes: 50% are right/,
      },
    ],
    "one class": {
      chart: () => chart.confusionMatrix(["a", "a"], ["a", "a"]),
      says: "2 predictions for 1 class: all are right.",
    },
    "1,000 classes": {
      chart: () => chart.confusionMatrix(thousand, guesses),
      says: "2,000 predictions for 1,000 classes: 90% are right; 0 is taken for 1 most often, 2 times. Drawn in blocks of 20 classes.",
    },
    "1,000,000 points": {
      chart: () => chart.confusionMatrix(truths, scores.map(Math.round)),
      says: /^1,000,000 predictions for 2 classes: /,
    },
    markup: {
      chart: () => chart.confusionMatrix([MARKUP, "b"], ["b", MARKUP], { title: MARKUP }),
      says: /^2 predictions for 2 classes: 0% are right; /,
    },
  },
  rocCurve: curves("rocCurve", {
    one: /^The area under the ROC curve is 1\.$/,
    many: /^The areas under 1,000 ROC curves run from .* The 20 with the least area are drawn\.$/,
    million: /^The area under the ROC curve is 0\.\d+\.$/,
    markup: /^The areas under 2 ROC curves are 1 \(<script>/,
  }),
  precisionRecall: curves("precisionRecall", {
    one: /^The average precision is 1; guessing has 0\.667\.$/,
    many: /^The average precisions of 1,000 curves run from .* The 20 with the least are drawn\.$/,
    million: /^The average precision is 0\.\d+; guessing has 0\.5\.$/,
    markup: /^The average precisions of 2 curves are 1 \(<script>/,
  }),
  calibration: {
    empty: { refused: () => chart.calibration([], []), says: "calibration: 0 labels where at least 1 is needed." },
    "one point": { refused: () => chart.calibration([1], [1]), says: "calibration: 1 class (1) where 2 are needed." },
    "not finite": {
      refused: () => chart.calibration([0, 1], [Number.NaN, 1]),
      says: "calibrationCurve: score NaN at 0 cannot be compared.",
    },
    "one class": {
      refused: () => chart.calibration([0, 0], [0, 1]),
      says: "calibration: 1 class (0) where 2 are needed.",
    },
    "1,000 classes": {
      chart: () => chart.calibration(thousand, columns),
      says: /^Probabilities of 1000 curves are off by .* The 20 with the largest error are drawn\.$/,
    },
    "1,000,000 points": {
      chart: () => chart.calibration(truths, scores),
      says: /^Probabilities are off by 0\.\d+ on average, over 10 bins\.$/,
    },
    markup: { chart: () => chart.calibration([0, 1], { [MARKUP]: [0.1, 0.9] }), says: /^Probabilities of <script>/ },
  },
  decisionBoundary: {
    empty: {
      refused: () => chart.decisionBoundary(() => [], tensor([[1, 2]]).slice([0, 0]), []),
      says: "decisionBoundary: at least one point is needed, got none.",
    },
    "one point": {
      chart: () => chart.decisionBoundary((x) => Array.from({ length: x.shape[0] }, () => 3), [[1, 2]], [3]),
      says: "Regions of 1 class over x1 and x2: 100% of 1 point lie in that of its class.",
    },
    "not finite": [
      {
        chart: () =>
          chart.decisionBoundary(
            (x) => x.slice(null, 0).greater(0).to("int32"),
            [
              [1, 2],
              [Number.NaN, 1],
              [-1, Number.POSITIVE_INFINITY],
              [-1, 1],
            ],
            [1, 0, 0, 0],
          ),
        says: "Regions of 2 classes over x1 and x2: 100% of 2 points (2 that are not finite are left out) lie in those of their own class.",
      },
      {
        refused: () => chart.decisionBoundary(() => [], [[Number.NaN, 1]], [1]),
        says: "decisionBoundary: none of the points is finite.",
      },
    ],
    "one class": {
      chart: () =>
        chart.decisionBoundary(
          (x) => x.slice(null, [0, 1]).mul(0).add(1),
          [
            [1, 2],
            [2, 3],
          ],
          ["a", "a"],
        ),
      says: "Regions of 1 class over x1 and x2: 100% of 2 points lie in that of its class.",
    },
    "1,000 classes": {
      chart: () =>
        chart.decisionBoundary(
          ({ data, shape }) =>
            Array.from({ length: shape[0] }, (_, i) => Math.min(999, Math.max(0, Math.round(data[2 * i]!)))),
          Array.from(thousand, (label) => [label, label % 7]),
          thousand,
          { classNames: names },
        ),
      says: /^Regions of 1,000 classes over x1 and x2: 100% of 2,000 points \(one of 2 is drawn\)/,
    },
    "1,000,000 points": {
      chart: () =>
        chart.decisionBoundary(
          ({ data, shape }) => Int32Array.from({ length: shape[0] }, (_, i) => Number(data[2 * i]! > 0.5)),
          tensor(Float32Array.from({ length: 2 * MILLION }, (_, i) => scores[i >> 1]!)).reshape([MILLION, 2]),
          truths,
        ),
      says: /^Regions of 2 classes over x1 and x2: \d+(\.\d)?% of 1,000,000 points/,
    },
    markup: {
      chart: () =>
        chart.decisionBoundary(
          (x) => Array.from({ length: x.shape[0] }, () => MARKUP),
          [
            [1, 2],
            [2, 1],
          ],
          [MARKUP, MARKUP],
          {
            featureNames: [MARKUP, MARKUP],
            title: MARKUP,
          },
        ),
      says: /^Regions of 1 class over <script>/,
    },
  },
  classBalance: {
    empty: [
      { refused: () => chart.classBalance([]), says: "classBalance: 0 labels where at least 1 is needed." },
      { refused: () => chart.classBalance({}), says: "classBalance: 0 labels where at least 1 is needed." },
      {
        chart: () => chart.classBalance({ train: [1], test: [] }),
        says: "1 example in train, all of class 1; 0 examples in test.",
      },
    ],
    "one point": { chart: () => chart.classBalance(["a"]), says: "1 example, all of class a." },
    "not finite": {
      chart: () => chart.classBalance([1, Number.NaN, Number.NaN]),
      says: "3 examples of 2 classes: from 1 (33.3%, 1) to 2 (66.7%, NaN).",
    },
    "one class": { chart: () => chart.classBalance([7, 7]), says: "2 examples, all of class 7." },
    "1,000 classes": {
      chart: () => chart.classBalance(thousand, { classNames: names }),
      says: "2,000 examples of 1,000 classes: 2 of each. The 40 most common classes are drawn.",
    },
    "1,000,000 points": {
      chart: () => chart.classBalance(truths),
      says: "1,000,000 examples of 2 classes: 500,000 of each.",
    },
    markup: {
      chart: () => chart.classBalance({ [MARKUP]: [MARKUP, "b"], other: ["b", "b"] }),
      says: /^2 examples of 2 classes in <script>/,
    },
  },
};
