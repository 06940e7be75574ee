import { chart, data, loss, metric, model, nn, optim, train } from "../../../src/index.ts";
import type { Cases } from "./case.ts";

const digits = data.split(data.digits(), { stratify: true, testSize: 0.5, seed: 1 });
const readers = model.logisticRegression(digits.train.features, digits.train.target, { C: 0.001 });
const read = readers.predict(digits.test.features);

/** Malignant or benign by two of thirty measures, so that there is something to get wrong. */
const cancer = data.split(data.breastCancer(), { stratify: true, testSize: 0.5, seed: 1 });
const narrow = (x: typeof cancer.train.features) => x.slice(null, [1, 2]);
const wide = (x: typeof cancer.train.features) => x.slice(null, [4, 6]);
const texture = model.logisticRegression(narrow(cancer.train.features), cancer.train.target);
const shape = model.logisticRegression(wide(cancer.train.features), cancer.train.target, { C: 100 });
const benign = {
  "mean texture": texture.predictProbability(narrow(cancer.test.features)).slice(null, 1),
  smoothness: shape.predictProbability(wide(cancer.test.features)).slice(null, 1),
};

const wine = data.split(data.wine(), { stratify: true, testSize: 0.5, seed: 1 });
const colour = model.logisticRegression(wine.train.features.slice(null, [0, 1]), wine.train.target);
const cultivars = colour.predictProbability(wine.test.features.slice(null, [0, 1]));

const penguins = data.penguins({ missing: "drop" });
const beaks = penguins.features.slice(null, [0, 2]);
const moons = data.moons(200, { noise: 0.2, seed: 1 });

export const classification: Cases = {
  confusionMatrix: () => chart.confusionMatrix(digits.test.target, read, { title: "Handwritten digits" }),
  "confusionMatrix-shares": () =>
    chart.confusionMatrix(
      metric.confusionMatrix(wine.test.target, colour.predict(wine.test.features.slice(null, [0, 1]))),
      {
        normalize: "true",
        classNames: data.wine().classNames,
      },
    ),
  rocCurve: () => chart.rocCurve(wine.test.target, cultivars, { classNames: data.wine().classNames }),
  "rocCurve-threshold": () => chart.rocCurve(cancer.test.target, benign, { threshold: 0.5 }),
  precisionRecall: () => chart.precisionRecall(cancer.test.target, benign, { threshold: 0.5 }),
  "precisionRecall-classes": () =>
    chart.precisionRecall(wine.test.target, cultivars, { classNames: data.wine().classNames }),
  calibration: () => chart.calibration(cancer.test.target, benign),
  decisionBoundary: () =>
    chart.decisionBoundary(model.logisticRegression(beaks, penguins.target), beaks, penguins.target, {
      gridResolution: 35,
      featureNames: ["beak length (mm)", "beak depth (mm)"],
      classNames: penguins.classNames,
    }),
  "decisionBoundary-network": async () => {
    const network = nn.sequential(nn.linear(2, 16), nn.tanh(), nn.linear(16, 2));
    const { params } = await train.fit(network, {
      data: moons,
      loss: loss.crossEntropy,
      optimizer: optim.adam({ lr: 0.05 }),
      epochs: 60,
      progress: false,
      // the same numbers on every processor
      compile: false,
    });
    return chart.decisionBoundary((x) => network.apply(params, x).softmax(-1), moons.features, moons.target, {
      gridResolution: 35,
      classNames: moons.classNames,
    });
  },
  classBalance: () => chart.classBalance(penguins.target, { classNames: penguins.classNames }),
  "classBalance-sets": () =>
    chart.classBalance({ training: digits.train.target, test: digits.test.target }, { title: "Handwritten digits" }),
};
