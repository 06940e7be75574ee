import { describe, expect, test } from "vitest";
import { nn, random, type Tensor } from "../../src/index.ts";
import { type Case, expectClose, readTable } from "../optim/table.ts";

const { cases } = readTable("init");
const exact = new Set(["fans", "gain", "orthogonal", "linear"]);

test.each(cases.filter((each) => each.function === "fans"))("fans of $name", (each: Case) => {
  expect(nn.fans(each.arguments[0] as number[])).toEqual(each.value);
});

test.each(cases.filter((each) => each.function === "gain"))("gain of $name", (each: Case) => {
  const { nonlinearity, a } = each.options as { nonlinearity: "relu"; a?: number };
  expectClose(nn.gain(nonlinearity, a), each.value as number, 1e-15);
});

/** As many weights as give 200,000 numbers, in one row. */
function sample(draw: (seed: number) => Tensor): Float64Array {
  const first = draw(0);
  const times = Math.ceil(200_000 / first.size);
  const out = new Float64Array(times * first.size);
  for (let i = 0; i < times; i++) out.set(draw(i).data, i * first.size);
  return out;
}

describe("the distribution is PyTorch's", () => {
  test.each(cases.filter((each) => !exact.has(each.function)))("$function: $name", (each: Case) => {
    const shape = each.arguments[0] as number[];
    const { standardDeviation, ...rest } = each.options as { standardDeviation?: number };
    const options = {
      ...rest,
      ...(standardDeviation !== undefined && { std: standardDeviation }),
      dtype: "float64",
    } as const;
    const draw = nn[each.function as "normal"];
    const numbers = sample((seed) => draw(random(seed), shape, options));
    const want = each.value as { low?: number; high?: number; mean: number; standardDeviation: number };
    const mean = numbers.reduce((a, b) => a + b) / numbers.length;
    const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
    const scale = want.standardDeviation;
    expect(Math.abs(mean - want.mean) / scale).toBeLessThan(0.01);
    expect(Math.abs(Math.sqrt(variance) / scale - 1)).toBeLessThan(0.01);
    if (want.low === undefined || want.high === undefined) return;
    const [least, most] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
    expect(least).toBeGreaterThanOrEqual(want.low);
    expect(most).toBeLessThanOrEqual(want.high);
    if (each.function.endsWith("niform")) {
      expect(least).toBeLessThan(want.low + 0.001 * (want.high - want.low));
      expect(most).toBeGreaterThan(want.high - 0.001 * (want.high - want.low));
    }
  });

  test("a linear layer's weight and bias are uniform within ±1/√inputs", () => {
    const each = cases.find((other) => other.function === "linear")!;
    const { high } = each.value as { high: number };
    const layer = nn.linear(20, 5000);
    const { weight, bias } = layer.init(random(0), { dtype: "float64" });
    for (const drawn of [weight as Tensor, bias as Tensor]) {
      expect(drawn.abs().max().item()).toBeLessThanOrEqual(high);
      expect(drawn.abs().max().item()).toBeGreaterThan(0.99 * high);
      expect(drawn.std().item()).toBeCloseTo(high / Math.sqrt(3), 2);
    }
  });

  test("the same seed draws the same numbers, another seed others", () => {
    const draw = (seed: number) => nn.heUniform(random(seed), [4, 4]).toArray();
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});

test.each(cases.filter((each) => each.function === "orthogonal"))("orthogonal: $name", (each: Case) => {
  const shape = each.arguments[0] as number[];
  const { diagonal } = each.value as { diagonal: number };
  const w: Tensor = nn.orthogonal(random(3), shape, { ...each.options, dtype: "float64" });
  const flat = w.reshape([shape[0]!, -1]);
  const small: Tensor =
    flat.shape[0]! <= flat.shape[1]! ? flat.matmul(flat.transpose()) : flat.transpose().matmul(flat);
  (small.toArray() as number[][]).forEach((row, i) => {
    row.forEach((value, j) => {
      expect(value).toBeCloseTo(i === j ? diagonal : 0, 12);
    });
  });
});
