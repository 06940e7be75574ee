import { describe, expect, test } from "vitest";
import { random, tensor } from "../../../src/index.ts";
import { Bits, type State } from "../../../src/tensor/random/bits.ts";
import { probabilityBelow, quantile } from "../../../src/tensor/random/quantile.ts";
import golden from "../../golden/random.json" with { type: "json" };

test("the bits are those of the authors' C", () => {
  const bits = new Bits(golden.state as unknown as State);
  expect(golden.bits.map(() => bits.next())).toEqual(golden.bits);
});

test.each(golden.quantiles as [number, number][])("the normal quantile of %d is SciPy's", (p, x) => {
  expect(Math.abs(quantile(p) - x)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(x)));
  if (x < 0) expect(probabilityBelow(x) / p).toBeCloseTo(1, 10);
});

test("the first numbers of seed 42 never change", () => {
  const generator = random(42);
  expect([...generator.uniform([3], { dtype: "float64" }).data]).toMatchInlineSnapshot(`
    [
      0.15377165265745885,
      0.018084542542176507,
      0.5348906284683476,
    ]
  `);
  expect([...generator.normal([3], { dtype: "float64" }).data]).toMatchInlineSnapshot(`
    [
      0.6045100220113574,
      0.1837903144108388,
      -0.5600901993964509,
    ]
  `);
  expect([...generator.permutation(8).data]).toMatchInlineSnapshot(`
    [
      4,
      2,
      0,
      7,
      3,
      5,
      6,
      1,
    ]
  `);
});

describe("moments", () => {
  const generator = random(7);
  const n = 20000;
  const near = (actual: number, want: number, error: number) => expect(Math.abs(actual - want)).toBeLessThan(5 * error);
  test("normal", () => {
    const x = generator.normal([n], { mean: 2, std: 3, dtype: "float64" });
    near(x.mean().item(), 2, 3 / Math.sqrt(n));
    near(x.std().item(), 3, 3 / Math.sqrt(2 * n));
  });
  test("uniform", () => {
    const x = generator.uniform([n], { low: -1, high: 3, dtype: "float64" });
    near(x.mean().item(), 1, 4 / Math.sqrt(12 * n));
    expect(x.min().item()).toBeGreaterThanOrEqual(-1);
    expect(x.max().item()).toBeLessThan(3);
  });
  test("truncated normal: deviation 0.8796 for two standard deviations", () => {
    const x = generator.truncatedNormal([n], { dtype: "float64" });
    near(x.std().item(), 0.8796256610342398, 0.88 / Math.sqrt(n));
    expect(x.abs().max().item()).toBeLessThanOrEqual(2);
    const tail = generator.truncatedNormal([1000], { low: 6, high: 7 });
    expect(tail.min().item()).toBeGreaterThanOrEqual(6);
    expect(tail.max().item()).toBeLessThanOrEqual(7);
  });
  test("categorical and bernoulli", () => {
    const p = tensor([0.1, 0, 0.6, 0.3]);
    const drawn = generator.categorical(p.broadcastTo([n, 4]));
    expect(drawn.shape).toEqual([n]);
    near(drawn.equal(2).sum().item() / n, 0.6, Math.sqrt(0.24 / n));
    expect(drawn.equal(1).sum().item()).toBe(0);
    near(generator.bernoulli(0.3, [n]).mean().item(), 0.3, Math.sqrt(0.21 / n));
  });
  test("integers", () => {
    const x = generator.integers(-2, 3, [n]);
    for (let k = -2; k < 3; k++) near(x.equal(k).sum().item() / n, 0.2, Math.sqrt(0.16 / n));
  });
});

test("a generator goes on from its state, and a split one is another", () => {
  const generator = random(1);
  generator.normal([10]);
  const { state } = generator;
  const next = generator.normal([4]).toArray();
  expect(random(state).normal([4]).toArray()).toEqual(next);
  expect(generator.split().normal([4]).toArray()).not.toEqual(next);
  expect(random(1).normal([2]).toArray()).not.toEqual(random(2).normal([2]).toArray());
});

test.each([
  [() => random(0.5), "random: a seed of 0.5 where a whole number is needed."],
  [() => random(1).bernoulli(2, [1]), "bernoulli: a probability of 2 where 0 to 1 is needed."],
  [
    () => random(1).categorical(tensor([0, -1])),
    "categorical: a probability of -1 in row 0 where at least 0 is needed.",
  ],
])("bad input: %#", (f, sentence) => {
  expect(f).toThrow(sentence);
});
