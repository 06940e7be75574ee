import { decompose } from "./decompose.ts";
import { solvePositive } from "./newton.ts";
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
  const finish = toFinisher(columns, y, penalties);
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
    // where columns resemble each other rounds without end remain, but which coefficients are 0 is soon known
    const isTime = iteration >= 8 && Number.isInteger(Math.log2(iteration));
    const exact = isTime ? finish(w) : undefined;
    if (exact) return { coefficients: exact, iterations: iteration, converged: true };
    // the gap costs as much as a round: look when little moves
    const settled = change <= 1e-4 * largest || largest === 0 || iteration === maxIterations;
    if (change === 0 || (settled && findGap(columns, y, w, residual, penalties) <= goal))
      return { coefficients: finish(w) ?? w, iterations: iteration, converged: true };
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

/**
 * `(XᵀX + l2) w = Xᵀy – l1 sign(w)` over the coefficients that are not 0, solved exactly; `undefined` unless that is the solution: no sign turns,
 * every other coefficient is held at 0.
 */
function toFinisher(
  columns: readonly Float64Array[],
  y: Float64Array,
  { l1, l2 }: Penalties,
): (w: Float64Array) => Float64Array | undefined {
  const slacks = columns.map((column) => 1e-10 * Math.sqrt(dot(column, column) * dot(y, y)));
  const products = new Map<number, number>();
  const product = (a: number, b: number) => {
    const key = Math.min(a, b) * columns.length + Math.max(a, b);
    const known = products.get(key) ?? dot(columns[a]!, columns[b]!);
    products.set(key, known);
    return known;
  };
  return (w) => {
    const active = Array.from(w, (_, j) => j).filter((j) => w[j] !== 0);
    const size = active.length;
    const gram = Float64Array.from(active.flatMap((a) => active.map((b) => product(a, b) + (a === b ? l2 : 0))));
    const right = Float64Array.from(active, (j) => dot(columns[j]!, y) - l1 * Math.sign(w[j]!));
    const found =
      solvePositive(gram.slice(), right) ?? decompose({ data: gram, rows: size, columns: size }).solve(right, 0);
    const exact = new Float64Array(w.length);
    const residual = y.slice();
    active.forEach((j, i) => {
      exact[j] = found[i]!;
      add(residual, columns[j]!, -found[i]!);
    });
    const isOptimal = columns.every((column, j) => {
      const pull = dot(column, residual) - l2 * exact[j]!;
      if (w[j] === 0) return Math.abs(pull) <= l1 + slacks[j]!;
      return Math.sign(exact[j]!) === Math.sign(w[j]!) && Math.abs(pull - l1 * Math.sign(w[j]!)) <= slacks[j]!;
    });
    return isOptimal ? exact : undefined;
  };
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
