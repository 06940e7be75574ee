/** The charts of the doc comments have the descriptions that stand below them there. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import type { Chart } from "../../src/chart/index.ts";
import { chart, optim, tensor } from "../../src/index.ts";

const SOURCES = resolve(import.meta.dirname, "../../src/chart");
const said = ["training", "regression", "model"]
  .flatMap((family) =>
    readdirSync(join(SOURCES, family)).map((file) => readFileSync(join(SOURCES, family, file), "utf8")),
  )
  .flatMap((text) => [...text.matchAll(/^ \* \/\/ "(.*)"$/gm)].map(([, description]) => description!));

const examples: readonly Chart[] = [
  chart.lossCurve({ train: [2.31, 0.6, 0.08], validation: [2.4, 0.7, 0.9] }),
  chart.lossCurve({ sgd: { train: [2, 1] }, adam: { train: [2, 0.5] } }, { log: true }),
  chart.metricCurve({ metrics: { accuracy: [0.5, 0.9, 0.8] } }),
  chart.learningRate(optim.schedule.warmup(0.1, { totalIters: 2, startFactor: 0.5 }), { steps: 4 }),
  chart.gradientNorms({ "0.weight": [1, 0.5], "2.weight": [2, 4] }),
  chart.weightHistogram({ weight: tensor([1, -1, 1, -1]), bias: tensor([0, 0]) }),
  chart.lossLandscape((x, y) => x ** 2 + 4 * y ** 2, {
    x: [-2, 2],
    y: [-1, 1],
    trajectories: {
      sgd: [
        [2, 1],
        [0, 0],
      ],
    },
  }),
  chart.residuals([1.8, 3.1, 0.9], [2, 3, 1.2], { name: "price (million)" }),
  chart.predictedActual([1.8, 3.1, 0.9], [2, 3, 1.2], { name: "price (million)" }),
  chart.lossShape(["mse", "huber"], { delta: 1 }),
  chart.coefficientPath({
    alphas: [1, 0.1],
    coefficients: [
      [0, 0],
      [2, -1],
    ],
  }),
  chart.validationCurve(
    {
      values: [1, 10],
      train: [
        [1, 0.8],
        [0.7, 0.7],
      ],
      validation: [
        [0.5, 0.7],
        [0.6, 0.8],
      ],
    },
    { name: "alpha" },
  ),
  chart.learningCurve({
    sizes: [10, 100],
    train: [
      [1, 1],
      [0.9, 0.9],
    ],
    validation: [
      [0.5, 0.7],
      [0.8, 0.8],
    ],
  }),
  chart.sweep(
    [
      { lr: 0.1, layers: 1, accuracy: 0.8 },
      { lr: 0.01, layers: 2, accuracy: 0.9 },
    ],
    { result: "accuracy", log: ["lr"] },
  ),
];

test("every description in a doc comment is that of its example", () => {
  expect(said.toSorted()).toEqual(examples.map(({ description }) => description).toSorted());
});
