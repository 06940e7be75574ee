/** Values and gradients of every loss as PyTorch computes them. */
import { describe, expect, test } from "vitest";
import { leavesOf, type Tensor, type Tree, valueAndGrad } from "../../src/index.ts";
import { type Case, findCases, run } from "./golden.ts";

describe.each([
  ["float64", 1e-10],
  ["float32", 1e-5],
] as const)("%s", (dtype, tolerance) => {
  const cases = findCases(dtype).filter((row) => dtype === "float64" || row.isSingle);

  test.each(cases.map((row) => [row.name, row] as const))("%s", (_, row) => {
    const { value, gradients } = differentiate(row);
    expectClose(value, row.value, tolerance);
    row.gradients.forEach((wanted, i) => {
      if (wanted === undefined) return;
      const [ours, theirs] = [leavesOf(gradients[i]!), leavesOf(wanted)];
      ours.forEach((gradient, leaf) => {
        expectClose(gradient, theirs[leaf]!, tolerance);
        expect(gradient.dtype).toBe(dtype);
      });
    });
    expect(value.dtype).toBe(dtype);
  });
});

/** The value, and the gradients of what the table has gradients of. */
function differentiate(row: Case): { value: Tensor; gradients: readonly (Tree | undefined)[] } {
  const places = row.args.flatMap((_, i) => (row.gradients[i] === undefined ? [] : [i]));
  if (places.length === 0) return { value: run(row), gradients: [] };
  const f = (chosen: readonly Tree[]): readonly [Tensor, Tensor] => {
    const value = run(row, withChosen(row.args, places, chosen));
    return [value.mul(row.cotangent).sum(), value];
  };
  const [[, value], found] = valueAndGrad(f)(places.map((i) => row.args[i]!));
  return { value, gradients: withChosen(row.gradients, places, found) };
}

function withChosen<X>(all: readonly X[], places: readonly number[], chosen: readonly Tree[]): (X | Tree)[] {
  return all.map((each, i) => (places.includes(i) ? chosen[places.indexOf(i)]! : each));
}

function expectClose(actual: Tensor, wanted: Tensor, tolerance: number): void {
  expect(actual.shape).toEqual(wanted.shape);
  wanted.data.forEach((want, i) => {
    const got = actual.data[i]!;
    if (!Number.isFinite(want)) expect(got, `at ${i}`).toEqual(want);
    else
      expect(Math.abs(got - want), `${got} for ${want} at ${i}`).toBeLessThanOrEqual(
        tolerance * Math.max(1, Math.abs(want)),
      );
  });
}
