/** The solver for symmetric matrices that are positive definite. Oracles: systems whose solution is known, and what is left of them. */
import { expect, test } from "vitest";
import { random } from "../../src/index.ts";
import { solveDefinite } from "../../src/op/kernel/definite.ts";

test("two right sides of a system with a known solution", () => {
  // A (1, 2)ᵀ = (8, 11)ᵀ and A (–1, 1)ᵀ = (–2, 2.5)ᵀ
  const solved = solveDefinite([4, 2, 2, 4.5], 2, [8, -2, 11, 2.5], 2)!;
  [1, -1, 2, 1].forEach((value, i) => {
    expect(solved[i]).toBeCloseTo(value, 14);
  });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 61])("a matrix of %i rows: nothing is left of the right side", (n) => {
  const x = random(n).normal([2 * n, n], { dtype: "float64" });
  const a = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.min(Math.floor(at / n), at % n), Math.max(Math.floor(at / n), at % n)];
    let sum = 0;
    for (let m = 0; m < 2 * n; m++) sum += x.data[m * n + i]! * x.data[m * n + j]!;
    return sum;
  });
  const b = random(n + 100).normal([n], { dtype: "float64" }).data;
  const solved = solveDefinite(a, n, b, 1)!;
  for (let i = 0; i < n; i++) {
    let left = b[i]!;
    for (let j = 0; j < n; j++) left -= a[i * n + j]! * solved[j]!;
    expect(Math.abs(left)).toBeLessThan(1e-10);
  }
});

test.each([
  ["not symmetric", [2, 1, 0, 2]],
  ["not positive definite", [1, 2, 2, 1]],
  ["negative", [-1, 0, 0, -1]],
  ["singular", [1, 1, 1, 1]],
  ["singular but for rounding", [1, 1, 1, 1 + 2 ** -50]],
  ["not a number", [Number.NaN, 0, 0, 1]],
  ["zero", [0, 0, 0, 0]],
])("a matrix that is %s is left to the elimination", (_, a) => {
  expect(solveDefinite(a, 2, [1, 1], 1)).toBeUndefined();
});

test("what is given is not written to", () => {
  const [a, b] = [Float64Array.of(4), Float64Array.of(2)];
  expect(solveDefinite(a, 1, b, 1)).toEqual(Float64Array.of(0.5));
  expect([a[0], b[0]]).toEqual([4, 2]);
});
