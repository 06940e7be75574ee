import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { mapTree, Tensor, type Tree, tensor } from "../../src/index.ts";

/** A tensor as the golden tables write it. */
export interface Written {
  readonly shape: readonly number[];
  readonly dtype: "float64" | "int32" | "bool";
  readonly data: readonly (number | string)[];
}

export interface Case {
  readonly name: string;
  readonly function: string;
  readonly arguments: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly value: unknown;
  readonly [name: string]: unknown;
}

/** A table of `test/golden`, every tensor in it decoded. */
export function readTable(name: string): { readonly cases: readonly Case[]; readonly [name: string]: unknown } {
  const file = new URL(`../golden/${name}.json`, import.meta.url);
  return decode(JSON.parse(readFileSync(file, "utf8"))) as ReturnType<typeof readTable>;
}

function decode(value: unknown): unknown {
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(decode);
  const { shape, dtype, data } = value as Partial<Written>;
  if (shape && dtype && data) return tensor(data.map(Number), { dtype }).reshape(shape);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, decode(each)]));
}

/** The same, relative to `max(1, |expected|)`. */
export function expectClose(actual: Tensor | number, expected: Tensor | number, tolerance = 1e-10): void {
  const numbers = (each: Tensor | number) => (each instanceof Tensor ? Array.from(each.data) : [each]);
  const [a, b] = [numbers(actual), numbers(expected)];
  if (actual instanceof Tensor && expected instanceof Tensor) expect(actual.shape).toEqual(expected.shape);
  b.forEach((want, i) => {
    if (Number.isNaN(want)) expect(a[i]).toBeNaN();
    else if (!Number.isFinite(want)) expect(a[i]).toBe(want);
    else expect(Math.abs(a[i]! - want) / Math.max(1, Math.abs(want)), `${a[i]} for ${want}`).toBeLessThan(tolerance);
  });
}

export function expectTreeClose<T extends Tree>(actual: T, expected: T, tolerance = 1e-10): void {
  mapTree(
    (a, b) => {
      expectClose(a, b!, tolerance);
      return a;
    },
    actual,
    expected,
  );
}
