import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { data, random, tensor } from "../../src/index.ts";

const rows = (n: number) => ({ x: tensor.arange(n * 2).reshape([n, 2]), y: tensor.arange(n, { dtype: "int32" }) });
const sorted = (...parts: { readonly y: { readonly data: ArrayLike<number> } }[]) =>
  parts.flatMap(({ y }) => Array.from(y.data)).sort((a, b) => a - b);

describe("split", () => {
  test("parts the rows: each is in one part, features stay beside their target", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        fc.integer({ min: 0, max: 99 }),
        fc.boolean(),
        (n, testSize, seed, shuffle) => {
          fc.pre(Math.ceil(testSize * n - 1e-9) < n);
          const { train, test } = data.split(rows(n), { testSize, seed, shuffle });
          expect(sorted(train, test)).toEqual(Array.from({ length: n }, (_, i) => i));
          expect(test.y.size).toBe(Math.ceil(testSize * n - 1e-9));
          for (const { x, y } of [train, test])
            for (let i = 0; i < y.size; i++) expect(x.data[2 * i]).toBe(2 * y.data[i]!);
        },
      ),
    );
  });

  test("as large as scikit-learn's: 150 rows, 0.2 → 30; 0.07 of 100 → 7; a quarter unless told otherwise", () => {
    expect(data.split(data.iris(), { testSize: 0.2 }).test.length).toBe(30);
    expect(data.split(rows(100), { testSize: 0.07 }).test.y.size).toBe(7);
    expect(data.split(data.iris()).test.length).toBe(38);
  });

  test("the same seed gives the same parts, a generator moves on", () => {
    const at = (options: object) => data.split(rows(20), options).test.y.toArray();
    expect(at({ seed: 4 })).toEqual(at({ seed: 4 }));
    expect(at({ seed: 4 })).not.toEqual(at({ seed: 5 }));
    const generator = random(4);
    expect(at({ generator })).toEqual(at({ seed: 4 }));
    expect(at({ generator })).not.toEqual(at({ seed: 4 }));
  });

  test("without shuffling the last rows are the test part", () => {
    const { train, test } = data.split(rows(8), { shuffle: false });
    expect(train.y.toArray()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(test.y.toArray()).toEqual([6, 7]);
  });

  test("stratified parts have the classes in proportion", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 2, max: 30 }), { minLength: 2, maxLength: 4 }),
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
        fc.integer({ min: 0, max: 99 }),
        (sizes, testSize, seed) => {
          const labels = sizes.flatMap((size, label) => Array<number>(size).fill(label));
          const tests = Math.ceil(testSize * labels.length - 1e-9);
          fc.pre(tests >= sizes.length && labels.length - tests >= sizes.length);
          const target = tensor(labels, { dtype: "int32" });
          const { train, test } = data.split({ target }, { testSize, seed, stratify: true });
          expect(test.target.size).toBe(tests);
          expect(train.target.size).toBe(labels.length - tests);
          sizes.forEach((size, label) => {
            const found = test.target.data.filter((n) => n === label).length;
            expect(Math.abs(found - (size * tests) / labels.length)).toBeLessThan(1);
          });
        },
      ),
    );
  });

  test("stratified by labels of any kind", () => {
    const stratify = Array.from({ length: 20 }, (_, i) => (i < 4 ? "rare" : "often"));
    const { test } = data.split(rows(20), { testSize: 0.25, stratify, seed: 1 });
    expect([...test.y.data].filter((i) => i < 4)).toHaveLength(1);
  });

  test("keeps what a data set knows of itself", () => {
    const { train } = data.split(data.iris(), { seed: 1 });
    expect(train.classNames).toEqual(["setosa", "versicolor", "virginica"]);
    expect(String(train)).toMatch(/^iris: features \[112, 4\]/);
  });

  test("takes tensors and arrays of tensors, too", () => {
    expect(data.split(tensor.zeros([8, 3, 2])).train.shape).toEqual([6, 3, 2]);
    const { train } = data.split([tensor.zeros([8, 2]), tensor.zeros([8])]);
    expect(train.map(({ shape }) => shape)).toEqual([[6, 2], [6]]);
    expect(data.split({ x: tensor.zeros([8, 2]), note: "kept" }).test.note).toBe("kept");
  });

  test("mistakes", () => {
    const set = rows(4);
    for (const testSize of [1.5, 0, 1, -0.1, Number.NaN])
      expect(() => data.split(set, { testSize })).toThrow(`split: testSize must lie in (0, 1), got ${testSize}.`);
    expect(() => data.split(set, { testSize: 0.9 })).toThrow(
      "split: testSize 0.9 of 4 rows leaves nothing to train on.",
    );
    expect(() => data.split({ x: tensor.zeros([4, 2]), y: tensor.zeros([5]) })).toThrow(
      "split: 4 rows in shape [4, 2], 5 in [5].",
    );
    expect(() => data.split(tensor(1))).toThrow("split: a tensor of shape [] has no rows.");
    expect(() => data.split("iris")).toThrow("split: string iris where a tensor or an object of tensors is needed.");
    expect(() => data.split({ a: 1 })).toThrow(
      "split: an object of a where a tensor or an object of tensors is needed.",
    );
    expect(() => data.split([])).toThrow(
      "split: an array of 0 without a tensor where a tensor or an object of tensors is needed.",
    );
    expect(() => data.split(undefined)).toThrow("split: nothing where a tensor or an object of tensors is needed.");
    expect(() => data.split(set, { stratify: true })).toThrow(
      "split: stratify is true but there is no target: give the labels themselves.",
    );
    expect(() => data.split(set, { stratify: [1, 2] })).toThrow("split: 2 labels to stratify by do not match 4 rows.");
    expect(() => data.split(set, { stratify: [1, 1, 1, 2] })).toThrow(
      "split: stratify needs 2 rows of each class, got 1 like row 3.",
    );
    expect(() => data.split(set, { stratify: [1, 1, 2, 2], shuffle: false })).toThrow(
      "split: stratify needs shuffle, got shuffle: false.",
    );
    expect(() => data.split(set, { stratify: [1, 1, 2, 2], testSize: 0.25 })).toThrow(
      "split: a test part of 1 rows cannot hold 2 classes.",
    );
    expect(() => data.split(set, { stratify: [1, 1, 2, 2], testSize: 0.75 })).toThrow(
      "split: a train part of 1 rows cannot hold 2 classes.",
    );
    expect(() => data.split(set, { generator: random(1), seed: 2 })).toThrow(
      "split: a generator and seed 2 were both given where one of them is needed.",
    );
    // @ts-expect-error: the name of the option
    data.split(set, { test_size: 0.5 });
  });

  test("the checker keeps the widths", () => {
    expectTypeOf(data.split(data.iris()).train.features.shape).toEqualTypeOf<readonly [number, 4]>();
    expectTypeOf(data.split(tensor.zeros([8, 3])).test.shape).toEqualTypeOf<readonly [number, 3]>();
    expectTypeOf(data.split({ x: tensor.zeros([8, 2]) }).train.x.shape).toEqualTypeOf<readonly [number, 2]>();
  });
});

describe("kFold", () => {
  test("every row is tested once, parts differ by one row at most", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 2, max: 10 }),
        fc.boolean(),
        (n, folds, shuffle) => {
          fc.pre(folds <= n);
          const parts = data.kFold(rows(n), { folds, ...(shuffle ? { seed: 1 } : {}) });
          expect(parts).toHaveLength(folds);
          expect(sorted(...parts.map(({ test }) => test))).toEqual(Array.from({ length: n }, (_, i) => i));
          for (const { train, test } of parts) {
            expect(sorted(train, test)).toEqual(Array.from({ length: n }, (_, i) => i));
            expect(Math.abs(test.y.size - n / folds)).toBeLessThan(1);
          }
        },
      ),
    );
  });

  test("in order as scikit-learn's KFold(3) of 7 rows", () => {
    const parts = data.kFold(rows(7), { folds: 3 });
    expect(parts.map(({ test }) => test.y.toArray())).toEqual([
      [0, 1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  test("stratified as scikit-learn's StratifiedKFold(3)", () => {
    const target = tensor([0, 0, 1, 1, 1, 0, 2, 2, 1, 0, 2], { dtype: "int32" });
    const parts = data.kFold({ target, ...rows(11) }, { folds: 3, stratify: true });
    expect(parts.map(({ test }) => test.y.toArray())).toEqual([
      [0, 1, 2, 6],
      [3, 4, 5, 7],
      [8, 9, 10],
    ]);
  });

  test("mistakes", () => {
    expect(() => data.kFold(rows(4), { folds: 5 })).toThrow(
      "kFold: folds must be a whole number from 2 to 4 rows, got 5.",
    );
    expect(() => data.kFold(rows(4), { folds: 1 })).toThrow(
      "kFold: folds must be a whole number from 2 to 4 rows, got 1.",
    );
    expect(() => data.kFold(rows(4), { folds: 3, stratify: [0, 0, 1, 1] })).toThrow(
      "kFold: 3 folds cannot share a largest class of 2 rows.",
    );
  });
});

test.each([
  [
    "fromRecords",
    () =>
      data.fromRecords(
        [1, 2, 3, 4].map((x) => ({ x, y: 2 * x })),
        { target: "y" },
      ),
  ],
  ["imbalanced", () => data.imbalanced(40, { positives: 0.25, seed: 1 })],
])("what is said of a set of %s holds of its parts: it names no number of rows", (_, make) => {
  const set = make();
  const { train } = data.split(set, { testSize: 0.5, seed: 1 });
  expect(train.description).toBe(set.description);
  expect(set.description).not.toMatch(/\b(4|10|30|40)\b/);
});
