/** The numbers of the charts of classification are scikit-learn's, and their controls do what they say. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { chart, data, metric, model, tensor } from "../../src/index.ts";
import { run } from "./run.ts";

interface Case {
  readonly name: string;
  readonly function: string;
  readonly arguments: readonly { shape: number[]; dtype: string; data: number[] }[];
  readonly options: Record<string, unknown>;
  readonly value: unknown;
}

const { cases } = JSON.parse(readFileSync(resolve(import.meta.dirname, "../golden/metric.json"), "utf8")) as {
  cases: Case[];
};
/** Cases of a metric with these options only, whose target has two classes or more. */
const find = (name: string, ...options: string[]) =>
  cases
    .filter((c) => c.function === name && new Set(c.arguments[0]!.data).size > 1)
    .filter((c) => Object.keys(c.options).every((key) => options.includes(key)))
    .map((c) => [c.name, c] as const);
const toNumbers = (value: unknown) =>
  ((value as { data?: (number | string)[] }).data ?? (value as (number | string)[])).map((each) =>
    each === "Infinity" ? Number.POSITIVE_INFINITY : Number(each),
  );
const weightsOf = ({ options }: Case) =>
  options["sampleWeight"] ? { sampleWeight: (options["sampleWeight"] as { data: number[] }).data } : {};
const toMatrix = ({ shape, data: flat }: Case["arguments"][number]) =>
  shape.length === 1
    ? flat
    : Array.from({ length: shape[0]! }, (_, i) => flat.slice(i * shape[1]!, (i + 1) * shape[1]!));

function expectClose(got: readonly number[], want: readonly number[]): void {
  expect(got).toHaveLength(want.length);
  got.forEach((value, i) => {
    if (Number.isFinite(want[i])) expect(value).toBeCloseTo(want[i]!, 12);
    else expect(value).toBe(want[i]);
  });
}

describe("rocCurve", () => {
  test.each(find("rocCurve", "sampleWeight"))("scikit-learn's roc_curve: %s", (_, c) => {
    const { numbers, rows } = chart.rocCurve(c.arguments[0]!.data, c.arguments[1]!.data, weightsOf(c));
    const want = c.value as Record<string, unknown>;
    expectClose(numbers[0]!.falsePositiveRate, toNumbers(want["falsePositiveRate"]));
    expectClose(numbers[0]!.truePositiveRate, toNumbers(want["truePositiveRate"]));
    expectClose(numbers[0]!.thresholds, toNumbers(want["thresholds"]));
    // and that is what is drawn
    expectClose(
      rows.map((row) => row["truePositiveRate"] as number),
      toNumbers(want["truePositiveRate"]),
    );
    expect(rows[0]!["threshold"]).toBe(null);
  });

  test.each(find("rocAuc", "sampleWeight").filter(([, c]) => c.arguments[1]!.shape.length === 1))(
    "scikit-learn's roc_auc_score: %s",
    (_, c) => {
      const { numbers } = chart.rocCurve(c.arguments[0]!.data, c.arguments[1]!.data, weightsOf(c));
      expect(numbers[0]!.auc).toBeCloseTo(c.value as number, 12);
    },
  );

  test("one class against the rest", () => {
    const [, c] = find("rocAuc", "multiClass", "average").find(([name]) => name === "four classes, ovr, none")!;
    const { numbers, description } = chart.rocCurve(c.arguments[0]!.data, toMatrix(c.arguments[1]!) as number[][]);
    expectClose(
      numbers.map(({ auc }) => auc),
      toNumbers(c.value),
    );
    expect(numbers.map(({ name }) => name)).toEqual(["0", "1", "2", "3"]);
    expect(description).toMatch(/^The areas under 4 ROC curves are /);
  });

  test("the slider marks the point of its threshold on every curve", async () => {
    // by hand: at 0.5 the positives 0.8 and 0.55 of three, the negative 0.6 of three
    const [truth, scores] = [
      [0, 1, 1, 0, 0, 1],
      [0.1, 0.8, 0.55, 0.6, 0.2, 0.3],
    ];
    const made = chart.rocCurve(truth, { model: scores, coin: [0.9, 0.9, 0.9, 0.9, 0.9, 0.9] }, { threshold: 0.5 });
    const view = await run(made.spec);
    const points = () =>
      view.rows("point").map((row) => [row["curve"], row["falsePositiveRate"], row["truePositiveRate"], row["at"]]);
    const third = expect.closeTo(1 / 3, 12);
    expect(points()).toEqual([
      ["model: AUC 0.778", third, expect.closeTo(2 / 3, 12), "0.55"],
      ["coin: AUC 0.500", 1, 1, "0.9"],
    ]);
    await view.set("threshold", 0.7);
    expect(points()[0]).toEqual(["model: AUC 0.778", 0, third, "0.8"]);
    await view.set("threshold", 0.95);
    expect(points()).toEqual([
      ["model: AUC 0.778", 0, 0, "∞"],
      ["coin: AUC 0.500", 0, 0, "∞"],
    ]);
  });

  test.each<[string, () => unknown, string]>([
    [
      "rows",
      () =>
        chart.rocCurve(
          [0, 1, 2],
          [
            [1, 0],
            [0, 1],
          ],
        ),
      "rocCurve: 3 labels do not match 2 rows of scores.",
    ],
    ["lengths", () => chart.rocCurve([0, 1, 1], [1, 0]), "rocCurve: 3 labels do not match 2 scores."],
    ["classes", () => chart.rocCurve([0, 1, 2], [1, 0, 1]), "rocCurve: 3 classes (0, 1, 2) where 2 are needed."],
    [
      "names",
      () =>
        chart.rocCurve(
          ["a", "b"],
          [
            [1, 0],
            [0, 1],
          ],
          { classNames: ["x"] },
        ),
      "rocCurve: 1 class names do not match 2 classes.",
    ],
    [
      "equal names",
      () =>
        chart.rocCurve(
          [0, 1],
          [
            [1, 0],
            [0, 1],
          ],
          { classNames: ["x", "x"] },
        ),
      'rocCurve: the class name "x" stands twice.',
    ],
    [
      "a positive class",
      () => chart.rocCurve(["a", "b"], [0, 1]),
      'rocCurve: the classes are "a", "b": say which is positive by posLabel.',
    ],
  ])("%s that do not fit are refused", (_, make, sentence) => {
    expect(make).toThrow(sentence);
  });

  test("a positive class by name", () => {
    expect(String(chart.rocCurve(["a", "b"], [1, 0], { posLabel: "a" }))).toBe("The area under the ROC curve is 1.");
  });
});

describe("precisionRecall", () => {
  test.each(find("precisionRecallCurve", "sampleWeight"))("scikit-learn's precision_recall_curve: %s", (_, c) => {
    const { numbers, rows } = chart.precisionRecall(c.arguments[0]!.data, c.arguments[1]!.data, weightsOf(c));
    const want = c.value as Record<string, unknown>;
    for (const key of ["precision", "recall", "thresholds"] as const)
      expectClose(numbers[0]![key], toNumbers(want[key]));
    expectClose(
      rows.map((row) => row["precision"] as number),
      toNumbers(want["precision"]),
    );
  });

  test.each(find("averagePrecision", "sampleWeight"))("scikit-learn's average_precision_score: %s", (_, c) => {
    const { numbers } = chart.precisionRecall(c.arguments[0]!.data, c.arguments[1]!.data, weightsOf(c));
    expect(numbers[0]!.averagePrecision).toBeCloseTo(c.value as number, 12);
  });

  test("guessing is a dashed line where it is the same for all curves, and only there", () => {
    const rules = ({ spec }: { spec: Record<string, unknown> }) =>
      (spec["layer"] as { mark?: { type: string } }[]).filter(({ mark }) => mark?.type === "rule").length;
    expect(rules(chart.precisionRecall([0, 1, 1], { a: [0, 1, 1], b: [1, 0, 0] }))).toBe(1);
    expect(
      rules(
        chart.precisionRecall(
          [0, 1, 1],
          [
            [1, 0],
            [0, 1],
            [0, 1],
          ],
        ),
      ),
    ).toBe(0);
  });
});

describe("confusionMatrix", () => {
  test.each(find("confusionMatrix", "sampleWeight", "normalize", "labels"))(
    "scikit-learn's confusion_matrix: %s",
    (_, c) => {
      const { normalize, labels } = c.options as { normalize?: "true" | "pred" | "all"; labels?: number[] };
      const options = { ...(normalize && { normalize }), ...(labels && { labels }), ...weightsOf(c) };
      const { numbers } = chart.confusionMatrix(c.arguments[0]!.data, c.arguments[1]!.data, options);
      const { data: want, shape } = (c.value as { values?: unknown }).values
        ? (c.value as { values: { data: number[]; shape: number[] } }).values
        : (c.value as { data: number[]; shape: number[] });
      expect(numbers.classes).toHaveLength(shape[0]!);
      expectClose((normalize ? numbers.shares : numbers.counts).flat(), want.map(Number));
    },
  );

  test("takes a matrix, whole or in shares", () => {
    const [truth, guess] = [
      [0, 0, 1, 1, 1],
      [0, 1, 1, 1, 0],
    ];
    const whole = chart.confusionMatrix(metric.confusionMatrix(truth, guess), { classNames: ["no", "yes"] });
    expect(whole.numbers).toEqual(chart.confusionMatrix(truth, guess, { classNames: ["no", "yes"] }).numbers);
    expect(whole.numbers.accuracy).toBeCloseTo(0.6, 12);
    const shares = chart.confusionMatrix(metric.confusionMatrix(truth, guess, { normalize: "true" }));
    expect(shares.numbers.counts).toEqual([
      [0.5, 0.5],
      [expect.closeTo(1 / 3, 12), expect.closeTo(2 / 3, 12)],
    ]);
    expect(String(shares)).toBe("Predictions for 2 classes: 58.3% are right; 0 is taken for 1 most often (0.5).");
  });

  test("the reader chooses between counts and shares", async () => {
    const view = await run(chart.confusionMatrix([0, 0, 1], [0, 1, 1]).spec);
    const texts = async () => [...(await view.svg()).matchAll(/>(\d[^<]*)<\/text>/g)].map(([, text]) => text);
    expect(await texts()).toEqual(expect.arrayContaining(["1"]));
    expect(await texts()).not.toContain("0.50");
    await view.set("show", "share");
    expect(await texts()).toEqual(expect.arrayContaining(["0.50", "0.50", "0.00", "1.00"]));
  });

  test("more classes than can be drawn are drawn in blocks of neighbours, which hold all rows", () => {
    const labels = Array.from({ length: 120 }, (_, i) => i);
    const { rows, numbers, description } = chart.confusionMatrix(labels, labels);
    expect(rows).toHaveLength(40 * 40);
    expect(rows[0]).toMatchObject({ truth: "0 – 2", predicted: "0 – 2", count: 3, share: 1 });
    expect(numbers.counts).toHaveLength(120);
    expect(description).toBe("120 predictions for 120 classes: all are right. Drawn in blocks of 3 classes.");
  });

  test.each<[() => unknown, string]>([
    [
      () => chart.confusionMatrix([0], [0], { normalize: "rows" as never }),
      'confusionMatrix: normalize must be "true", "pred" or "all", got "rows".',
    ],
    [
      () => chart.confusionMatrix([0], [0], { values: "both" as never }),
      'confusionMatrix: values must be "count" or "share", got "both".',
    ],
    [() => chart.confusionMatrix([0, 1], [0]), "confusionMatrix: 2 labels do not match 1 predictions."],
  ])("%s is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

describe("calibration", () => {
  const truth = [0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 1];
  const scores = [0.1, 0.35, 0.4, 0.8, 0.2, 0.7, 0.9, 0.55, 0.6, 0.3, 0.45, 0.65];

  test("is scikit-learn's calibration_curve with 10 bins", () => {
    const [numbers] = chart.calibration(truth, scores).numbers;
    expectClose(numbers!.truth, [0, 0, 0, 0.5, 0, 0.5, 1, 1, 1]);
    expectClose(numbers!.prediction, [0.1, 0.2, 0.3, 0.375, 0.45, 0.575, 0.675, 0.8, 0.9]);
    expect(numbers!.histogram).toEqual([0, 1, 1, 2, 2, 1, 2, 1, 1, 1]);
  });

  test.each(find("calibrationError", "bins").filter(([, c]) => c.arguments[1]!.shape.length === 1))(
    "torchmetrics' calibration_error: %s",
    (_, c) => {
      const bins = (c.options["bins"] as number | undefined) ?? 15;
      const { numbers } = chart.calibration(c.arguments[0]!.data, c.arguments[1]!.data, { bins });
      expect(numbers[0]!.error).toBeCloseTo(c.value as number, 12);
    },
  );

  test.each<[() => unknown, string]>([
    [() => chart.calibration([0, 1], [0, 1.5]), "calibrationCurve: probability 1.5 at 1 does not lie in [0, 1]."],
    [
      () => chart.calibration([0, 1], [0, 1], { bins: 0 }),
      "calibrationCurve: bins must be a whole number from 1, got 0.",
    ],
  ])("%s is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

describe("decisionBoundary", () => {
  const { features, target } = data.moons(100, { seed: 1 });
  const fitted = model.logisticRegression(features, target);

  test("a cell has the class and the probability that the model gives its middle", () => {
    const { numbers, spec } = chart.decisionBoundary(fitted, features, target, { gridResolution: 20 });
    expect(numbers.accuracy).toBeCloseTo(fitted.score(features, target), 12);
    const middles = numbers.y.flatMap((y) => numbers.x.map((x) => [x, y]));
    expect(numbers.cells.flat()).toEqual(Array.from(fitted.predict(tensor(middles)).data));
    const regions = (spec["layer"] as { data: { values: { probability: number }[] } }[])[0]!.data.values;
    const want = fitted.predictProbability(tensor(middles)).max(1).data;
    regions.forEach(({ probability }, i) => {
      expect(probability).toBeCloseTo(want[i]!, 2);
    });
  });

  test("the grid goes around all points", () => {
    const { numbers } = chart.decisionBoundary(
      (x) => x.slice(null, 0).mul(0),
      [
        [0, 0],
        [10, 1],
      ],
      [0, 0],
      { gridResolution: 10, margin: 0.5 },
    );
    expect(numbers.x[0]).toBeCloseTo(-4, 12);
    expect(numbers.x.at(-1)).toBeCloseTo(14, 12);
    expect(numbers.y[0]).toBeCloseTo(-0.4, 12);
  });

  test.each<[() => unknown, string]>([
    [
      () => chart.decisionBoundary(fitted, data.iris().features, data.iris().target),
      "decisionBoundary: features of shape [150, 4] where [N, 2] is needed.",
    ],
    [
      () => chart.decisionBoundary(fitted, [1, 2], [0, 1]),
      "decisionBoundary: features of shape [2] where [N, 2] is needed.",
    ],
    [
      () => chart.decisionBoundary(fitted, features, [0]),
      "decisionBoundary: 100 rows of features do not match 1 labels.",
    ],
    [
      () => chart.decisionBoundary(fitted, features, target, { gridResolution: 1 }),
      "decisionBoundary: gridResolution must be a whole number from 2 to 80, got 1.",
    ],
    [
      () => chart.decisionBoundary(fitted, features, target, { margin: -1 }),
      "decisionBoundary: margin must lie in [0, 10], got -1.",
    ],
    [
      () => chart.decisionBoundary(() => [0], features, target),
      "decisionBoundary: 1 predictions do not match 2500 rows of features.",
    ],
    [
      () => chart.decisionBoundary((x) => Array.from({ length: x.shape[0] }, () => "cat"), features, target),
      'decisionBoundary: "cat" is predicted, which is not one of the classes 0, 1.',
    ],
    [
      () => chart.decisionBoundary((x) => x.mul(0).add(2), features, target),
      "decisionBoundary: row 0 of the probabilities sums to 4 where 1 is needed: softmax makes probabilities of logits.",
    ],
    [
      () => chart.decisionBoundary((x) => x.slice(null, [0, 1]), features, target),
      "decisionBoundary: 1 columns of probabilities do not match 2 classes.",
    ],
  ])("%s is refused", (make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

describe("classBalance", () => {
  test("counts and shares, by set", () => {
    const made = chart.classBalance({ train: ["b", "a", "b"], test: ["a"] });
    expect(made.numbers).toEqual({ classes: ["a", "b"], counts: { train: [1, 2], test: [1, 0] } });
    expect(made.rows).toEqual([
      { set: "train", class: "a", count: 1, share: expect.closeTo(1 / 3, 12) },
      { set: "train", class: "b", count: 2, share: expect.closeTo(2 / 3, 12) },
      { set: "test", class: "a", count: 1, share: 1 },
      { set: "test", class: "b", count: 0, share: 0 },
    ]);
  });

  test("of many classes the most common", () => {
    const labels = Array.from({ length: 50 }, (_, k) => Array.from({ length: k + 1 }, () => k)).flat();
    const { rows, numbers } = chart.classBalance(labels);
    expect(rows.map((row) => row["class"])).toEqual(Array.from({ length: 40 }, (_, i) => String(i + 10)));
    expect(numbers.classes).toHaveLength(50);
  });
});
