import { chart, data, metric, model, type Tensor } from "../../../src/index.ts";
import type { Cases } from "./case.ts";

const wine = data.wine();
const features = data.standardize(wine.features).apply(wine.features);
/** How much alcohol a wine has, by everything else that was measured of it. */
const alcohol = wine.features.slice(null, 0);
const others = features.slice(null, [1]);
const names = wine.featureNames.slice(1);

/** Scores of training and test part, fold by fold. */
function score(set: typeof cancer, learn: (x: Tensor, y: Tensor) => { score(x: Tensor, y: Tensor): number }) {
  const parts = data.kFold(set, { folds: 5, stratify: true, seed: 1 }).map(({ train, test }) => {
    const scaler = data.standardize(train.features);
    const [x, unseen] = [scaler.apply(train.features), scaler.apply(test.features)];
    const fitted = learn(x, train.target);
    return [fitted.score(x, train.target), fitted.score(unseen, test.target)] as const;
  });
  return { train: parts.map(([seen]) => seen), validation: parts.map(([, unseen]) => unseen) };
}

const cancer = data.breastCancer();
const C = Array.from({ length: 11 }, (_, i) => 10 ** (-4 + 0.8 * i));

/** A polynomial by ridge regression, for a sweep: degree, strength and kind of the penalty. */
function sweep() {
  const { train, test } = data.split(data.polynomial(60, { seed: 2 }), { testSize: 0.5, seed: 1 });
  const power = (x: Tensor, degree: number) =>
    Array.from(x.data, (value) => Array.from({ length: degree }, (_, k) => value ** (k + 1)));
  return [1, 2, 3, 5, 8].flatMap((degree) =>
    [1e-6, 1e-4, 1e-2, 1, 100].flatMap((alpha) =>
      ["ridge", "lasso"].map((penalty) => {
        const fitted =
          penalty === "ridge"
            ? model.ridge(power(train.features, degree), train.target, { alpha })
            : model.lasso(power(train.features, degree), train.target, { alpha, tolerance: 1e-4 });
        const rmse = metric.rmse(test.target, fitted.predict(power(test.features, degree)));
        return { degree, penalty, alpha, rmse };
      }),
    ),
  );
}

export const modelCharts: Cases = {
  coefficientPath: () =>
    chart.coefficientPath(model.lassoPath(others, alcohol), {
      featureNames: names,
      title: "Lasso: what alcohol goes with",
    }),
  "coefficientPath-ridge": () => chart.coefficientPath(model.ridgePath(others, alcohol), { featureNames: names }),
  validationCurve: () => {
    const scores = C.map((c) => score(cancer, (x, y) => model.logisticRegression(x, y, { C: c })));
    return chart.validationCurve(
      { values: C, train: scores.map(({ train }) => train), validation: scores.map(({ validation }) => validation) },
      { name: "C", score: "accuracy", log: true },
    );
  },
  learningCurve: () => {
    const sizes = [20, 40, 80, 160, 320];
    const scores = sizes.map((size) =>
      score(cancer, (x, y) => {
        const [some, labels] = [x.slice([0, size]), y.slice([0, size])];
        const fitted = model.logisticRegression(some, labels);
        // the score of training is that of the rows trained on
        return { score: (a, b) => (a === x ? fitted.score(some, labels) : fitted.score(a, b)) };
      }),
    );
    return chart.learningCurve(
      { sizes, train: scores.map(({ train }) => train), validation: scores.map(({ validation }) => validation) },
      { score: "accuracy" },
    );
  },
  sweep: () => chart.sweep(sweep(), { result: "rmse", log: ["alpha"], direction: "min" }),
};
