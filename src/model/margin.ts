import { decompose } from "./decompose.ts";
import { add, dot } from "./lbfgs.ts";
import { solvePositive } from "./newton.ts";
import type { Matrix } from "./problem.ts";

const rounds = 50;

/**
 * Newton's method for the squared hinge, with steps halved until they descend: over the rows inside the margin the objective is quadratic, so it
 * ends exactly when no row crosses any more. `undefined` if that does not happen.
 */
export function finishSquaredHinge(
  x: Matrix,
  signs: Float64Array,
  costs: Float64Array,
  start: Float64Array,
): Float64Array | undefined {
  let w = start;
  let inside = findInside(x, signs, w);
  for (let round = 0; round < rounds; round++) {
    const goal = solveInside(x, signs, costs, inside);
    if (goal === undefined) return undefined;
    const next = findInside(x, signs, goal);
    if (next.length === inside.length && next.every((row, i) => row === inside[i])) return goal;
    const before = weigh(x, signs, costs, w, 2);
    let length = 1;
    let at = goal;
    while (weigh(x, signs, costs, at, 2) > before && length > 1e-6) {
      length /= 2;
      at = w.map((n, i) => n + length * (goal[i]! - n));
    }
    [w, inside] = [at, findInside(x, signs, at)];
  }
  return undefined;
}

/** The minimum if these rows were inside the margin and no others: `(I + 2 Σ c x xᵀ) w = 2 Σ c y x`. */
function solveInside(
  x: Matrix,
  signs: Float64Array,
  costs: Float64Array,
  inside: readonly number[],
): Float64Array | undefined {
  const d = x.columns;
  const [matrix, right] = [new Float64Array(d * d), new Float64Array(d)];
  for (let i = 0; i < d; i++) matrix[i * d + i] = 1;
  for (const row of inside)
    for (let i = 0; i < d; i++) {
      const times = 2 * costs[row]! * x.data[row * d + i]!;
      right[i]! += times * signs[row]!;
      for (let j = 0; j <= i; j++) matrix[i * d + j]! += times * x.data[row * d + j]!;
    }
  return solvePositive(matrix, right);
}

/**
 * The hinge has corners: rows inside the margin have the multiplier C, those outside 0, and those on it what puts them there exactly. Kept only if
 * the multipliers and the margins are then those of a solution.
 */
export function finishHinge(
  x: Matrix,
  signs: Float64Array,
  costs: Float64Array,
  start: Float64Array,
  isLast: boolean,
): Float64Array | undefined {
  const d = x.columns;
  const signed = (row: number) => x.data.subarray(row * d, (row + 1) * d).map((n) => n * signs[row]!);
  let placed: Float64Array | undefined;
  for (const near of [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-7, 1e-8]) {
    const margins = Array.from({ length: x.rows }, (_, row) => dot(signed(row), start));
    const on = margins.flatMap((margin, row) => (costs[row]! > 0 && Math.abs(margin - 1) < near ? [row] : []));
    // the decomposition of many corners costs more than more rounds
    if (on.length > 4 * d + 50) continue;
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
    if (isPlaced && near <= 1e-4) placed ??= w;
  }
  // many rows on the margin have many multipliers, and the shortest ones may leave [0, C]: then the objective decides
  return isLast && placed && weigh(x, signs, costs, placed, 1) <= weigh(x, signs, costs, start, 1) ? placed : undefined;
}

/** `½ ‖w‖² + Σ cost · max(0, 1 – y x·w)`, or with the square. */
function weigh(
  { data, rows, columns }: Matrix,
  signs: Float64Array,
  costs: Float64Array,
  w: Float64Array,
  power: 1 | 2,
): number {
  let value = dot(w, w) / 2;
  for (let row = 0; row < rows; row++) {
    const lack = Math.max(0, 1 - signs[row]! * dot(data.subarray(row * columns, (row + 1) * columns), w));
    value += costs[row]! * lack ** power;
  }
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
