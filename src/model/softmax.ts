import type { Classified } from "./classes.ts";
import { dot, largest, type Objective } from "./lbfgs.ts";
import { solvePositive } from "./newton.ts";

/** Larger Hessians cost more than they are worth. */
const largestHessian = 1000;
const rounds = 50;

/** `Σ cost · –log p(y) + ½ ‖w‖²` of coefficients `[K, D]`, or `[1, D]` for two classes; a last column for the intercept is free. */
export function toObjective(problem: Classified, fitIntercept: boolean): Objective {
  const { x, truth, costs } = problem;
  return (w, gradient) => {
    gradient.fill(0);
    let value = 0;
    eachRow(problem, w, (row, p, logP) => {
      value -= costs[row]! * logP;
      for (let k = 0; k < p.length; k++) {
        const pull = costs[row]! * (p[k]! - target(problem, truth[row]!, k));
        const at = row * x.columns;
        for (let i = 0; i < x.columns; i++) gradient[k * x.columns + i]! += pull * x.data[at + i]!;
      }
    });
    for (let at = 0; at < w.length; at++) {
      if (fitIntercept && (at + 1) % x.columns === 0) continue;
      gradient[at]! += w[at]!;
      value += w[at]! ** 2 / 2;
    }
    return value;
  };
}

/** True where Newton's method is worth its matrix. */
export function isSmall(coefficients: number): boolean {
  return coefficients <= largestHessian;
}

/** Newton's method with steps halved until they descend: near the minimum each doubles the digits, until rounding is all that is left. */
export function polish(
  problem: Classified,
  fitIntercept: boolean,
  start: Float64Array,
  objective: Objective,
): Float64Array {
  let w = start;
  let gradient: Float64Array = new Float64Array(w.length);
  let value = objective(w, gradient);
  for (let round = 0; round < rounds; round++) {
    const step = solvePositive(findHessian(problem, fitIntercept, w), gradient);
    if (step === undefined) return w;
    // each step squares what is missing, so after one of 1e-9 there is nothing left
    const isLast = largest(step) <= 1e-9 * Math.max(1, largest(w));
    const own = new Float64Array(w.length);
    let next: Float64Array | undefined;
    for (let length = 1; length > 1e-6; length /= 2) {
      next = w.map((n, i) => n - length * step[i]!);
      const found = objective(next, own);
      const isFlat = found <= value + 1e-14 * Math.abs(value) && largest(own) < largest(gradient);
      if (found < value - 1e-4 * length * dot(step, gradient) || isFlat) {
        [w, gradient, value] = [next, own, found];
        break;
      }
      next = undefined;
    }
    if (next === undefined || isLast) return w;
  }
  return w;
}

/** Of all intercepts together the softmax sees nothing: `(Σ b)²` is added, which is 0 at the solution, so that the matrix is not singular. */
function findHessian(problem: Classified, fitIntercept: boolean, w: Float64Array): Float64Array {
  const { x, costs } = problem;
  const [size, d] = [w.length, x.columns];
  const hessian = new Float64Array(size * size);
  eachRow(problem, w, (row, p) => {
    const own = x.data.subarray(row * d, (row + 1) * d);
    for (let a = 0; a < p.length; a++)
      for (let b = 0; b <= a; b++) {
        const bend = costs[row]! * p[a]! * ((a === b ? 1 : 0) - p[b]!);
        for (let i = 0; i < d; i++) {
          const times = bend * own[i]!;
          if (times === 0) continue;
          const at = (a * d + i) * size + b * d;
          for (let j = 0; j < d; j++) hessian[at + j]! += times * own[j]!;
        }
      }
  });
  for (let at = 0; at < size; at++) {
    const isIntercept = fitIntercept && (at + 1) % d === 0;
    if (!isIntercept) hessian[at * size + at]! += 1;
    else if (size > d) for (let other = d - 1; other <= at; other += d) hessian[at * size + other]! += 1;
  }
  return hessian;
}

/** Visits the rows with their probabilities: of all classes, or of the second of two. */
function eachRow(
  { x, truth, classes }: Classified,
  w: Float64Array,
  visit: (row: number, p: Float64Array, logP: number) => void,
): void {
  const rows = w.length / x.columns;
  const p = new Float64Array(rows);
  for (let row = 0; row < x.rows; row++) {
    const at = row * x.columns;
    for (let k = 0; k < rows; k++) {
      let z = 0;
      for (let i = 0; i < x.columns; i++) z += w[k * x.columns + i]! * x.data[at + i]!;
      p[k] = z;
    }
    visit(row, p, classes.length === 2 ? toSigmoid(p, truth[row]!) : toSoftmax(p, truth[row]!));
  }
}

function toSigmoid(p: Float64Array, label: number): number {
  const z = label === 1 ? p[0]! : -p[0]!;
  p[0] = p[0]! > 0 ? 1 / (1 + Math.exp(-p[0]!)) : Math.exp(p[0]!) / (1 + Math.exp(p[0]!));
  return Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
}

function toSoftmax(p: Float64Array, label: number): number {
  const own = p[label]!;
  let [highest, total] = [Number.NEGATIVE_INFINITY, 0];
  for (const z of p) highest = Math.max(highest, z);
  for (let k = 0; k < p.length; k++) {
    p[k] = Math.exp(p[k]! - highest);
    total += p[k]!;
  }
  for (let k = 0; k < p.length; k++) p[k]! /= total;
  return own - highest - Math.log(total);
}

/** What the probability should be. */
function target({ classes }: Classified, label: number, k: number): number {
  return classes.length === 2 ? label : Number(label === k);
}
