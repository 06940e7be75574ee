import { chart, data, model } from "../../../src/index.ts";
import type { Cases } from "./case.ts";
import { regression } from "./regression.ts";
import { training } from "./training.ts";

const curve = async () => training["lossCurve"]!();
const points = async () => regression["predictedActual"]!();

/** Penguins, and the line through them. */
const penguins = data.penguins({ missing: "drop" });
const [flipper, mass] = [2, 3].map((column) => penguins.features.slice(null, column)) as [Column, Column];
const trend = model.linearRegression(flipper.reshape([-1, 1]), mass);
const titles = { xTitle: "flipper length (mm)", yTitle: "body mass (g)" };
type Column = typeof penguins.target;

export const composition: Cases = {
  row: async () => chart.row(await curve(), await points()),
  "row-sliders": async () => chart.row(await regression["lossShape"]!(), await regression["lossShape-focal"]!()),
  column: async () => chart.column(await curve(), await training["learningRate-history"]!()),
  layer: () =>
    chart.layer(
      chart.scatter(
        { x: flipper, y: mass, label: penguins.target },
        { ...titles, classNames: penguins.classNames, title: "Palmer penguins" },
      ),
      chart.line({ x: [172, 231], y: trend.predict([[172], [231]]) }, titles),
    ),
};
