/** Every number of `metric.json` as scikit-learn 1.9 computes it. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { fromArray, metric, type Tensor } from "../../src/index.ts";

interface Case {
  readonly name: string;
  readonly function: string;
  readonly arguments: readonly unknown[];
  readonly options: Record<string, unknown>;
  readonly value: unknown;
}

interface Encoded {
  readonly shape: number[];
  readonly dtype: string;
  readonly data: number[];
}

const file = resolve(import.meta.dirname, "../golden/metric.json");
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] };
const functions = metric as unknown as Record<string, (...args: unknown[]) => unknown>;

describe.each([...new Set(cases.map((c) => c.function))])("%s", (name) => {
  test.each(cases.filter((c) => c.function === name).map((c) => [c.name, c] as const))("%s", (_, c) => {
    const options = Object.fromEntries(Object.entries(c.options).map(([key, value]) => [key, decode(value)]));
    compare(simplify(functions[name]!(...c.arguments.map(decode), options)), simplify(decode(c.value)), name);
  });
});

/** Tensors, and the three numbers that JSON does not know. */
function decode(value: unknown): unknown {
  if (value === "NaN") return Number.NaN;
  if (value === "Infinity") return Number.POSITIVE_INFINITY;
  if (value === "-Infinity") return Number.NEGATIVE_INFINITY;
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== "object" || value === null) return value;
  if (!("dtype" in value)) return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, decode(v)]));
  const { shape, dtype, data } = value as Encoded;
  const numbers = data.map(decode) as number[];
  return fromArray(dtype === "int32" ? Int32Array.from(numbers) : Float64Array.from(numbers), shape);
}

/** Plain numbers, arrays and objects. */
function simplify(value: unknown): unknown {
  if (value instanceof metric.ConfusionMatrix || value instanceof metric.ClassificationReport)
    return value instanceof metric.ConfusionMatrix ? value.toArray() : value.toJSON();
  if (typeof value === "object" && value !== null && "shape" in value) return (value as Tensor).toArray();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, simplify(v)]));
}

function compare(got: unknown, want: unknown, where: string): void {
  if (typeof want === "object" && want !== null) {
    expect(Object.keys(got as object).sort(), where).toEqual(Object.keys(want).sort());
    for (const [key, value] of Object.entries(want))
      compare((got as Record<string, unknown>)[key], value, `${where}.${key}`);
  } else if (typeof want !== "number" || !Number.isFinite(want)) expect(got, where).toBe(want);
  else
    expect(Math.abs((got as number) - want), `${where}: ${got}, not ${want}`).toBeLessThan(
      1e-12 * Math.max(1, Math.abs(want)),
    );
}
