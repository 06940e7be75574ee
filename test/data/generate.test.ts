import { describe, expect, expectTypeOf, test } from "vitest";
import { data, random, type Tensor } from "../../src/index.ts";

const generators = {
  housePrices: (count: number, seed: number) => data.housePrices(count, { seed }),
  linear: (count: number, seed: number) => data.linear(count, { seed, weights: [1, 2] }),
  polynomial: (count: number, seed: number) => data.polynomial(count, { seed }),
  blobs: (count: number, seed: number) => data.blobs(count, { seed }),
  moons: (count: number, seed: number) => data.moons(count, { seed }),
  circles: (count: number, seed: number) => data.circles(count, { seed }),
  spirals: (count: number, seed: number) => data.spirals(count, { seed }),
  imbalanced: (count: number, seed: number) => data.imbalanced(count, { seed }),
};

describe.each(Object.entries(generators))("%s", (name, generate) => {
  test("has rows, the same ones for the same seed", () => {
    const set = generate(30, 1);
    expect(set.features.shape[0]).toBe(30);
    expect(set.target.shape).toEqual([30]);
    expect(set.featureNames).toHaveLength(set.features.shape[1]!);
    expect([...set.features.data].every(Number.isFinite)).toBe(true);
    expect(generate(30, 1).features.data).toEqual(set.features.data);
    expect(generate(30, 2).features.data).not.toEqual(set.features.data);
  });

  test("refuses other numbers of rows", () => {
    for (const count of [0, -1, 1.5, Number.NaN])
      expect(() => generate(count, 1)).toThrow(`${name}: ${count} rows where a whole number from 1 is needed.`);
  });

  test("needs no more than one row", () => {
    expect([...generate(1, 1).features.data].every(Number.isFinite)).toBe(true);
  });
});

test("a generator moves on, a seed starts again", () => {
  const generator = random(1);
  const first = data.moons(10, { generator });
  expect(data.moons(10, { generator }).features.data).not.toEqual(first.features.data);
  expect(data.moons(10, { seed: 1 }).features.data).toEqual(first.features.data);
  expect(data.moons(10).features.data).toEqual(data.moons(10, { seed: 0 }).features.data);
  expect(() => data.moons(10, { generator, seed: 1 })).toThrow(
    "moons: a generator and seed 1 were both given where one of them is needed.",
  );
});

test("a house of 100 m² costs about 2.0 millions", () => {
  const { features, target } = data.housePrices(2000, { seed: 1, dtype: "float64" });
  const like = [...target.data].filter((_, i) => Math.abs(features.data[i * 3]! - 100) <= 2);
  expect(like.length).toBeGreaterThan(50);
  expect(like.reduce((a, b) => a + b) / like.length).toBeCloseTo(2, 1);
});

test("house prices are the formula where there is no noise", () => {
  const { features, target } = data.housePrices(50, { noise: 0, seed: 3, dtype: "float64" });
  for (let i = 0; i < 50; i++) {
    const [area, rooms, age] = features.data.slice(i * 3, i * 3 + 3) as unknown as [number, number, number];
    expect(target.data[i]).toBeCloseTo(0.25 + 0.015 * area + 0.1 * rooms - 0.005 * age, 12);
    expect(area).toBeGreaterThanOrEqual(40);
    expect(area).toBeLessThanOrEqual(160);
    expect(rooms).toBeGreaterThanOrEqual(1);
  }
});

test("overpriced houses are the last ones", () => {
  const [plain, odd] = [data.housePrices(20, { seed: 1 }), data.housePrices(20, { seed: 1, outliers: 2 })];
  const ratios = [...odd.target.data].map((price, i) => Math.round(price / plain.target.data[i]!));
  expect(ratios).toEqual([...Array(18).fill(1), 10, 10]);
  expect(() => data.housePrices(5, { outliers: 6 })).toThrow(
    "housePrices: 6 outliers where a whole number from 0 to 5 is needed.",
  );
});

test("linear and polynomial are their formulas where there is no noise", () => {
  const line = data.linear(10, { weights: [2, -1], bias: 3, noise: 0, dtype: "float64" });
  for (let i = 0; i < 10; i++)
    expect(line.target.data[i]).toBeCloseTo(2 * line.features.data[2 * i]! - line.features.data[2 * i + 1]! + 3, 12);
  const cubic = data.polynomial(10, { coefficients: [1, 0, 2], noise: 0, dtype: "float64" });
  for (let i = 0; i < 10; i++) expect(cubic.target.data[i]).toBeCloseTo(1 + 2 * cubic.features.data[i]! ** 2, 12);
});

test("moons and circles are scikit-learn's curves where there is no noise", () => {
  const { features, target } = data.moons(20, { noise: 0, dtype: "float64" });
  for (let i = 0; i < 20; i++) {
    const [x, y] = [features.data[2 * i]!, features.data[2 * i + 1]!];
    const radius = target.data[i] === 0 ? Math.hypot(x, y) : Math.hypot(x - 1, y - 0.5);
    expect(radius).toBeCloseTo(1, 12);
  }
  const round = data.circles(20, { noise: 0, factor: 0.3, dtype: "float64" });
  for (let i = 0; i < 20; i++)
    expect(Math.hypot(round.features.data[2 * i]!, round.features.data[2 * i + 1]!)).toBeCloseTo(
      round.target.data[i] === 0 ? 1 : 0.3,
      12,
    );
});

test("classes are equally large, but for imbalanced", () => {
  const count = (target: Tensor, label: number) => target.data.filter((n) => n === label).length;
  const { target } = data.blobs(10, { centers: 3 });
  expect([0, 1, 2].map((label) => count(target, label))).toEqual([4, 3, 3]);
  expect(count(data.moons(11).target, 1)).toBe(6);
  expect(count(data.imbalanced(1000, { positives: 0.02 }).target, 1)).toBe(20);
  expect(count(data.imbalanced(10, { positives: 0.001 }).target, 1)).toBe(1);
});

test("options out of range", () => {
  expect(() => data.moons(5, { noise: -1 })).toThrow("moons: noise must be finite and at least 0, got -1.");
  expect(() => data.circles(5, { factor: 1 })).toThrow("circles: factor must lie in [0, 1), got 1.");
  expect(() => data.blobs(5, { centers: 0 })).toThrow("blobs: centers must be a whole number from 1, got 0.");
  expect(() => data.blobs(5, { features: 0 })).toThrow("blobs: features must be a whole number from 1, got 0.");
  expect(() => data.blobs(5, { centers: [[1, 2], [3]] })).toThrow(
    "blobs: centre 1 has 1 coordinates where 2 are needed.",
  );
  expect(() => data.spirals(5, { classes: 0 })).toThrow("spirals: classes must be a whole number from 1, got 0.");
  expect(() => data.spirals(5, { turns: Number.NaN })).toThrow(
    "spirals: turns must be finite and at least 0, got NaN.",
  );
  expect(() => data.imbalanced(5, { positives: 1 })).toThrow("imbalanced: positives must lie in (0, 1), got 1.");
  expect(() => data.linear(5, { weights: [] })).toThrow("linear: 0 weights where at least 1 is needed.");
  expect(() => data.polynomial(5, { coefficients: [] })).toThrow(
    "polynomial: 0 coefficients where at least 1 is needed.",
  );
});

test("the checker knows the shapes", () => {
  expectTypeOf(data.housePrices(200).features.shape).toEqualTypeOf<readonly [200, 3]>();
  expectTypeOf(data.housePrices(200).target.shape).toEqualTypeOf<readonly [200]>();
  expectTypeOf(data.linear(10).features.shape).toEqualTypeOf<readonly [10, 1]>();
  expectTypeOf(data.linear(10, { weights: [1, 2, 3] }).features.shape).toEqualTypeOf<readonly [10, 3]>();
  expectTypeOf(data.polynomial(10).features.shape).toEqualTypeOf<readonly [10, 1]>();
  expectTypeOf(data.moons(10).features.shape).toEqualTypeOf<readonly [10, 2]>();
  expectTypeOf(data.blobs(10, { features: 5 }).features.shape).toEqualTypeOf<readonly [10, 5]>();
  const count: number = 5;
  expectTypeOf(data.spirals(count).features.shape).toEqualTypeOf<readonly [number, 2]>();
});
