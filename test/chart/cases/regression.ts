import { chart, data, model } from "../../../src/index.ts";
import type { Cases } from "./case.ts";

const houses = data.housePrices(120, { seed: 1 });
const fitted = model.linearRegression(houses.features, houses.target);
const guesses = fitted.predict(houses.features);
const name = "price (million)";

/** A line through a curve: the residuals bend. */
const curve = data.polynomial(150, { seed: 4 });
const line = model.linearRegression(curve.features, curve.target);

export const regression: Cases = {
  predictedActual: () => chart.predictedActual(guesses, houses.target, { name }),
  residuals: () => chart.residuals(guesses, houses.target, { name }),
  "residuals-bent": () => chart.residuals(line.predict(curve.features), curve.target, { name: "y" }),
  lossShape: () => chart.lossShape(["mse", "mae", "huber", "logCosh"]),
  "lossShape-quantile": () => chart.lossShape(["quantile", "smoothL1"], { quantile: 0.8 }),
  "lossShape-focal": () => chart.lossShape(["crossEntropy", "focal"]),
  "lossShape-margin": () => chart.lossShape(["hinge", "squaredHinge", "softMargin"]),
};
