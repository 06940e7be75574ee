/** Data that slip past the types, from JSON or tables: one sentence with the value, before anything is drawn. */
import { describe, expect, test } from "vitest";
import { chart, tensor } from "../../src/index.ts";

/** As from `JSON.parse`. */
// biome-ignore lint/suspicious/noExplicitAny: that is what is tested
const any = (value: unknown): any => value;

describe("what is no number is refused", () => {
  test.each<[make: () => unknown, sentence: string]>([
    [() => chart.line({ y: any(["1", "2"]) }), "line: y must be numbers, got string 1 at 0."],
    [() => chart.line({ y: any([1, undefined]) }), "line: y must be numbers, got undefined at 1."],
    [() => chart.line({ y: any([1n]) }), "line: y must be numbers, got bigint 1 at 0."],
    [() => chart.line({ x: any([new Date(0)]), y: [1] }), "line: x must be numbers, got an object at 0."],
    [() => chart.line({ y: any([tensor(1)]) }), "line: y must be numbers, got a tensor of shape [] at 0."],
    [() => chart.scatter(any({ x: [1] })), "scatter: y must be numbers, got undefined."],
    [() => chart.histogram(any([true])), "histogram: values must be numbers, got boolean true at 0."],
    [() => chart.errorBars({ y: any([[1, null]]) }), "errorBars: runs must be numbers, got null at 1."],
    [() => chart.lossCurve({ train: any(["1"]) }), "lossCurve: losses must be numbers, got string 1 at 0."],
    [() => chart.rocCurve([0, 1], any(["a", "b"])), "rocCurve: scores must be numbers, got string a at 0."],
    [() => chart.predictedActual([1], any(["a"])), "predictedActual: truths must be numbers, got string a at 0."],
    [() => chart.confusionMatrix([0], any(undefined)), "confusionMatrix: predictions must be a list, got undefined."],
    [() => chart.confusionMatrix(any("ab"), ["a"]), "confusionMatrix: labels must be a list, got string ab."],
    [() => chart.lossCurve(any([1, 2, 3])), "lossCurve: an array of 3 where a history is needed."],
    [() => chart.attention(any([[1]])), "attention: weights must be a tensor: tensor(…) makes one."],
    [() => chart.imageGrid(any([[[1]]])), "imageGrid: images must be a tensor: tensor(…) makes one."],
  ])("%s", (make, sentence) => {
    expect(make).toThrow(new TypeError(sentence));
  });
});

describe("a size that nothing can be drawn in is refused", () => {
  const curve = chart.lossCurve({ train: [2, 1] });

  test.each<[make: () => unknown, sentence: string]>([
    [() => chart.lossCurve({ train: [2, 1] }, { width: -5 }), "chart: width must be above 0, got -5."],
    [() => curve.with({ height: Number.NaN }), "chart: height must be above 0, got NaN."],
    [() => chart.row(curve, curve).with({ width: 0 }), "chart: width must be above 0, got 0."],
    [() => chart.residuals([1], [2], { height: -1 }), "chart: height must be above 0, got -1."],
    [() => chart.attention(tensor([[[1]]]), { width: -1 }), "chart: width must be above 0, got -1."],
  ])("%s", (make, sentence) => {
    expect(make).toThrow(new RangeError(sentence));
  });
});

describe("what is odd is drawn, and said as it is", () => {
  test.each<[made: () => chart.Chart, description: string]>([
    [() => chart.histogram([5, 5]), "2 values from 5 to 5 in 1 bin: mean 5, median 5."],
    [
      () => chart.histogram([-1.7e308, 1.7e308], { bins: 2 }),
      "2 values from -1.70e+308 to 1.70e+308 in 2 bins: mean 0, median 0.",
    ],
    [() => chart.learningRate(() => Number.NaN, { steps: 3 }), "The learning rate is not a number at any of 3 steps."],
  ])("%s", (make, description) => {
    expect(String(make())).toBe(description);
  });

  test("on a logarithmic axis a band that reaches below 0 goes down to the lowest number that is drawn", () => {
    const made = chart.errorBars(
      {
        y: [
          [1, 0.1],
          [0.01, 0.2],
          [-0.02, 0.6],
        ],
      },
      { yScale: "log" },
    );
    expect(made.rows.map(({ mean }) => mean)).toEqual([expect.closeTo(0.33, 12), expect.closeTo(0.3, 12)]);
    expect(made.rows[0]!["low"]).toBe(made.rows[1]!["low"]);
  });
});
