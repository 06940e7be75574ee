import { chart } from "../../../src/index.ts";
import type { Cases } from "./case.ts";
import { regression } from "./regression.ts";
import { training } from "./training.ts";

const curve = async () => training["lossCurve"]!();
const points = async () => regression["predictedActual"]!();

export const composition: Cases = {
  row: async () => chart.row(await curve(), await points()),
  "row-sliders": async () => chart.row(await regression["lossShape"]!(), await regression["lossShape-focal"]!()),
  column: async () => chart.column(await curve(), await training["learningRate-history"]!()),
  layer: async () => chart.layer(await points(), chart.predictedActual([1, 3], [1, 3])),
};
