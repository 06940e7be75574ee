import { chart } from "../../../src/index.ts";
import { type BadCases, MARKUP } from "./case.ts";

const noClasses = { none: "numbers have no classes" };
const NaNs = [Number.NaN, 1, Number.POSITIVE_INFINITY];
const thousand = Array.from({ length: 1000 }, (_, i) => i + 1);

export const model: BadCases = {
  coefficientPath: {
    empty: {
      refused: () => chart.coefficientPath({ alphas: [], coefficients: [] }),
      says: "coefficientPath: at least one penalty is needed, got none.",
    },
    "one point": {
      chart: () => chart.coefficientPath({ alphas: [1], coefficients: [[2]] }),
      says: "Coefficients of 1 feature for 1 penalty; at α 1 the largest is 2, of x0; 1 of 1 are not 0 at α 1, 1 at α 1.",
    },
    "not finite": {
      chart: () =>
        chart.coefficientPath({
          alphas: [1, 0.1, 0],
          coefficients: [
            [0, 0],
            [2, Number.NaN],
            [1, 1],
          ],
        }),
      says: /^Coefficients of 2 features for 3 penalties;/,
    },
    "one class": noClasses,
    "1,000 classes": {
      chart: () =>
        chart.coefficientPath({ alphas: [1, 0.1], coefficients: [thousand.map(() => 0), thousand.map((i) => i)] }),
      says: "Coefficients of 1,000 features (the 40 largest are drawn) for 2 penalties; at α 0.1 the largest is 1000, of x999; 0 of 1000 are not 0 at α 1, 1000 at α 0.1.",
    },
    "1,000,000 points": {
      chart: () =>
        chart.coefficientPath({
          alphas: Array.from({ length: 250_000 }, (_, i) => 250_000 - i),
          coefficients: Array.from({ length: 250_000 }, (_, i) => [i, -i, i / 2, 1]),
        }),
      says: /^Coefficients of 4 features for 250,000 penalties;/,
    },
    markup: {
      chart: () =>
        chart.coefficientPath(
          {
            alphas: [1, 0.1],
            coefficients: [
              [0, 1],
              [2, -1],
            ],
          },
          { featureNames: [MARKUP, "b"], name: MARKUP },
        ),
      says: /, of <script>/,
    },
  },
  validationCurve: {
    empty: [
      {
        refused: () => chart.validationCurve({ values: [], train: [], validation: [] }),
        says: "validationCurve: at least one value is needed, got none.",
      },
      {
        refused: () => chart.validationCurve({ values: [1] }),
        says: "validationCurve: scores of train or of validation are needed, got neither.",
      },
    ],
    "one point": {
      chart: () => chart.validationCurve({ values: [1], validation: [[0.5]] }),
      says: "Validation score against value for 1 value: best, 0.5, at value 1.",
    },
    "not finite": [
      {
        refused: () => chart.validationCurve({ values: NaNs, validation: NaNs }),
        says: "validationCurve: value NaN at 0 is not finite.",
      },
      {
        chart: () => chart.validationCurve({ values: [1, 2, 3], validation: NaNs, train: NaNs }),
        says: "Validation score against value for 3 values: best, 1, at value 2, where training has 1.",
      },
    ],
    "one class": noClasses,
    "1,000 classes": noClasses,
    "1,000,000 points": {
      chart: () =>
        chart.validationCurve({ values: thousand, validation: thousand.map((i) => thousand.map((k) => i + (k % 7))) }),
      says: "Validation score against value for 1,000 values: best, 1000 ± 2, at value 1000.",
    },
    markup: {
      chart: () =>
        chart.validationCurve({ values: [1, 2], train: [1, 2], validation: [1, 2] }, { name: MARKUP, score: MARKUP }),
      says: /^Validation <script>/,
    },
  },
  learningCurve: {
    empty: {
      refused: () => chart.learningCurve({ sizes: [], train: [] }),
      says: "learningCurve: at least one value is needed, got none.",
    },
    "one point": {
      chart: () => chart.learningCurve({ sizes: [10], train: [1] }),
      says: "Score against the number of rows, from 10 to 10: training goes from 1 to 1.",
    },
    "not finite": {
      chart: () => chart.learningCurve({ sizes: [1, 2, 3], train: NaNs, validation: [1, 2, 3] }),
      says: /^Score against the number of rows, from 1 to 3: validation goes from 1 to 3, training from NaN/,
    },
    "one class": noClasses,
    "1,000 classes": noClasses,
    "1,000,000 points": {
      chart: () =>
        chart.learningCurve({ sizes: thousand, train: thousand.map((i) => thousand.map((k) => i + (k % 7))) }),
      says: /^Score against the number of rows, from 1 to 1000/,
    },
    markup: {
      chart: () => chart.learningCurve({ sizes: [1, 2], train: [1, 2], validation: [1, 2] }, { score: MARKUP }),
      says: /^<script>/,
    },
  },
  sweep: {
    empty: { refused: () => chart.sweep([], { result: "x" }), says: "sweep: at least one run is needed, got none." },
    "one point": {
      chart: () => chart.sweep([{ lr: 0.1, loss: 2 }], { result: "loss" }),
      says: "1 run: loss is best, 2, everywhere.",
    },
    "not finite": [
      {
        refused: () => chart.sweep([{ lr: 0.1, loss: Number.NaN }], { result: "loss" }),
        says: "sweep: no run has a finite loss.",
      },
      {
        chart: () =>
          chart.sweep(
            [
              { lr: 0.1, loss: null },
              { lr: Number.NaN, loss: 2 },
              { lr: 1, loss: 1 },
            ],
            {
              result: "loss",
              direction: "min",
            },
          ),
        says: "3 runs (1 without a finite loss) over lr: loss is best, 1, with lr 1; the worst is 2.",
      },
    ],
    "one class": {
      chart: () =>
        chart.sweep(
          [
            { a: "x", b: 1 },
            { a: "x", b: 2 },
          ],
          { result: "b", parameters: ["a"] },
        ),
      says: "2 runs over a: b is best, 2, with a x; the worst is 1.",
    },
    "1,000 classes": {
      chart: () =>
        chart.sweep(
          thousand.map((i) => ({ name: `n${i}`, score: i })),
          { result: "score" },
        ),
      says: "1,000 runs, 334 of them drawn over name: score is best, 1000, with name n1000; the worst is 1.",
    },
    "1,000,000 points": {
      chart: () =>
        chart.sweep(
          Array.from({ length: 250_000 }, (_, i) => ({ a: i % 10, b: i % 7, c: i, score: Math.sin(i) })),
          {
            result: "score",
          },
        ),
      says: /^250,000 runs, 400 of them drawn over a, b and c: score is best, 1,/,
    },
    markup: {
      chart: () =>
        chart.sweep(
          [
            { [MARKUP]: MARKUP, b: 1 },
            { [MARKUP]: "y", b: 2 },
          ],
          { result: "b" },
        ),
      says: /^2 runs over <script>/,
    },
  },
};
