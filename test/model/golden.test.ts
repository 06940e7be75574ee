/** Every model of `model.json` as scikit-learn 1.9 finds it, finished to rounding: 1e-10, with the default options. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Dataset } from "../../src/data/index.ts";
import { data, fromArray, model, Tensor } from "../../src/index.ts";

interface Recipe {
  readonly x?: Encoded;
  readonly y?: Encoded;
  readonly set?: "iris" | "wine" | "breastCancer";
  readonly features?: readonly number[];
  readonly target?: number;
  readonly classes?: readonly number[];
  readonly standardized?: boolean;
}

interface Case {
  readonly name: string;
  readonly function: string;
  readonly data: Recipe;
  readonly options: Record<string, unknown>;
  readonly value: Record<string, unknown>;
}

interface Encoded {
  readonly shape: number[];
  readonly dtype: string;
  readonly data: number[];
}

interface Fitted {
  readonly coefficients: Tensor;
  readonly intercept: number | Tensor;
  readonly alphas?: Tensor;
  predict?(x: Tensor): Tensor;
  predictProbability?(x: Tensor): Tensor;
  decision?(x: Tensor): Tensor;
  score?(x: Tensor, y: Tensor): number;
}

const file = resolve(import.meta.dirname, "../golden/model.json");
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] };
const functions = model as unknown as Record<string, (x: Tensor, y: Tensor, options: object) => Fitted>;

describe.each([...new Set(cases.map((c) => c.function))])("%s", (name) => {
  test.each(cases.filter((c) => c.function === name).map((c) => [c.name, c] as const))("%s", (_, c) => {
    const { x, y } = load(c.data);
    const options = Object.fromEntries(Object.entries(c.options).map(([key, value]) => [key, decode(value)]));
    const fitted = functions[name]!(x, y, options);
    const { coef, intercept, alphas, prediction, probability, decision, accuracy, r2 } = c.value;
    compare(fitted.coefficients, coef, "coefficients");
    compare(fitted.intercept, intercept, "intercept");
    if (alphas !== undefined) compare(fitted.alphas!, alphas, "alphas");
    const pick = (every: number, count: number) => {
      const rows = Array.from({ length: count }, (_, i) => i * every).filter((i) => i < x.shape[0]!);
      const width = x.shape[1]!;
      return fromArray(Float64Array.from(rows.flatMap((i) => [...x.data.slice(i * width, (i + 1) * width)])), [
        rows.length,
        width,
      ]);
    };
    const some = pick(Math.max(1, Math.floor(x.shape[0]! / 5)), 5);
    if (prediction !== undefined) compare(fitted.predict!(pick(1, 6)), prediction, "prediction");
    if (probability !== undefined) compare(fitted.predictProbability!(some), probability, "probability");
    if (decision !== undefined) compare(fitted.decision!(some), decision, "decision");
    if (accuracy !== undefined) {
      const away = Math.abs(fitted.score!(x, y) - (accuracy as number));
      expect(away).toBeLessThanOrEqual(countTies(fitted.decision!(x)) / x.shape[0]! + 1e-12);
    }
    if (r2 !== undefined && c.options["sampleWeight"] === undefined)
      expect(fitted.score!(x, y)).toBeCloseTo(r2 as number, 10);
  });
});

/** Rows whose best two scores are equal but for rounding: support vectors of two classes may go either way. */
function countTies(scores: Tensor): number {
  const [rows, columns] = scores.shape as readonly [number, number?];
  if (columns === undefined) return scores.data.filter((n) => Math.abs(n) < 1e-9).length;
  return Array.from({ length: rows }, (_, i) =>
    [...scores.data.slice(i * columns, (i + 1) * columns)].sort((a, b) => b - a),
  ).filter(([first, second]) => first! - second! < 1e-9).length;
}

/** The data of a recipe: columns, then classes, then standardized. */
function load(recipe: Recipe): { x: Tensor; y: Tensor } {
  if (recipe.x) return { x: decode(recipe.x) as Tensor, y: decode(recipe.y) as Tensor };
  const set: Dataset = data[recipe.set!]({ dtype: "float64" });
  const width = set.features.shape[1]!;
  const columns = recipe.features ?? Array.from({ length: width }, (_, i) => i);
  const labels = [...set.target.data];
  const rows = labels.map((_, i) => i).filter((i) => recipe.classes?.includes(labels[i]!) ?? true);
  const at = (row: number, column: number) => set.features.data[row * width + column]!;
  const plain = Float64Array.from(rows.flatMap((row) => columns.map((column) => at(row, column))));
  const x = fromArray(plain, [rows.length, columns.length]);
  const y =
    recipe.target === undefined
      ? fromArray(
          Int32Array.from(rows, (row) => labels[row]!),
          [rows.length],
        )
      : fromArray(
          Float64Array.from(rows, (row) => at(row, recipe.target!)),
          [rows.length],
        );
  return { x: recipe.standardized ? data.standardize(x).apply(x) : x, y };
}

function decode(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("dtype" in value)) return value;
  const { shape, dtype, data: numbers } = value as Encoded;
  return fromArray(dtype === "int32" ? Int32Array.from(numbers) : Float64Array.from(numbers), shape);
}

function compare(got: number | Tensor, want: unknown, what: string): void {
  const a = got instanceof Tensor ? [...got.data] : [got];
  const b = typeof want === "number" ? [want] : (want as Encoded).data;
  expect(a, what).toHaveLength(b.length);
  a.forEach((n, i) => {
    const away = Math.abs(n - b[i]!) / Math.max(1, Math.abs(b[i]!));
    expect(away, `${what} at ${i}: ${n}, not ${b[i]}`).toBeLessThan(1e-10);
  });
}
