import { chart } from "../../../src/index.ts";
import { type BadCases, MARKUP } from "./case.ts";

const count = 1_000_000;
const truths = Float64Array.from({ length: count }, (_, i) => Math.sin(i));
const guesses = truths.map((truth, i) => truth + Math.cos(3 * i) / 10);
const noClasses = { none: "numbers have no classes" };

export const regression: BadCases = {
  predictedActual: {
    empty: {
      refused: () => chart.predictedActual([], []),
      says: "predictedActual: at least one prediction is needed, got none.",
    },
    "one point": {
      chart: () => chart.predictedActual([1], [2]),
      says: "1 prediction of value is off by 1 on average.",
    },
    "not finite": [
      {
        chart: () => chart.predictedActual([1, Number.NaN, 2], [1, 2, Number.POSITIVE_INFINITY]),
        says: "3 predictions of value (2 that are not finite are left out) are off by 0 on average.",
      },
      {
        refused: () => chart.predictedActual([Number.NaN], [1]),
        says: "predictedActual: no pair of a prediction and a truth is finite.",
      },
    ],
    "one class": noClasses,
    "1,000 classes": noClasses,
    "1,000,000 points": {
      chart: () => chart.predictedActual(guesses, truths),
      says: "1,000,000 predictions of value are off by 0.0637 on average; R² is 0.99.",
    },
    markup: {
      chart: () => chart.predictedActual([1, 2], [2, 3], { name: MARKUP }),
      says: /^2 predictions of <script>/,
    },
  },
  residuals: {
    empty: { refused: () => chart.residuals([], []), says: "residuals: 0 labels where at least 1 is needed." },
    "one point": {
      chart: () => chart.residuals([1], [3]),
      says: "1 residual of value: mean 2, standard deviation 0, the largest 2.",
    },
    "not finite": [
      {
        chart: () => chart.residuals([1, Number.NaN, 2], [2, 2, Number.POSITIVE_INFINITY]),
        says: "3 residuals of value (2 that are not finite are left out): mean 1, standard deviation 0, the largest 1.",
      },
      {
        refused: () => chart.residuals([Number.NaN], [1]),
        says: "residuals: no pair of a prediction and a truth is finite.",
      },
    ],
    "one class": noClasses,
    "1,000 classes": noClasses,
    "1,000,000 points": { chart: () => chart.residuals(guesses, truths), says: /^1,000,000 residuals of value: mean / },
    markup: {
      chart: () => chart.residuals([1, 2, 3, 4, 5, 6], [2, 3, 5, 1, 2, 3], { name: MARKUP }),
      says: /^6 residuals of <script>/,
    },
  },
  lossShape: {
    empty: { refused: () => chart.lossShape([]), says: "lossShape: at least one loss is needed, got none." },
    "one point": {
      refused: () => chart.lossShape("mse", { range: [1, 1] }),
      says: "lossShape: range must go from a number to a larger one, got [1, 1].",
    },
    "not finite": [
      {
        refused: () => chart.lossShape("mse", { range: [0, Number.POSITIVE_INFINITY] }),
        says: "lossShape: range must go from a number to a larger one, got [0, Infinity].",
      },
      {
        refused: () => chart.lossShape("huber", { delta: Number.NaN }),
        says: "huber: delta NaN is not above 0.",
      },
      {
        chart: () => chart.lossShape([], { custom: { root: (x) => x.log() } }),
        says: "The loss root against the residual from -3 to 3; at -3 it is NaN.",
      },
    ],
    "one class": noClasses,
    "1,000 classes": {
      chart: () =>
        chart.lossShape([], {
          custom: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`power ${i}`, (x) => x.abs().pow(i / 20)])),
        }),
      says: /^100 losses against the residual/,
    },
    "1,000,000 points": { none: "a loss is drawn at 121 places whatever the range" },
    markup: {
      chart: () => chart.lossShape("huber", { custom: { [MARKUP]: (x) => x.abs() }, title: MARKUP }),
      says: /^2 losses against the residual from -3 to 3, huber \(δ = 1\) and <script>/,
    },
  },
};
