/** What a cell's author is told about a wrong call of a chart: one problem that names what is wrong, not a list of signatures. */
import { resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import * as chart from "../../src/chart/index.ts";
import { openNotebook } from "../language/notebook.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const { check, close } = openNotebook({}, { library: [resolve(ROOT, "dist/src/notebook.d.ts")] });
afterAll(close);

/** The data that each chart takes, and data that it does not. */
const CALLS: Readonly<Record<string, readonly [data: string, wrong: string]>> = {
  lossCurve: ["{ train: [1] }", "{ loss: [1] }"],
  metricCurve: ["{ metrics: { f1: [1] } }", "{ f1: 1 }"],
  learningRate: ["optim.schedule.cosine(0.1, { tMax: 9 })", "0.1"],
  gradientNorms: ["{ weight: [1, 2] }", "3"],
  weightHistogram: ["[1, 2]", "true"],
  lossLandscape: ["(x, y) => x + y", "{ x: [1] }"],
  confusionMatrix: ["[0, 1], [1, 1]", "3, 4"],
  rocCurve: ["[0, 1], [0.2, 0.9]", "[0, 1], true"],
  precisionRecall: ["[0, 1], [0.2, 0.9]", "[0, 1], 3"],
  calibration: ["[0, 1], [0.2, 0.9]", "[0, 1]"],
  decisionBoundary: ["(x) => x.softmax(-1), [[0, 1], [1, 0]], [0, 1]", "3, [[0, 1], [1, 0]], [0, 1]"],
  classBalance: ["[0, 1]", "3"],
  residuals: ["[1], [2]", '["a"], [2]'],
  predictedActual: ["[1], [2]", "[1], null"],
  lossShape: ['"mse"', '"mes"'],
  histogram: ["[1, 2]", '["a"]'],
  scatter: ["{ x: [1], y: [2] }", "{ x: [1] }"],
  line: ["{ y: [1, 2] }", "{ x: [1, 2] }"],
  bar: ['{ x: ["a"], y: [1] }', '{ x: ["a"], y: ["b"] }'],
  errorBars: ["{ y: [[1, 2]] }", "{ y: 3 }"],
  imageGrid: ["tensor.zeros([1, 2, 2])", "[[1]]"],
  embedding: ["[[1, 2]], [0]", "3"],
  attention: ["tensor.zeros([2, 2])", "[[1]]"],
  coefficientPath: ["{ alphas: [1], coefficients: [[1]] }", "{ alphas: [1] }"],
  validationCurve: ["{ values: [1], train: [1] }", "{ train: [1] }"],
  learningCurve: ["{ sizes: [1], train: [1] }", "{ sizes: 1 }"],
  sweep: ['[{ lr: 1 }], { result: "lr" }', '[{ lr: [1] }], { result: "lr" }'],
  table: ["[{ a: 1 }]", "[{ a: [1] }]"],
};

test("every chart is here", () => {
  const others = ["layer", "row", "column"];
  const functions = Object.entries(chart).filter(([name, each]) => typeof each === "function" && /^[a-z]/.test(name));
  expect(
    functions
      .map(([name]) => name)
      .filter((name) => !others.includes(name))
      .sort(),
  ).toEqual(Object.keys(CALLS).sort());
});

const ways = [
  ...Object.entries(CALLS),
  ["confusionMatrix", ["metric.confusionMatrix([0, 1], [1, 1])", "metric.confusionMatrix([0], [0]), [0]"]] as const,
];

describe.each(ways)("chart.%s", (name, [data, wrong]) => {
  /** Options that are given already take one more. */
  const withOption = (option: string) =>
    /\}$/.test(data) && data.includes("result:") ? data.replace(/ \}$/, `, ${option} }`) : `${data}, { ${option} }`;

  test("takes its data, and a title", async () => {
    expect(await check(`chart.${name}(${withOption('title: "mine"')})`)).toEqual([]);
  });

  test("an option that it does not have is named", async () => {
    const problems = await check(`chart.${name}(${withOption("colour: 1")})`);
    expect(problems).toEqual([expect.stringMatching(/error TS2353: .*'colour' does not exist in type '.*Options/)]);
  });

  test("what is said of data that it does not take is no list of signatures", async () => {
    const problems = await check(`chart.${name}(${wrong})`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toMatch(/TS2769|overload/);
  });
});
