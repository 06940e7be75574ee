import type { Labels } from "../metric/input.ts";
import { type ClassifierOptions, classify, widen } from "./classes.ts";
import { Classifier } from "./classifier.ts";
import { ascend, type Margin } from "./dualAscent.ts";
import { finishHinge, finishSquaredHinge } from "./margin.ts";
import { checkPositive, type Features, type Matrix, type Width } from "./problem.ts";

export interface LinearSvmOptions extends ClassifierOptions {
  /** `"squaredHinge"` (unless given) or `"hinge"`. */
  readonly loss?: Margin;
  /** The constant feature whose coefficient is the intercept: 1 unless given. A larger one is punished less. */
  readonly interceptScaling?: number;
  /** Ends when no multiplier wants to move further: 1e-8 unless given (scikit-learn has 1e-4). */
  readonly tolerance?: number;
}

const approach = 20;

/**
 * A linear support vector machine: `½ ‖w‖² + C Σ max(0, 1 – y (x·w + b))²` (or without the square) with y = ±1; as in liblinear the intercept is
 * punished, too. Several classes: each against the rest. By dual coordinate descent (Hsieh et al. 2008). scikit-learn's `LinearSVC`.
 *
 * @example
 * const machine = model.linearSvm([[-1], [1]], ["no", "yes"]);
 * machine.predict([[0.5]]) // ["yes"]
 * @throws RangeError `linearSvm: C must be finite and above 0, got 0.`
 */
export function linearSvm<const X extends Features, const Y extends Labels>(
  features: X,
  target: Y,
  options: LinearSvmOptions = {},
): Classifier<Width<X>, Y> {
  const { C = 1, loss = "squaredHinge", interceptScaling: scaling = 1, fitIntercept = true } = options;
  const { tolerance = 1e-8, maxIterations = 10_000 } = options;
  if (loss !== "squaredHinge" && loss !== "hinge")
    throw new RangeError(`linearSvm: loss must be "squaredHinge" or "hinge", got "${loss}".`);
  checkPositive("linearSvm", "interceptScaling", scaling);
  checkPositive("linearSvm", "tolerance", tolerance);
  checkPositive("linearSvm", "maxIterations", maxIterations);
  const { x, classes, truth, costs } = classify("linearSvm", features, target, options);
  const wide = fitIntercept ? widen(x, scaling) : x;
  const own = classes.length === 2 ? [1] : classes.map((_, k) => k);
  const coefficients = new Float64Array(own.length * x.columns);
  const intercepts = new Float64Array(own.length);
  const progress = { iterations: 0, converged: true };
  own.forEach((k, row) => {
    const signs = Float64Array.from(truth, (label) => (label === k ? 1 : -1));
    const { w, iterations, converged } = solve(wide, signs, costs, loss, tolerance, maxIterations);
    progress.iterations = Math.max(progress.iterations, iterations);
    progress.converged &&= converged;
    coefficients.set(w.subarray(0, x.columns), row * x.columns);
    if (fitIntercept) intercepts[row] = w.at(-1)! * scaling;
  });
  const name = `linearSvm (C ${C}, ${loss})`;
  return new Classifier({ name, classes, coefficients, intercepts, ...progress }) as never;
}

/** Comes nearer until the solution can be found exactly. */
function solve(
  x: Matrix,
  signs: Float64Array,
  costs: Float64Array,
  loss: Margin,
  tolerance: number,
  maxIterations: number,
): { readonly w: Float64Array; readonly iterations: number; readonly converged: boolean } {
  const ascent = ascend(x, signs, costs, loss);
  const finish = loss === "hinge" ? finishHinge : finishSquaredHinge;
  let iterations = 0;
  for (let goal = 0.1; ; goal /= 10) {
    const stage = loss === "hinge" ? maxIterations - iterations : Math.min(approach, maxIterations);
    const found = ascent.run(Math.max(goal, tolerance), stage);
    iterations += found.iterations;
    const isLast = !found.converged || goal <= tolerance;
    const w = finish(x, signs, costs, ascent.coefficients, isLast);
    if (w !== undefined) return { w, iterations, converged: true };
    if (isLast) return { w: ascent.coefficients, iterations, converged: found.converged };
  }
}
