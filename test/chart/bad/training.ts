import { chart } from "../../../src/index.ts";
import { type BadCases, MARKUP } from "./case.ts";

const million = Float64Array.from({ length: 1_000_000 }, (_, i) => 1 + Math.sin(i / 1000) / (1 + i / 1e5));
const many = <T>(make: (i: number) => T) =>
  Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`run ${i}`, make(i)]));
const noClasses = { none: "numbers over steps have no classes" };
const holes = [1, Number.NaN, Number.POSITIVE_INFINITY, 0.5, Number.NEGATIVE_INFINITY];

export const training: BadCases = {
  lossCurve: {
    empty: [
      {
        refused: () => chart.lossCurve({ train: [] }),
        says: "lossCurve: a history of at least one epoch is needed, got none.",
      },
      { refused: () => chart.lossCurve({}), says: "lossCurve: at least one history is needed, got none." },
    ],
    "one point": { chart: () => chart.lossCurve({ train: [0.5] }), says: "Training loss stays at 0.5 in 1 epoch." },
    "not finite": [
      {
        chart: () => chart.lossCurve({ train: holes, validation: holes }),
        says: "Training loss falls from 1 to -Infinity in 5 epochs; validation is lowest, 0.5, at epoch 4.",
      },
      { chart: () => chart.lossCurve({ train: holes }, { log: true, smoothing: 0.9 }), says: /^Training loss / },
      {
        chart: () => chart.lossCurve({ train: [Number.NaN, Number.NaN] }),
        says: "Training loss stays at NaN in 2 epochs.",
      },
    ],
    "one class": noClasses,
    "1,000 classes": {
      chart: () => chart.lossCurve(many((i) => ({ train: [i + 1, 1, i / 2], validation: [i, 2, 3] }))),
      says: /^Training loss of 1,000 runs, run 0, run 1, run 2, run 3, run 4 and 995 more, over 3 epochs;/,
    },
    "1,000,000 points": {
      chart: () => chart.lossCurve({ train: million, validation: million }, { smoothing: 0.9 }),
      says: /^Training loss .* in 1,000,000 epochs; validation is lowest/,
    },
    markup: [
      {
        chart: () => chart.lossCurve({ train: [1, 0.5] }, { title: MARKUP, step: MARKUP }),
        says: /^Training loss falls from 1 to 0.5 in 2 <script>/,
      },
      {
        chart: () => chart.lossCurve({ [MARKUP]: { train: [1, 0.5] }, "a\\b 'c' \"d\"": { train: [1, 2] } }),
        says: /^Training loss of 2 runs, <script>/,
      },
    ],
  },
  metricCurve: {
    empty: [
      {
        refused: () => chart.metricCurve({ metrics: {} }),
        says: "metricCurve: there is no metric; there are none.",
      },
      {
        refused: () => chart.metricCurve({ metrics: { accuracy: [] } }),
        says: "metricCurve: a history of at least one epoch is needed, got none.",
      },
    ],
    "one point": {
      chart: () => chart.metricCurve({ metrics: { accuracy: [0.5] } }),
      says: "Accuracy goes from 0.5 to 0.5 in 1 epoch; it is best, 0.5, at epoch 1.",
    },
    "not finite": {
      chart: () => chart.metricCurve({ metrics: { rmse: holes } }),
      says: "Rmse goes from 1 to -Infinity in 5 epochs; it is best, 0.5, at epoch 4.",
    },
    "one class": noClasses,
    "1,000 classes": {
      chart: () => chart.metricCurve({ metrics: many((i) => [i, i + 1]) }),
      says: /^1,000 lines over 2 epochs, best: run 0 \(1, at epoch 2\), .* and 995 more\.$/,
    },
    "1,000,000 points": {
      chart: () => chart.metricCurve({ metrics: { f1: million, accuracy: million } }),
      says: /^2 lines over 1,000,000 epochs/,
    },
    markup: {
      chart: () => chart.metricCurve({ metrics: { [MARKUP]: [1, 2] } }, { step: MARKUP }),
      says: /^<script>.* goes from 1 to 2/,
    },
  },
  learningRate: {
    empty: [
      {
        refused: () => chart.learningRate({ learningRate: [] }),
        says: "learningRate: a history of at least one epoch is needed, got none.",
      },
      {
        refused: () => chart.learningRate(() => 1, { steps: 0 }),
        says: "learningRate: steps must be a whole number of at least 1, got 0.",
      },
    ],
    "one point": {
      chart: () => chart.learningRate(() => 0.1, { steps: 1 }),
      says: "The learning rate goes from 0.1 to 0.1 in 1 step; it is highest, 0.1, at step 0.",
    },
    "not finite": {
      chart: () => chart.learningRate((i) => holes[i]!, { steps: 5, log: true }),
      says: "The learning rate goes from 1 to -Infinity in 5 steps; it is highest, Infinity, at step 2.",
    },
    "one class": noClasses,
    "1,000 classes": {
      chart: () =>
        chart.learningRate(
          many((i) => () => i + 1),
          { steps: 10 },
        ),
      says: /^1,000 learning rates over 10 steps: run 0 from 1 to 1/,
    },
    "1,000,000 points": {
      chart: () => chart.learningRate((i) => 1 / (1 + i), { steps: 1_000_000 }),
      says: "The learning rate goes from 1 to 1.00e-6 in 1,000,000 steps; it is highest, 1, at step 0.",
    },
    markup: {
      chart: () => chart.learningRate({ [MARKUP]: () => 1, b: () => 2 }, { steps: 3, step: MARKUP }),
      says: /^2 learning rates over 3 <script>/,
    },
  },
  gradientNorms: {
    empty: [
      { refused: () => chart.gradientNorms([]), says: "gradientNorms: at least one step is needed, got none." },
      { refused: () => chart.gradientNorms({}), says: "gradientNorms: at least one step is needed, got none." },
    ],
    "one point": {
      chart: () => chart.gradientNorms({ weight: [2] }),
      says: "Gradient norms of 1 layer over 1 step: the largest, 2, is that of weight at step 0.",
    },
    "not finite": {
      chart: () => chart.gradientNorms({ a: holes, b: [1, 2, 3, 4, 5] }),
      says: "Gradient norms of 2 layers over 5 steps: the largest, 5, is that of b at step 4; not finite everywhere in a.",
    },
    "one class": noClasses,
    "1,000 classes": {
      chart: () => chart.gradientNorms(many((i) => [i + 1, 1])),
      says: /^Gradient norms of 1,000 layers over 2 steps: the largest, 1000, is that of run 999 at step 0;/,
    },
    "1,000,000 points": {
      chart: () => chart.gradientNorms({ a: million, b: million }, { smoothing: 0.9 }),
      says: /^Gradient norms of 2 layers over 1,000,000 steps:/,
    },
    markup: {
      chart: () => chart.gradientNorms([{ step: 0, layer: MARKUP, norm: 1 }]),
      says: /is that of <script>/,
    },
  },
  weightHistogram: {
    empty: [
      { refused: () => chart.weightHistogram({}), says: "weightHistogram: at least one number is needed, got none." },
      { refused: () => chart.weightHistogram([]), says: "weightHistogram: at least one number is needed, got none." },
    ],
    "one point": {
      chart: () => chart.weightHistogram({ bias: [3] }),
      says: "Weights of 1 tensor, 1 number from 3 to 3; the standard deviation is 0.",
    },
    "not finite": [
      {
        chart: () => chart.weightHistogram({ a: holes, b: [1, 2] }),
        says: "Weights of 2 tensors, 7 numbers from 0.5 to 2; the standard deviation is largest in b, 0.5, and smallest in a, 0.25; not all are finite in a.",
      },
      {
        chart: () => chart.weightHistogram({ a: [Number.NaN] }),
        says: "Weights of 1 tensor, 1 number; not all are finite in a.",
      },
    ],
    "one class": noClasses,
    "1,000 classes": {
      chart: () => chart.weightHistogram(many((i) => [i, -i, 1])),
      says: /^Weights of 1,000 tensors \(the first 40 are drawn\), 3,000 numbers from -999 to 999;/,
    },
    "1,000,000 points": {
      chart: () => chart.weightHistogram({ weight: million }),
      says: /^Weights of 1 tensor, 1,000,000 numbers from /,
    },
    markup: {
      chart: () => chart.weightHistogram({ [MARKUP]: [1, 2], 'it\'s "b"': [1] }, { name: MARKUP }),
      says: /standard deviation is largest in <script>/,
    },
  },
  lossLandscape: {
    empty: [
      {
        refused: () => chart.lossLandscape({ x: [], y: [], values: [] }),
        says: "lossLandscape: a grid of at least 2 by 2 points is needed, got 0 by 0.",
      },
      {
        refused: () => chart.lossLandscape((x) => x, { trajectories: { sgd: [] } }),
        says: "lossLandscape: the trajectory sgd has no point.",
      },
    ],
    "one point": [
      {
        refused: () => chart.lossLandscape({ x: [0], y: [0], values: [[1]] }),
        says: "lossLandscape: a grid of at least 2 by 2 points is needed, got 1 by 1.",
      },
      {
        chart: () => chart.lossLandscape(() => 1, { trajectories: [[0, 0]] }),
        says: "The loss over x from -1 to 1 and y from -1 to 1 lies between 1 and 1, lowest at x -1, y -1; trajectory goes from (0, 0) to (0, 0) in 0 steps.",
      },
    ],
    "not finite": [
      {
        refused: () => chart.lossLandscape(() => Number.NaN),
        says: "lossLandscape: no value of the loss is finite.",
      },
      {
        chart: () =>
          chart.lossLandscape((x, y) => Math.log(x + y), {
            log: true,
            trajectories: {
              a: [
                [0, 0],
                [Number.NaN, 1],
                [Number.POSITIVE_INFINITY, 2],
              ],
            },
          }),
        says: /^The loss over x from -1 to 1/,
      },
    ],
    "one class": noClasses,
    "1,000 classes": {
      chart: () =>
        chart.lossLandscape((x, y) => x * y, {
          trajectories: many((i) => [
            [0, 0],
            [i / 1000, 1],
          ]),
        }),
      says: /run 3 goes from \(0, 0\) to \(0.003, 1\) in 1 step and 996 more\.$/,
    },
    "1,000,000 points": {
      chart: () => {
        const axis = Array.from({ length: 1000 }, (_, i) => i);
        const values = axis.map((y) => axis.map((x) => Math.hypot(x - 500, y - 300)));
        return chart.lossLandscape(
          { x: axis, y: axis, values },
          { trajectories: Array.from(million, (y, i) => [i / 1000, y]) },
        );
      },
      says: /^The loss over x from 0 to 999 .* in 999,999 steps\.$/,
    },
    markup: {
      chart: () =>
        chart.lossLandscape((x) => x, {
          axes: [MARKUP, MARKUP],
          trajectories: {
            [MARKUP]: [
              [0, 0],
              [1, 1],
            ],
          },
        }),
      says: /^The loss over <script>/,
    },
  },
};
