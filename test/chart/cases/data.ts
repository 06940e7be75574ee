import { chart, data, loss, metric, model, random, stack, tensor } from "../../../src/index.ts";
import type { Cases } from "./case.ts";

const penguins = data.penguins({ missing: "drop" });
const [length, depth, flipper, mass] = [0, 1, 2, 3].map((column) => penguins.features.slice(null, column));
const digits = data.digits();
const iris = data.iris();

/** Cross-validated R² of a line on more and more houses, eight times over. */
const houses = data.housePrices(400, { seed: 1, noise: 0.3 });
const sizes = [10, 14, 20, 30, 50, 80, 120, 200];
const scores = (part: "train" | "test") =>
  Array.from({ length: 8 }, (_, seed) =>
    sizes.map((size) => {
      const { train, test } = data.split(houses, { seed });
      const few = train.features.slice([0, size]);
      const fitted = model.linearRegression(few, train.target.slice([0, size]));
      return part === "train"
        ? metric.r2(train.target.slice([0, size]), fitted.predict(few))
        : metric.r2(test.target, fitted.predict(test.features));
    }),
  );

const d = Array.from({ length: 121 }, (_, i) => -3 + i / 20);
const losses = {
  mse: d.map((x) => loss.mse(tensor(x), tensor(0)).item()),
  mae: d.map((x) => loss.mae(tensor(x), tensor(0)).item()),
  huber: d.map((x) => loss.huber(tensor(x), tensor(0)).item()),
  logCosh: d.map((x) => loss.logCosh(tensor(x), tensor(0)).item()),
};

const columns = ["petal length", "sepal length"] as const;
const byClass = (column: number) => [0, 1, 2].map((k) => iris.features.slice([50 * k, 50 * (k + 1)], column));
const means = Object.fromEntries(columns.map((name, i) => [name, byClass(2 - 2 * i).map((x) => x.mean().item())]));
const deviations = Object.fromEntries(columns.map((name, i) => [name, byClass(2 - 2 * i).map((x) => x.std().item())]));

/** Six images of 3 × 24 × 32: each colour rises along its own axis. */
const gradients = tensor(
  Array.from({ length: 6 }, (_, n) =>
    [0, 1, 2].map((c) =>
      Array.from({ length: 24 }, (_, y) => Array.from({ length: 32 }, (_, x) => [x / 31, y / 23, n / 5][(c + n) % 3]!)),
    ),
  ),
);

/** Four heads of self-attention, untrained, over tokens and their places. */
const tokens = ["the", "cat", "sat", "on", "the", "mat", "."];
const generator = random(3);
const words = generator.normal([5, 16]);
const spots = generator.normal([7, 16]);
const sentence = words.take(tensor([0, 1, 2, 3, 0, 4, 1], { dtype: "int32" })).add(spots);
const heads = stack(
  Array.from({ length: 4 }, () => {
    const [query, key] = [generator.normal([16, 8]), generator.normal([16, 8])];
    return sentence.matmul(query).matmul(sentence.matmul(key).transpose()).div(40).softmax(-1);
  }),
);

/** 20 points of y = 2x³ – x with noise, and the best polynomials of degree 1 to 9. */
const cubic = data.polynomial(20, { noise: 0.2, seed: 2, dtype: "float64" });
const bent = { x: cubic.features.reshape([20]), y: cubic.target };
const across = Array.from({ length: 101 }, (_, i) => -1 + i / 50);
const toPowers = (x: number, degree: number) => Array.from({ length: degree }, (_, k) => x ** (k + 1));
const polynomials = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map((degree) => {
    const fit = model.linearRegression(
      [...bent.x.data].map((x) => toPowers(x, degree)),
      bent.y,
    );
    return [degree, fit.predict(across.map((x) => toPowers(x, degree)))];
  }),
);

export const dataCharts: Cases = {
  histogram: () => chart.histogram(mass!, { xTitle: "body mass (g)", title: "342 penguins" }),
  "histogram-sets": () =>
    chart.histogram(
      Object.fromEntries(
        penguins.classNames!.map((name, k) => [
          name,
          Array.from(flipper!.data).filter((_, i) => penguins.target.data[i] === k),
        ]),
      ),
      { xTitle: "flipper length (mm)", density: true, title: "Three species" },
    ),
  scatter: () =>
    chart.scatter(
      { x: length!, y: depth!, label: penguins.target },
      {
        xTitle: "beak length (mm)",
        yTitle: "beak depth (mm)",
        classNames: penguins.classNames,
        title: "Palmer penguins",
      },
    ),
  "scatter-size": () =>
    chart.scatter(
      { x: length!, y: flipper!, label: penguins.target, size: mass! },
      {
        xTitle: "beak length (mm)",
        yTitle: "flipper length (mm)",
        sizeTitle: "body mass (g)",
        classNames: penguins.classNames,
      },
    ),
  line: () => chart.line({ x: d, y: losses }, { xTitle: "residual", yTitle: "loss", title: "Losses of regression" }),
  "line-choose": () =>
    chart.layer(
      chart.scatter(bent, { title: "A curve of degree 3 and polynomials", width: 480 }),
      chart.line({ x: across, y: polynomials }, { choose: "degree", chosen: 3, yRange: [-2, 2] }),
    ),
  "line-long": () => chart.line({ y: generator.normal([20_000]).cumsum(0) }, { xTitle: "step", yTitle: "random walk" }),
  bar: () =>
    chart.bar(
      { x: iris.classNames!, y: means, error: deviations },
      { yTitle: "length (cm)", title: "Irises: mean ± standard deviation" },
    ),
  "bar-alone": () => chart.bar({ x: iris.classNames!, y: means["petal length"]! }, { yTitle: "petal length (cm)" }),
  errorBars: () =>
    chart.errorBars(
      { x: sizes, y: { training: scores("train"), test: scores("test") } },
      { xTitle: "houses to learn from", yTitle: "R²", xScale: "log", title: "Learning curve, 8 seeds" },
    ),
  "errorBars-bars": () =>
    chart.errorBars({ x: sizes, y: scores("test") }, { style: "bars", error: "ci", xTitle: "houses", yTitle: "R²" }),
  imageGrid: () =>
    chart.imageGrid(digits.features.slice([0, 30]).reshape([30, 8, 8]), {
      captions: digits.target.slice([0, 30]),
      columns: 10,
      title: "Handwritten digits",
    }),
  "imageGrid-colour": () => chart.imageGrid(gradients, { title: "Red, green and blue", size: 64 }),
  embedding: () => chart.embedding(digits.features, digits.target, { title: "Handwritten digits" }),
  attention: () => chart.attention(heads, { queries: tokens, columns: 2 }),
  "attention-one": () => chart.attention(heads.slice(0), { queries: tokens, title: "One head" }),
};
