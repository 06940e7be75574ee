import type { Labels } from "../metric/input.ts";
import { type ClassifierOptions, classify, widen } from "./classes.ts";
import { Classifier } from "./classifier.ts";
import { ascend, type Margin } from "./dualAscent.ts";
import { finishHinge, finishSquaredHinge } from "./margin.ts";
import { checkPositive, type Features, type Width } from "./problem.ts";

export interface LinearSvmOptions extends ClassifierOptions {
  /** `"squaredHinge"` (unless given) or `"hinge"`. */
  readonly loss?: Margin;
  /** The constant feature whose coefficient is the intercept: 1 unless given. A larger one is punished less. */
  readonly interceptScaling?: number;
  /** Ends when no multiplier wants to move further: 1e-8 unless given (scikit-learn has 1e-4). */
  readonly tolerance?: number;
}

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
  const { tolerance = 1e-8, maxIterations = 100_000 } = options;
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
    const found = ascend(wide, signs, costs, loss, { tolerance, maxIterations });
    const finish = loss === "hinge" ? finishHinge : finishSquaredHinge;
    const w = finish(wide, signs, costs, found.coefficients);
    progress.iterations = Math.max(progress.iterations, found.iterations);
    progress.converged &&= found.converged || w !== found.coefficients;
    coefficients.set(w.subarray(0, x.columns), row * x.columns);
    if (fitIntercept) intercepts[row] = w.at(-1)! * scaling;
  });
  const name = `linearSvm (C ${C}, ${loss})`;
  return new Classifier({ name, classes, coefficients, intercepts, ...progress }) as never;
}
