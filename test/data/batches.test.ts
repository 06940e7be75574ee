import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { data, random, tensor } from "../../src/index.ts";

describe("batches", () => {
  test("cover every row once", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        (n, size, shuffle) => {
          const set = { x: tensor.arange(n) };
          const all = data.batches(set, size, shuffle ? { seed: 1 } : {});
          const batches = [...all];
          expect(batches).toHaveLength(all.length);
          expect(batches.flatMap(({ x }) => [...x.data]).sort((a, b) => a - b)).toEqual([...set.x.data]);
          for (const { x } of batches.slice(0, -1)) expect(x.size).toBe(size);
        },
      ),
    );
  });

  test("keep their order without a generator, draw a new one with each pass otherwise", () => {
    const x = tensor.arange(10);
    expect([...data.batches(x, 4)].map((b) => b.toArray())).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    const shuffled = data.batches(x, 10, { generator: random(1) });
    const [first, second] = [[...shuffled][0]!.toArray(), [...shuffled][0]!.toArray()];
    expect(first).not.toEqual(second);
    expect([...data.batches(x, 10, { seed: 1 })][0]!.toArray()).toEqual(first);
  });

  test("leave out a last batch that is not full", () => {
    const all = data.batches(tensor.arange(10), 4, { dropLast: true });
    expect([...all].map((b) => b.shape)).toEqual([[4], [4]]);
    expect(all.length).toBe(2);
  });

  test("of an empty tensor of known width", () => {
    expect(() => data.batches(tensor.zeros([0, 3]), 2)).toThrow("batches: 0 rows do not fill a batch of 2.");
  });

  test("mistakes", () => {
    for (const size of [0, -1, 2.5])
      expect(() => data.batches(tensor.zeros([4]), size)).toThrow(
        `batches: a batch of ${size} rows where a whole number from 1 is needed.`,
      );
    expect(() => data.batches(tensor.zeros([4]), 5, { dropLast: true })).toThrow(
      "batches: 4 rows do not fill a batch of 5.",
    );
    expect(() => data.batches([tensor.zeros([4]), tensor.zeros([3])], 2)).toThrow(
      "batches: 4 rows in shape [4], 3 in [3].",
    );
  });

  test("the checker knows the size where every batch is full", () => {
    for (const { features, target } of data.batches(data.iris(), 32, { dropLast: true })) {
      expectTypeOf(features.shape).toEqualTypeOf<readonly [32, 4]>();
      expectTypeOf(target.shape).toEqualTypeOf<readonly [32]>();
    }
    for (const { features } of data.batches(data.iris(), 32))
      expectTypeOf(features.shape).toEqualTypeOf<readonly [number, 4]>();
  });
});

describe("standardize", () => {
  test("mean 0, deviation 1, and back", () => {
    const { features } = data.wine({ dtype: "float64" });
    const scaler = data.standardize(features);
    const z = scaler.apply(features);
    for (const n of z.mean(0).data) expect(Math.abs(n)).toBeLessThan(1e-13);
    for (const n of z.std(0, { correction: 0 }).data) expect(n).toBeCloseTo(1, 12);
    const back = scaler.inverse(z).data;
    for (let i = 0; i < back.length; i++) expect(back[i]).toBeCloseTo(features.data[i]!, 10);
  });

  // StandardScaler().fit([[0, 0], [0, 0], [1, 1], [1, 1]]) of scikit-learn's documentation
  test("scikit-learn's example", () => {
    const scaler = data.standardize(tensor([[0, 0], [0, 0], [1, 1], [1, 1]])); // biome-ignore format: a table
    expect(scaler.mean.toArray()).toEqual([0.5, 0.5]);
    expect(scaler.std.toArray()).toEqual([0.5, 0.5]);
    expect(scaler.apply(tensor([[2, 2]])).toArray()).toEqual([[3, 3]]);
  });

  test("a constant column is only shifted, a gap stays one", () => {
    const x = tensor([[1.1, 1], [1.1, Number.NaN], [1.1, 3]]); // biome-ignore format: a table
    const scaler = data.standardize(x);
    expect(scaler.std.toArray()).toEqual([1, 1]);
    expect(scaler.mean.data[1]).toBe(2);
    expect(scaler.apply(x).data.map((n) => Math.round(n * 1e6) / 1e6)).toEqual(
      new Float32Array([0, -1, 0, Number.NaN, 0, 1]),
    );
  });

  test("targets and images, too; integers become float32", () => {
    expect(data.standardize(tensor([1, 3])).mean.item()).toBe(2);
    const pixels = tensor.zeros([5, 8, 8], { dtype: "int32" });
    expect(data.standardize(pixels).mean.shape).toEqual([8, 8]);
    expect(data.standardize(pixels).apply(pixels).dtype).toBe("float32");
  });

  test("another width is a mistake for the checker and the runtime", () => {
    const scaler = data.standardize(tensor.zeros([10, 4]));
    expectTypeOf(scaler.mean.shape).toEqualTypeOf<readonly [4]>();
    // @ts-expect-error: standardize: features of shape [10, 3] where [?, 4] is needed
    expect(() => scaler.apply(tensor.zeros([10, 3]))).toThrow(
      "standardize: features of shape [10, 3] where [?, 4] is needed",
    );
    // @ts-expect-error: the same
    expect(() => scaler.inverse(tensor.zeros([4]))).toThrow(
      "standardize: features of shape [4] where [?, 4] is needed",
    );
    expect(() => data.standardize(tensor.zeros([0, 3]))).toThrow("standardize: 0 rows where at least 1 is needed");
    expect(() => data.standardize(tensor(1))).toThrow("standardize: no rows where at least 1 is needed");
  });
});
