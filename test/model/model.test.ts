/** Published fits, identities, every sentence, types, and what is shown. */
import { expect, expectTypeOf, test } from "vitest";
import { data, metric, model, Tensor, tensor } from "../../src/index.ts";

const [x, y] = [[[0, 0], [1, 1], [2, 2]], [0, 1, 2]] as const; // biome-ignore format: a table

// the examples of scikit-learn's documentation
test("published fits", () => {
  const lasso = model.lasso(x, y, { alpha: 0.1 });
  expect(lasso.coefficients.data[0]).toBeCloseTo(0.85, 12);
  expect(lasso.coefficients.data[1]).toBe(0);
  expect(lasso.intercept).toBeCloseTo(0.15, 12);
  const ridge = model.ridge([[0, 0], [0, 0], [1, 1]], [0, 0.1, 1], { alpha: 0.5 }); // biome-ignore format: a table
  for (const coefficient of ridge.coefficients.data) expect(coefficient).toBeCloseTo(0.3454545454545, 12);
  expect(ridge.intercept).toBeCloseTo(0.1363636363636, 12);
});

test("a line through points on a line", () => {
  const line = model.linearRegression([[0], [1], [2]], [1, 3, 5]);
  expect(line.coefficients.data[0]).toBeCloseTo(2, 12);
  expect(line.intercept).toBeCloseTo(1, 12);
  expect(line.predict([[10]]).data[0]).toBeCloseTo(21, 12);
  expect(line.score([[0], [1], [2]], [1, 3, 5])).toBeCloseTo(1, 12);
});

test("house prices: least squares finds the formula, 100 m² cost 2.0", () => {
  const houses = data.housePrices(500, { noise: 0, dtype: "float64" });
  const fitted = model.linearRegression(houses.features, houses.target);
  [0.015, 0.1, -0.005].forEach((coefficient, i) => {
    expect(fitted.coefficients.data[i]).toBeCloseTo(coefficient, 10);
  });
  expect(fitted.intercept).toBeCloseTo(0.25, 10);
  expect(fitted.predict([[100, 4, 30]]).data[0]).toBeCloseTo(2, 10);
});

test("paths agree with single fits, and make records", () => {
  const { features, target } = data.housePrices(50, { dtype: "float64" });
  const path = model.lassoPath(features, target, { count: 5 });
  path.alphas.data.forEach((alpha, i) => {
    const own = model.lasso(features, target, { alpha });
    own.coefficients.data.forEach((n, j) => {
      expect(path.coefficients.data[i * 3 + j]).toBeCloseTo(n, 8);
    });
    expect(path.intercept.data[i]).toBeCloseTo(own.intercept, 8);
  });
  expect(path.records(["area", "rooms", "age"])[4]).toMatchObject({ feature: "rooms", alpha: path.alphas.data[1] });
  expect(path.records()[2]!.feature).toBe("x2");
  expect(String(path)).toMatch(/^lassoPath: 5 alphas from .* to .*, 3 coefficients$/);
  const ridges = model.ridgePath(features, target);
  expect(ridges.coefficients.shape).toEqual([100, 3]);
  const own = model.ridge(features, target, { alpha: ridges.alphas.data[50]! });
  expect(ridges.coefficients.data[150]).toBeCloseTo(own.coefficients.data[0]!, 10);
});

test("without the l1 part an elastic net is a ridge with n times the alpha", () => {
  const { features, target } = data.housePrices(20, { dtype: "float64" });
  const net = model.elasticNet(features, target, { alpha: 0.3, l1Ratio: 0 });
  const ridge = model.ridge(features, target, { alpha: 0.3 * 20 });
  net.coefficients.data.forEach((n, i) => {
    expect(n).toBeCloseTo(ridge.coefficients.data[i]!, 10);
  });
});

test("weights are rows that occur more than once", () => {
  const { features, target } = data.imbalanced(40, { positives: 0.4, dtype: "float64" });
  const rows = Array.from({ length: 40 }, (_, i) => [...features.data.slice(2 * i, 2 * i + 2)]);
  const twice = [...rows, ...rows.slice(0, 10)];
  const labels = [...target.data];
  const sampleWeight = rows.map((_, i) => (i < 10 ? 2 : 1));
  type Train = (x: Tensor | number[][], y: number[], options?: object) => { readonly coefficients: Tensor };
  const trainers: Train[] = [model.logisticRegression, model.linearSvm, model.linearRegression, model.ridge];
  for (const train of trainers) {
    const weighted = train(features, labels, { sampleWeight });
    const repeated = train(twice, [...labels, ...labels.slice(0, 10)]);
    weighted.coefficients.data.forEach((n, i) => {
      expect(n).toBeCloseTo(repeated.coefficients.data[i]!, 9);
    });
  }
});

test("labels of text, booleans and numbers", () => {
  const machine = model.linearSvm([[-1], [1]], ["no", "yes"]);
  expect(machine.predict([[0.5], [-3]])).toEqual(["yes", "no"]);
  expect(machine.classes).toEqual(["no", "yes"]);
  expectTypeOf(machine.predict([[1]])).toEqualTypeOf<string[]>();
  expect(model.logisticRegression([[-1], [1]], [false, true]).predict([[5]])).toEqual([true]);
  const numbers = model.logisticRegression([[-1], [1]], [3, 7]).predict([[5]]);
  expect([numbers.dtype, numbers.toArray()]).toEqual(["int32", [7]]);
  expect(model.logisticRegression([[-1], [1]], [0.5, 1.5]).predict([[5]]).dtype).toBe("float64");
});

test("digits: accuracy on rows that were not seen", () => {
  const { train, test: rest } = data.split(data.digits(), { testSize: 0.3, stratify: true, seed: 1 });
  const fitted = model.linearSvm(train.features.div(16), train.target, { C: 0.1 });
  expect(fitted.score(rest.features.div(16), rest.target)).toBeGreaterThan(0.93);
});

test("probabilities sum to 1 and go with the prediction", () => {
  const { features, target } = data.iris();
  const flowers = model.logisticRegression(features, target);
  const chances = flowers.predictProbability(features);
  expect(chances.shape).toEqual([150, 3]);
  for (const sum of chances.sum(1).data) expect(sum).toBeCloseTo(1, 12);
  expect(chances.argmax(1).toArray()).toEqual(flowers.predict(features).toArray());
  expect(flowers.score(features, target)).toBe(metric.accuracy(target, flowers.predict(features)));
  const byName = model.logisticRegression(features, target, { classWeight: { 0: 2, 2: 0.5 } });
  expect(byName.coefficients.data).not.toEqual(flowers.coefficients.data);
});

const two = [[0], [1]];
const mistakes: [sentence: string, wrong: () => unknown][] = [
  ["ridge: 2 rows of features do not match 3 targets.", () => model.ridge(two, [1, 2, 3])],
  ["ridge: features of shape [3] where [N, F] is needed.", () => model.ridge(tensor([1, 2, 3]), [1, 2, 3])],
  ["ridge: features of shape [0, 2] where neither may be 0.", () => model.ridge(tensor.zeros([0, 2]), [])],
  ["ridge: features hold NaN in row 1, column 0.", () => model.ridge([[0], [Number.NaN]], [0, 1])],
  ["ridge: features have 2 values in row 1, 1 in row 0.", () => model.ridge([[0], [1, 2]], [0, 1])],
  ["ridge: the target is Infinity in row 1.", () => model.ridge(two, [0, Number.POSITIVE_INFINITY])],
  ["ridge: alpha must be finite and at least 0, got -1.", () => model.ridge(two, [0, 1], { alpha: -1 })],
  ["ridge: weight -1 at 0 is negative.", () => model.ridge(two, [0, 1], { sampleWeight: [-1, 1] })],
  ["ridge: all 2 weights are 0.", () => model.ridge(two, [0, 1], { sampleWeight: [0, 0] })],
  ["lasso: alpha must be finite and at least 0, got NaN.", () => model.lasso(two, [0, 1], { alpha: Number.NaN })],
  ["lasso: tolerance must be finite and above 0, got 0.", () => model.lasso(two, [0, 1], { tolerance: 0 })],
  ["lasso: maxIterations must be finite and above 0, got 0.", () => model.lasso(two, [0, 1], { maxIterations: 0 })],
  ["lasso: targets of shape [2, 1] where [N] is needed.", () => model.lasso(two, [[0], [1]])],
  ["elasticNet: l1Ratio must lie in [0, 1], got 2.", () => model.elasticNet(two, [0, 1], { l1Ratio: 2 })],
  ["lassoPath: eps must lie in (0, 1), got 2.", () => model.lassoPath(two, [0, 1], { eps: 2 })],
  ["lassoPath: count must be a whole number from 1, got 0.", () => model.lassoPath(two, [0, 1], { count: 0 })],
  ["lassoPath: alpha must be finite and at least 0, got -1.", () => model.lassoPath(two, [0, 1], { alphas: [-1] })],
  ["lassoPath: 0 alphas where at least 1 is needed.", () => model.lassoPath(two, [0, 1], { alphas: [] })],
  ["ridgePath: 0 alphas where at least 1 is needed.", () => model.ridgePath(two, [0, 1], { alphas: [] })],
  ["ridgePath: alpha must be finite and at least 0, got -2.", () => model.ridgePath(two, [0, 1], { alphas: [1, -2] })],
  ["logisticRegression: 1 class (0) where at least 2 are needed.", () => model.logisticRegression(two, [0, 0])],
  ["logisticRegression: C must be finite and above 0, got 0.", () => model.logisticRegression(two, [0, 1], { C: 0 })],
  ["logisticRegression: 2 rows of features do not match 1 targets.", () => model.logisticRegression(two, [0])],
  [
    'logisticRegression: classWeight names "2", but the classes are 0, 1.',
    () => model.logisticRegression(two, [0, 1], { classWeight: { 2: 1 } }),
  ],
  ["linearSvm: the weight of class 1 is -1.", () => model.linearSvm(two, [0, 1], { classWeight: { 1: -1 } })],
  [
    'linearSvm: loss must be "squaredHinge" or "hinge", got "log".',
    () => model.linearSvm(two, [0, 1], { loss: "log" as never }),
  ],
  [
    "linearSvm: interceptScaling must be finite and above 0, got 0.",
    () => model.linearSvm(two, [0, 1], { interceptScaling: 0 }),
  ],
  ["predict: features of shape [1, 2] where [?, 1] is needed", () => model.ridge(two, [0, 1]).predict([[1, 2]])],
  [
    "predict: features of shape [2] where [N, 1] is needed.",
    () => model.linearSvm(two, [0, 1]).predict(tensor([1, 2]) as Tensor),
  ],
];

test.each(mistakes)("%s", (sentence, wrong) => {
  expect(wrong).toThrow(sentence);
});

test("the checker knows the widths", () => {
  const { features, target } = data.iris();
  const fitted = model.ridge(features, target);
  expectTypeOf(fitted.coefficients.shape).toEqualTypeOf<readonly [4]>();
  expectTypeOf(fitted.intercept).toEqualTypeOf<number>();
  expectTypeOf(fitted.predict(features).shape).toEqualTypeOf<readonly [150]>();
  // @ts-expect-error: predict: features of shape [2, 3] where [?, 4] is needed
  expect(() => fitted.predict(tensor.zeros([2, 3]))).toThrow(
    "predict: features of shape [2, 3] where [?, 4] is needed",
  );
  const flowers = model.logisticRegression(features, target);
  expectTypeOf(flowers.predict(features).shape).toEqualTypeOf<readonly [150]>();
  // @ts-expect-error: the same for classifiers
  expect(() => flowers.predict(tensor.zeros([2, 3]))).toThrow(
    "predict: features of shape [2, 3] where [?, 4] is needed",
  );
  // @ts-expect-error: support vectors have no probabilities
  expect(model.linearSvm(features, target).predictProbability).toBeUndefined();
});

test("shown with coefficients, and with a word where it did not converge", () => {
  const fitted = model.ridge([[0], [1], [2]], [1, 3, 5], { alpha: 0 });
  expect(String(fitted)).toBe("ridge (alpha 0)\n  coefficients [2], intercept 1");
  const display = (fitted as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!;
  expect(display.call(fitted)["text/html"]).toContain("<caption>ridge (alpha 0)</caption>");
  const both = model.linearRegression(
    [[0], [1], [2]],
    [
      [0, 1],
      [1, 1],
      [2, 1],
    ],
  );
  expect(String(both)).toContain("output 0: coefficients [1]");
  expect(both.intercept).toBeInstanceOf(Tensor);
  const { features, target } = data.wine();
  const early = model.lasso(features, target, { alpha: 1e-4, maxIterations: 2 });
  expect(early.converged).toBe(false);
  expect(String(early)).toMatch(/^lasso \(alpha 0\.0001\) – not converged after 2 iterations/);
  expect(String(model.linearSvm(features, target))).toContain("0: coefficients");
});
