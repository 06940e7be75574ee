import { decompose } from "./decompose.ts";
import { add, dot } from "./lbfgs.ts";
import { solvePositive } from "./newton.ts";
import type { Matrix } from "./problem.ts";

const rounds = 50;

/**
 * Newton's method for the squared hinge: over the rows inside the margin the objective is quadratic, so it ends exactly when no row crosses any
 * more. The start is returned if that does not happen.
 */
export function finishSquaredHinge(
  x: Matrix,
  signs: Float64Array,
  costs: Float64Array,
  start: Float64Array,
): Float64Array {
  let inside = findInside(x, signs, start);
  for (let round = 0; round < rounds; round++) {
    const d = x.columns;
    const [matrix, right] = [new Float64Array(d * d), new Float64Array(d)];
    for (let i = 0; i < d; i++) matrix[i * d + i] = 1;
    for (const row of inside)
      for (let i = 0; i < d; i++) {
        const times = 2 * costs[row]! * x.data[row * d + i]!;
        right[i]! += times * signs[row]!;
        for (let j = 0; j <= i; j++) matrix[i * d + j]! += times * x.data[row * d + j]!;
      }
    const w = solvePositive(matrix, right);
    if (w === undefined) return start;
    const next = findInside(x, signs, w);
    if (next.length === inside.length && next.every((row, i) => row === inside[i])) return w;
    inside = next;
  }
  return start;
}

/**
 * The hinge has corners: rows inside the margin have the multiplier C, those outside 0, and those on it what puts them there exactly. Kept only if
 * the multipliers and the margins are then those of a solution.
 */
export function finishHinge(x: Matrix, signs: Float64Array, costs: Float64Array, start: Float64Array): Float64Array {
  const d = x.columns;
  const signed = (row: number) => x.data.subarray(row * d, (row + 1) * d).map((n) => n * signs[row]!);
  let placed: Float64Array | undefined;
  for (const near of [1e-6, 1e-5, 1e-7, 1e-4, 1e-8]) {
    const margins = Array.from({ length: x.rows }, (_, row) => dot(signed(row), start));
    const on = margins.flatMap((margin, row) => (costs[row]! > 0 && Math.abs(margin - 1) < near ? [row] : []));
    const w = new Float64Array(d);
    margins.forEach((margin, row) => {
      if (margin <= 1 - near) add(w, signed(row), costs[row]!);
    });
    const corners = on.map(signed);
    const lack = corners.map((corner) => 1 - dot(corner, w));
    const step = solveRows(corners, lack, d);
    const shares = solveRows(transpose(corners, d), step, on.length);
    add(w, step, 1);
    const isAllowed = shares.every((share, k) => share > -1e-9 && share < costs[on[k]!]! + 1e-9);
    const isPlaced = margins.every((before, row) => {
      const margin = dot(signed(row), w);
      if (costs[row] === 0) return true;
      if (on.includes(row)) return Math.abs(margin - 1) < 1e-9;
      return before < 1 ? margin <= 1 + 1e-9 : margin >= 1 - 1e-9;
    });
    if (isAllowed && isPlaced) return w;
    if (isPlaced) placed ??= w;
  }
  // many rows on the margin have many multipliers, and the shortest ones may leave [0, C]: then the objective decides
  return placed && hinge(x, signs, costs, placed) <= hinge(x, signs, costs, start) ? placed : start;
}

/** `½ ‖w‖² + Σ cost · max(0, 1 – y x·w)`. */
function hinge({ data, rows, columns }: Matrix, signs: Float64Array, costs: Float64Array, w: Float64Array): number {
  let value = dot(w, w) / 2;
  for (let row = 0; row < rows; row++)
    value += costs[row]! * Math.max(0, 1 - signs[row]! * dot(data.subarray(row * columns, (row + 1) * columns), w));
  return value;
}

/** The shortest `v` with `row · v = right` for every row. */
function solveRows(rows: readonly Float64Array[], right: ArrayLike<number>, columns: number): Float64Array {
  if (rows.length === 0 || columns === 0) return new Float64Array(columns);
  const data = Float64Array.from(rows.flatMap((row) => [...row]));
  return decompose({ data, rows: rows.length, columns }).solve(right, 0);
}

function transpose(rows: readonly Float64Array[], columns: number): Float64Array[] {
  return Array.from({ length: columns }, (_, i) => Float64Array.from(rows, (row) => row[i]!));
}

function findInside({ data, rows, columns }: Matrix, signs: Float64Array, w: Float64Array): number[] {
  return Array.from({ length: rows }, (_, row) => row).filter(
    (row) => signs[row]! * dot(data.subarray(row * columns, (row + 1) * columns), w) < 1,
  );
}
