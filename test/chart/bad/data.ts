import { chart, tensor, zeros } from "../../../src/index.ts";
import { type BadCases, MARKUP } from "./case.ts";

const MILLION = 1_000_000;
const numbers = Float64Array.from({ length: MILLION }, (_, i) => Math.sin(i / 5000) + ((i * 7919) % 1000) / 1000);
const labels = Int32Array.from({ length: MILLION }, (_, i) => i % 3);
const thousand = Array.from({ length: 1000 }, (_, k) => k);
const named = (make: (k: number) => number[]) => Object.fromEntries(thousand.map((k) => [`series ${k}`, make(k)]));
const NOT = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

export const data: BadCases = {
  histogram: {
    empty: [
      { refused: () => chart.histogram([]), says: "histogram: at least one value is needed, got none." },
      { refused: () => chart.histogram({}), says: "histogram: at least one value is needed, got none." },
      {
        chart: () => chart.histogram({ some: [1, 2], none: [] }, { density: true }),
        says: "2 values from 1 to 2 in 1 bin: some, mean 1.5, median 1.5; none, no values.",
      },
    ],
    "one point": { chart: () => chart.histogram([5]), says: "1 value from 5 to 5 in 1 bin: mean 5, median 5." },
    "not finite": [
      {
        chart: () => chart.histogram([1, 2, ...NOT], { bins: 2 }),
        says: "2 values from 1 to 2 in 2 bins: mean 1.5, median 1.5. 3 values that are not finite are left out.",
      },
      { refused: () => chart.histogram(NOT), says: "histogram: nothing can be drawn of 3 values." },
      {
        refused: () => chart.histogram([1], { bins: Number.NaN }),
        says: "histogram: bins must be a whole number from 1 to 500 or one of auto, fd, scott, rice, sturges, sqrt, got NaN.",
      },
    ],
    "one class": { chart: () => chart.histogram({ only: [1, 1, 1] }), says: /^3 values from 1 to 1 in 1 bin: / },
    "1,000 classes": {
      refused: () => chart.histogram(named((k) => [k, k + 1])),
      says: "histogram: 1,000 sets where at most 20 can be told apart.",
    },
    "1,000,000 points": { chart: () => chart.histogram(numbers), says: /^1,000,000 values from -1 to 2 in \d+ bins: / },
    markup: {
      chart: () => chart.histogram({ [MARKUP]: [1, 2, 3], b: [1] }, { xTitle: MARKUP, title: MARKUP }),
      says: /^4 values from 1 to 3 in \d bins: <script>/,
    },
  },
  scatter: {
    empty: { refused: () => chart.scatter({ x: [], y: [] }), says: "scatter: at least one point is needed, got none." },
    "one point": { chart: () => chart.scatter({ x: [1], y: [2] }), says: "1 point." },
    "not finite": [
      {
        chart: () => chart.scatter({ x: [1, 2, 3, ...NOT], y: [1, 3, Number.NaN, 0, 0, 0] }),
        says: "2 points; x and y correlate with 1. 4 that cannot be drawn are left out.",
      },
      {
        refused: () => chart.scatter({ x: NOT, y: NOT, size: NOT, label: NOT }),
        says: "scatter: nothing can be drawn of 3 points.",
      },
      {
        chart: () =>
          chart.scatter({ x: [0, 1, 10], y: [-1, 1, 2], size: [-1, 1, 2] }, { xScale: "log", yScale: "log" }),
        says: /^2 points; .* 1 that cannot be drawn is left out\.$/,
      },
    ],
    "one class": {
      chart: () => chart.scatter({ x: [1, 2], y: [2, 1], label: ["a", "a"] }),
      says: "2 points of 1 class; x and y correlate with -1.",
    },
    "1,000 classes": {
      chart: () => chart.scatter({ x: thousand, y: thousand, label: thousand }),
      says: "1,000 points of 1,000 classes; x and y correlate with 1.",
    },
    "1,000,000 points": {
      chart: () => chart.scatter({ x: numbers, y: numbers.map((n) => -n), label: labels }),
      says: "1,000,000 points of 3 classes; x and y correlate with -1. One of 500 is drawn.",
    },
    markup: {
      chart: () =>
        chart.scatter(
          { x: [1, 2], y: [1, 2], label: [MARKUP, "b"], size: [1, 2] },
          { xTitle: MARKUP, yTitle: MARKUP, sizeTitle: MARKUP, title: MARKUP },
        ),
      says: /^2 points of 2 classes; <script>/,
    },
  },
  line: {
    empty: [
      { refused: () => chart.line({ y: [] }), says: "line: at least one point is needed, got none." },
      { refused: () => chart.line({ y: {} }), says: "line: at least one point is needed, got none." },
    ],
    "one point": { chart: () => chart.line({ y: [3] }), says: "1 point: y goes from 3 to 3, between 3 and 3." },
    "not finite": [
      {
        chart: () => chart.line({ x: [0, Number.NaN, 2, 3], y: [1, 2, Number.POSITIVE_INFINITY, 4] }),
        says: "4 points: y goes from 1 to 4, between 1 and 4.",
      },
      { refused: () => chart.line({ y: NOT }), says: "line: nothing can be drawn of 3 points." },
      {
        chart: () => chart.line({ y: { a: [1, 2], b: NOT } }),
        says: "2 lines: a goes from 1 to 2, between 1 and 2; b has no finite value.",
      },
      {
        chart: () => chart.line({ y: [-1, 0, 1, 10] }, { xScale: "log", yScale: "log" }),
        says: "4 points: y goes from -1 to 10, between -1 and 10.",
      },
    ],
    "one class": {
      chart: () => chart.line({ y: { only: [1, 2] } }),
      says: "2 points: y goes from 1 to 2, between 1 and 2.",
    },
    "1,000 classes": {
      chart: () => chart.line({ y: named((k) => [k, k + 1, k]) }),
      says: /^1,000 lines: series 0 goes from 0 to 0, between 0 and 1; .*; and 996 more\.$/,
    },
    "1,000,000 points": { chart: () => chart.line({ y: numbers }), says: /^1,000,000 points: y goes from 0 to / },
    markup: {
      chart: () =>
        chart.line({ y: { [MARKUP]: [1, 2], b: [2, 1] } }, { xTitle: MARKUP, yTitle: MARKUP, title: MARKUP }),
      says: /^2 lines: <script>/,
    },
  },
  bar: {
    empty: [
      { refused: () => chart.bar({ x: [], y: [] }), says: "bar: at least one bar is needed, got none." },
      { refused: () => chart.bar({ x: ["a"], y: {} }), says: "bar: at least one bar is needed, got none." },
    ],
    "one point": { chart: () => chart.bar({ x: ["a"], y: [-2] }), says: "1 bar: value is -2 (a)." },
    "not finite": [
      {
        chart: () => chart.bar({ x: ["a", "b"], y: [1, Number.NaN], error: [Number.POSITIVE_INFINITY, 1] }),
        says: "2 bars: value is 1 (a). 1 of them is not finite and left out.",
      },
      { refused: () => chart.bar({ x: ["a", "b", "c"], y: NOT }), says: "bar: nothing can be drawn of 3 bars." },
    ],
    "one class": { chart: () => chart.bar({ x: ["a"], y: { only: [1] } }), says: "1 bar: value is 1 (a)." },
    "1,000 classes": {
      chart: () => chart.bar({ x: thousand, y: thousand }),
      says: "1,000 bars: value runs from 0 (0) to 999 (999).",
    },
    "1,000,000 points": {
      refused: () => chart.bar({ x: labels, y: numbers }),
      says: "bar: 1000000 bars where at most 1000 can be told apart.",
    },
    markup: {
      chart: () =>
        chart.bar(
          { x: [MARKUP, "b"], y: { [MARKUP]: [1, 2], c: [3, 4] } },
          { xTitle: MARKUP, yTitle: MARKUP, title: MARKUP },
        ),
      says: /^4 bars: <script>/,
    },
  },
  errorBars: {
    empty: [
      { refused: () => chart.errorBars({ y: [] }), says: "errorBars: at least one run is needed, got none." },
      { refused: () => chart.errorBars({ y: {} }), says: "errorBars: at least one run is needed, got none." },
    ],
    "one point": {
      chart: () => chart.errorBars({ y: [[2]] }, { style: "both" }),
      says: "Mean ± standard deviation of 1 run: y ends at 2 ± 0.",
    },
    "not finite": [
      {
        chart: () =>
          chart.errorBars({
            x: [1, Number.NaN],
            y: [
              [1, 2],
              [3, Number.NaN],
            ],
          }),
        says: "Mean ± standard deviation of 2 runs: y ends at 2 ± 0.",
      },
      {
        refused: () => chart.errorBars({ x: [-1, 0, 1], y: [NOT, NOT] }),
        says: "errorBars: nothing can be drawn of 3 points.",
      },
      {
        chart: () =>
          chart.errorBars(
            {
              x: [0, 1, 2],
              y: [
                [1, 1, 1],
                [9, 2, 3],
              ],
            },
            { xScale: "log", yScale: "log", error: "range" },
          ),
        says: "Mean and range of 2 runs: y ends at 2 (1 to 3).",
      },
    ],
    "one class": {
      chart: () =>
        chart.errorBars(
          {
            y: {
              only: [
                [1, 2],
                [3, 4],
              ],
            },
          },
          { error: "sem" },
        ),
      says: "Mean ± standard error of 2 runs: only ends at 3 ± 1.",
    },
    "1,000 classes": {
      chart: () =>
        chart.errorBars({
          y: Object.fromEntries(
            thousand.map((k) => [
              `series ${k}`,
              [
                [k, k],
                [k, k + 1],
              ],
            ]),
          ),
        }),
      says: /^Mean ± standard deviation of 2 runs: series 0 ends at 0.5 ± 0.707; .*; and 996 more\.$/,
    },
    "1,000,000 points": {
      chart: () => chart.errorBars({ y: tensor(numbers).reshape([4, MILLION / 4]) }),
      says: /^Mean ± standard deviation of 4 runs: y ends at /,
    },
    markup: {
      chart: () =>
        chart.errorBars({ y: { [MARKUP]: [[1, 2]], b: [[2, 1]] } }, { xTitle: MARKUP, yTitle: MARKUP, title: MARKUP }),
      says: /^Mean ± standard deviation of 1 run: <script>/,
    },
  },
  imageGrid: {
    empty: {
      refused: () => chart.imageGrid(zeros([0, 8, 8])),
      says: "imageGrid: images of shape [0, 8, 8] hold no pixel.",
    },
    "one point": {
      chart: () => chart.imageGrid(zeros([1, 1, 1])),
      says: "1 image of 1 × 1 pixels, grey from -0.5 to 0.5.",
    },
    "not finite": [
      {
        chart: () =>
          chart.imageGrid(
            tensor([
              [
                [0, 1],
                [Number.NaN, Number.POSITIVE_INFINITY],
              ],
            ]),
          ),
        says: "1 image of 2 × 2 pixels, grey from 0 to 1. 50% of the values lie outside.",
      },
      {
        chart: () => chart.imageGrid(tensor([[[Number.NaN]]])),
        says: "1 image of 1 × 1 pixels, grey from 0 to 1. 100% of the values lie outside.",
      },
      {
        refused: () => chart.imageGrid(zeros([1, 2, 2]), { range: [0, Number.NaN] }),
        says: "imageGrid: range must rise, got [0, NaN].",
      },
    ],
    "one class": {
      chart: () => chart.imageGrid(zeros([2, 3, 4, 4]), { captions: ["a", "a"] }),
      says: "2 images of 4 × 4 pixels, in colour from 0 to 1.",
    },
    "1,000 classes": {
      chart: () => chart.imageGrid(zeros([1000, 3, 5]), { captions: thousand }),
      says: "1,000 images of 5 × 3 pixels, grey from -0.5 to 0.5. The first 100 are shown.",
    },
    "1,000,000 points": {
      // noise, which no compression makes smaller
      chart: () => chart.imageGrid(tensor(numbers.map((n) => (n * 1e6) % 1)).reshape([100, 100, 100])),
      says: /^100 images of 100 × 100 pixels, grey from /,
    },
    markup: {
      chart: () => chart.imageGrid(zeros([1, 2, 2]), { captions: [MARKUP], title: MARKUP }),
      says: "1 image of 2 × 2 pixels, grey from -0.5 to 0.5.",
    },
  },
  embedding: {
    empty: {
      refused: () => chart.embedding(zeros([0, 3])),
      says: "embedding: at least one point is needed, got none.",
    },
    "one point": {
      chart: () => chart.embedding([[1, 2, 3]]),
      says: "1 point along two principal components, which hold 0% and 0% of the variance.",
    },
    "not finite": [
      {
        chart: () =>
          chart.embedding([
            [1, 2, 3],
            [2, 3, 5],
            [Number.NaN, 0, 0],
            [Number.POSITIVE_INFINITY, 1, 1],
          ]),
        says: "2 points along two principal components, which hold 100% and 0% of the variance. 2 that cannot be drawn are left out.",
      },
      {
        refused: () => chart.embedding([NOT], ["a"]),
        says: "embedding: nothing can be drawn of 1 point.",
      },
      {
        chart: () =>
          chart.embedding([
            [Number.NaN, 1],
            [1, 2],
          ]),
        says: "1 point in two dimensions. 1 that cannot be drawn is left out.",
      },
    ],
    "one class": {
      chart: () =>
        chart.embedding(
          [
            [1, 2],
            [2, 1],
          ],
          [0, 0],
        ),
      says: "2 points of 1 class in two dimensions.",
    },
    "1,000 classes": {
      chart: () =>
        chart.embedding(
          thousand.map((k) => [k, k % 7, k % 3]),
          thousand,
        ),
      says: /^1,000 points of 1,000 classes along two principal components/,
    },
    "1,000,000 points": {
      chart: () => chart.embedding(tensor(numbers).reshape([MILLION / 4, 4]), labels.subarray(0, MILLION / 4)),
      says: /^250,000 points of 3 classes along .* One of 125 is drawn\.$/,
    },
    markup: {
      chart: () =>
        chart.embedding(
          [
            [1, 2],
            [2, 1],
          ],
          [MARKUP, "b"],
          { featureNames: [MARKUP, MARKUP], title: MARKUP },
        ),
      says: "2 points of 2 classes in two dimensions.",
    },
  },
  attention: {
    empty: {
      refused: () => chart.attention(zeros([0, 4])),
      says: "attention: weights of shape [0, 4] hold no weight.",
    },
    "one point": {
      chart: () => chart.attention(tensor([[1]])),
      says: "Attention of 1 query to 1 key: the largest weight of a query is 1 on average.",
    },
    "not finite": {
      chart: () =>
        chart.attention(
          tensor([
            [Number.NaN, 1],
            [Number.POSITIVE_INFINITY, 0],
          ]),
        ),
      says: /^Attention of 2 queries to 2 keys: /,
    },
    "one class": {
      chart: () => chart.attention(zeros([1, 2, 2]), { queries: ["a", "a"] }),
      says: "Attention of 2 queries to 2 keys: the largest weight of a query is 0 on average.",
    },
    "1,000 classes": {
      chart: () => chart.attention(zeros([1000, 5]), { queries: thousand.map(String) }),
      says: /^Attention of 1,000 queries to 5 keys: .* Drawn in blocks of 15 × 1\.$/,
    },
    "1,000,000 points": {
      chart: () => chart.attention(tensor(numbers).reshape([4, 500, 500])),
      says: /^Attention of 4 heads, 500 queries to 500 keys: .* Drawn in blocks of 15 × 15\.$/,
    },
    markup: {
      chart: () =>
        chart.attention(zeros([2, 1, 2]), {
          queries: [MARKUP],
          keys: [MARKUP, MARKUP],
          headNames: [MARKUP, "b"],
          title: MARKUP,
        }),
      says: /^Attention of 2 heads, 1 query to 2 keys: /,
    },
  },
};
