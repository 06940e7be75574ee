import { decompose } from "./decompose.ts";
import type { Matrix } from "./problem.ts";

/** `‖y – X w‖² / 2 + l1 ‖w‖₁ + l2 ‖w‖² / 2`. */
export interface Penalties {
  readonly l1: number;
  readonly l2: number;
}

export interface DescentOptions {
  /** Ends when the duality gap is below this share of ‖y‖². */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export interface Descended {
  readonly coefficients: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Lasso and elastic net as in scikit-learn: one coefficient after the other is set to its best value, `S(xⱼᵀr, l1) / (‖xⱼ‖² + l2)` with the soft
 * threshold S, until the duality gap proves that little is left to gain. Then the system of the coefficients that are not 0 is solved exactly.
 */
export function descend(
  x: Matrix,
  y: Float64Array,
  penalties: Penalties,
  { tolerance, maxIterations }: DescentOptions,
  start?: Float64Array,
): Descended {
  // without corners the best is known, and the gap would never close
  if (penalties.l1 === 0) return { coefficients: decompose(x).solve(y, penalties.l2), iterations: 0, converged: true };
  const columns = toColumns(x);
  const squares = columns.map((column) => dot(column, column));
  const w = start?.slice() ?? new Float64Array(x.columns);
  const residual = y.slice();
  columns.forEach((column, j) => {
    add(residual, column, -w[j]!);
  });
  const goal = tolerance * dot(y, y);
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    let [largest, change] = [0, 0];
    columns.forEach((column, j) => {
      const curvature = squares[j]! + penalties.l2;
      if (squares[j] === 0) return;
      const before = w[j]!;
      const pull = dot(column, residual) + before * squares[j]!;
      w[j] = (Math.sign(pull) * Math.max(0, Math.abs(pull) - penalties.l1)) / curvature;
      if (w[j] !== before) add(residual, column, before - w[j]!);
      change = Math.max(change, Math.abs(w[j]! - before));
      largest = Math.max(largest, Math.abs(w[j]!));
    });
    // the gap costs as much as a round: look when little moves
    const settled = change <= 1e-4 * largest || largest === 0 || iteration === maxIterations;
    if (settled && findGap(columns, y, w, residual, penalties) <= goal)
      return { coefficients: finish(x, y, w, penalties), iterations: iteration, converged: true };
    if (change === 0) return { coefficients: finish(x, y, w, penalties), iterations: iteration, converged: true };
  }
  return { coefficients: w, iterations: maxIterations, converged: false };
}

/** The primal objective minus the dual one at the residual, scaled until it is allowed. */
function findGap(
  columns: readonly Float64Array[],
  y: Float64Array,
  w: Float64Array,
  residual: Float64Array,
  { l1, l2 }: Penalties,
): number {
  const steepest = Math.max(...columns.map((column, j) => Math.abs(dot(column, residual) - l2 * w[j]!)));
  const [loss, size] = [dot(residual, residual), dot(w, w)];
  const scale = steepest > l1 ? l1 / steepest : 1;
  const taxicab = w.reduce((all, n) => all + Math.abs(n), 0);
  const offset = steepest > l1 ? 0.5 * (loss + loss * scale ** 2) : loss;
  return offset + l1 * taxicab - scale * dot(residual, y) + 0.5 * l2 * (1 + scale ** 2) * size;
}

/** `(XᵀX + l2) w = Xᵀy – l1 sign(w)` over the coefficients that are not 0; kept only if no sign turns and no other coefficient wants to move. */
function finish(x: Matrix, y: Float64Array, w: Float64Array, { l1, l2 }: Penalties): Float64Array {
  const columns = toColumns(x);
  const active = Array.from(w, (_, j) => j).filter((j) => w[j] !== 0);
  if (active.length === 0) return w;
  const size = active.length;
  const gram = new Float64Array(size * size);
  active.forEach((a, i) => {
    active.forEach((b, j) => {
      gram[i * size + j] = dot(columns[a]!, columns[b]!) + (a === b ? l2 : 0);
    });
  });
  const right = Float64Array.from(active, (j) => dot(columns[j]!, y) - l1 * Math.sign(w[j]!));
  const found = decompose({ data: gram, rows: size, columns: size }).solve(right, 0);
  if (found.some((n, i) => Math.sign(n) !== Math.sign(w[active[i]!]!))) return w;
  const exact = new Float64Array(w.length);
  active.forEach((j, i) => {
    exact[j] = found[i]!;
  });
  const residual = y.slice();
  active.forEach((j) => {
    add(residual, columns[j]!, -exact[j]!);
  });
  const slack = 1e-9 * Math.max(1, l1);
  const isOptimal = columns.every((column, j) => exact[j] !== 0 || Math.abs(dot(column, residual)) <= l1 + slack);
  return isOptimal ? exact : w;
}

function toColumns({ data, rows, columns }: Matrix): Float64Array[] {
  return Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => data[i * columns + j]!),
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function add(to: Float64Array, column: Float64Array, times: number): void {
  if (times === 0) return;
  for (let i = 0; i < to.length; i++) to[i]! += column[i]! * times;
}
