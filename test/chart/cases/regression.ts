import { chart, data, model } from "../../../src/index.ts";
import type { Cases } from "./case.ts";

const houses = data.housePrices(120, { seed: 1 });
const fitted = model.linearRegression(houses.features, houses.target);

export const regression: Cases = {
  predictedActual: () =>
    chart.predictedActual(fitted.predict(houses.features).data, houses.target.data, { name: "price (million)" }),
};
