/** What the charts of models compute, against scikit-learn's rules and closed forms. */
import { describe, expect, test } from "vitest";
import { chart, data, model } from "../../src/index.ts";
import { findProblems } from "./validity.ts";

describe("coefficientPath", () => {
  test("is the path: ridge by its closed form xᵀy / (xᵀx + α)", () => {
    const path = model.ridgePath([[1], [-1], [2], [-2]], [3, -3, 6, -6], { alphas: [10, 1, 0] });
    const { numbers, rows } = chart.coefficientPath(path, { featureNames: ["slope"] });
    expect(numbers.alphas).toEqual([10, 1, 0]);
    numbers.coefficients["slope"]!.forEach((c, i) => {
      expect(c).toBeCloseTo(30 / (10 + [10, 1, 0][i]!), 10);
    });
    // a penalty of 0 has no place on a logarithmic axis
    expect(rows.map((row) => row["alpha"])).toEqual([10, 1]);
    expect(chart.coefficientPath(path, { log: false }).rows).toHaveLength(3);
  });

  test("the strongest penalty is on the left, and its features are counted", () => {
    const wine = data.wine();
    const path = model.lassoPath(wine.features, wine.target, { count: 10, tolerance: 1e-4 });
    const { numbers, spec } = chart.coefficientPath(path, { featureNames: wine.featureNames });
    expect(spec).toMatchObject({ encoding: { x: { scale: { type: "log", reverse: true } } } });
    expect(numbers.nonZero[0]).toBe(0);
    expect(Object.keys(numbers.coefficients)).toEqual([...wine.featureNames]);
  });

  test.each<[() => unknown, string]>([
    [
      () => chart.coefficientPath({ alphas: [1, 2, 3], coefficients: [[1], [2]] }),
      "coefficientPath: 3 penalties do not match 2 rows of coefficients.",
    ],
    [
      () => chart.coefficientPath({ alphas: [1], coefficients: [[1, 2]] }, { featureNames: ["a", "b", "c"] }),
      "coefficientPath: 3 names do not match 2 features.",
    ],
  ])("%# is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

describe("validationCurve", () => {
  // numpy: np.mean(s, axis=1) and np.std(s, axis=1), as in scikit-learn's ValidationCurveDisplay
  const scores = [
    [0.5, 0.7, 0.9],
    [0.8, 0.8, 0.8],
    [0.1, 0.2, 0.6],
  ];

  test("has NumPy's means and deviations over the folds, and the best value", () => {
    const { numbers, rows } = chart.validationCurve({ values: [1, 10, 100], train: scores, validation: scores });
    expect(numbers.validation!.mean.map((n) => n.toFixed(12))).toEqual([
      "0.700000000000",
      "0.800000000000",
      "0.300000000000",
    ]);
    expect(numbers.validation!.std[0]).toBeCloseTo(0.16329931618554522, 12);
    expect(numbers.validation!.std[2]).toBeCloseTo(0.21602468994692867, 12);
    expect(numbers.best).toMatchObject({ value: 10 });
    expect(rows).toHaveLength(6);
    expect(rows[0]!["low"]).toBeCloseTo(0.7 - 0.16329931618554522, 12);
  });

  test("on a logarithmic axis a band that reaches below 0 goes down to the lowest number that is drawn", async () => {
    const errors = [
      [0.5, 0.7],
      [0.1, 9],
      [0, 0],
    ];
    const { spec, rows } = chart.validationCurve(
      { values: [1, 2, 3], validation: errors },
      { yScale: "log", direction: "min" },
    );
    // numpy: means 0.6, 4.55 and 0, deviations 0.1, 4.45 and 0
    expect(rows.map(({ value, low }) => [value, Number(Number(low).toFixed(12))])).toEqual([
      [1, 0.5],
      [2, 0.1],
    ]);
    expect(await findProblems(spec)).toEqual([]);
    const wild = chart.learningCurve(
      {
        sizes: [1, 2],
        validation: [
          [0.5, 0.7],
          [0, 9],
        ],
      },
      { yScale: "log" },
    );
    // 4.5 ± 4.5
    expect(wild.rows.map(({ low }) => Number(Number(low).toFixed(12)))).toEqual([0.5, 0.5]);
    expect(await findProblems(wild.spec)).toEqual([]);
  });

  test("the best of an error is its lowest", () => {
    const { best } = chart.validationCurve({ values: [1, 10, 100], validation: scores }, { direction: "min" }).numbers;
    expect(best!.value).toBe(100);
  });

  test.each<[() => unknown, string]>([
    [
      () => chart.validationCurve({ values: [1, 2], validation: [1, 2, 3] }),
      "validationCurve: 2 values do not match 3 rows of scores.",
    ],
    [
      () => chart.validationCurve({ values: [0, 1], validation: [1, 2] }, { log: true }),
      "validationCurve: a value of 0 cannot be drawn on a logarithmic axis.",
    ],
    [
      () => chart.validationCurve({ values: [1], validation: [1] }, { direction: "up" as never }),
      'validationCurve: direction must be "min" or "max", got "up".',
    ],
    [() => chart.learningCurve({ sizes: [0], train: [1] }), "learningCurve: a size must be above 0, got 0."],
  ])("%# is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

test("learningCurve tells where it begins and ends, whatever the order of the sizes", () => {
  const { description } = chart.learningCurve({ sizes: [100, 10], train: [0.9, 1], validation: [0.8, 0.5] });
  expect(description).toBe(
    "Score against the number of rows, from 10 to 100: validation goes from 0.5 to 0.8, training from 1 to 0.9; at the end they are 0.1 apart.",
  );
});

describe("sweep", () => {
  const runs = [
    { lr: 0.001, optimizer: "sgd", fixed: 1, accuracy: 0.7 },
    { lr: 0.01, optimizer: "adam", fixed: 1, accuracy: 0.9 },
    { lr: 0.1, optimizer: "sgd", fixed: 1, accuracy: 0.6 },
  ];
  interface Place {
    readonly axis: string;
    readonly place: number;
    readonly value: unknown;
  }
  const placesOf = (spec: object) => (spec as { layer: { data: { values: Place[] } }[] }).layer[1]!.data.values;

  test("every axis runs from its lowest value to its highest, by the logarithm where it is told to", () => {
    const { spec, numbers, description } = chart.sweep(runs, { result: "accuracy", log: ["lr"] });
    const places = (axis: string) =>
      placesOf(spec)
        .filter((each) => each.axis === axis)
        .map(({ value, place }) => [value, place]);
    expect(new Map(places("lr") as [number, number][])).toEqual(
      new Map([
        [0.01, 0.5],
        [0.001, 0],
        [0.1, 1],
      ]),
    );
    // the best is drawn last, on top
    expect(places("accuracy")).toEqual([
      [0.6, 0],
      [0.7, 0.33333],
      [0.9, 1],
    ]);
    expect(new Map(places("optimizer") as [string, number][])).toEqual(
      new Map([
        ["adam", 0],
        ["sgd", 1],
      ]),
    );
    // what never varies has no axis
    expect(numbers.axes.map(({ name }) => name)).toEqual(["lr", "optimizer", "accuracy"]);
    expect(numbers.best).toBe(runs[1]);
    expect(description).toBe(
      "3 runs over lr and optimizer: accuracy is best, 0.9, with lr 0.01 and optimizer adam; the worst is 0.6.",
    );
  });

  test("the best of a loss is its lowest, and the slider keeps what is below it", () => {
    const { numbers, spec } = chart.sweep(runs, { result: "accuracy", direction: "min" });
    expect(numbers.best).toBe(runs[2]);
    expect(spec["params"]).toMatchObject([
      { name: "limit", value: 0.9, bind: { min: 0.6, max: 0.9, name: "accuracy at most " } },
    ]);
  });

  test.each<[() => unknown, string]>([
    [
      () => chart.sweep(runs, { result: "f1" }),
      "sweep: there is no column f1; there are lr, optimizer, fixed, accuracy.",
    ],
    [
      () =>
        chart.sweep(
          [
            { lr: 0, a: 1 },
            { lr: 1, a: 2 },
          ],
          { result: "a", log: ["lr"] },
        ),
      "sweep: lr has a value of 0, which a logarithmic axis cannot show.",
    ],
    [
      () => chart.sweep(runs, { result: "accuracy", direction: "up" as never }),
      'sweep: direction must be "min" or "max", got "up".',
    ],
  ])("%# is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});
