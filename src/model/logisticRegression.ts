import type { Labels } from "../metric/input.ts";
import { type Classified, type ClassifierOptions, classify, widen } from "./classes.ts";
import { ProbabilityClassifier } from "./classifier.ts";
import { minimize } from "./lbfgs.ts";
import { checkPositive, type Features, type Width } from "./problem.ts";
import { isSmall, polish, toObjective } from "./softmax.ts";

export interface LogisticRegressionOptions extends ClassifierOptions {
  /** Ends when no element of the gradient is larger: 1e-6 unless given (scikit-learn has 1e-4); Newton's method then finishes small problems to rounding. */
  readonly tolerance?: number;
}

const approach = 100;

/**
 * Logistic regression: `C Σ –log p(y) + ½ ‖w‖²` with the softmax p, the intercept free. For two classes one row of coefficients, for more one for
 * each class. By L-BFGS and Newton's method. scikit-learn's `LogisticRegression`.
 *
 * @example
 * const { train, test } = data.split(data.iris(), { stratify: true, seed: 1 });
 * const flowers = model.logisticRegression(train.features, train.target);
 * flowers.score(test.features, test.target) // 1
 * flowers.predictProbability(test.features).shape // [38, 3]
 * @throws RangeError `logisticRegression: 1 class (0) where at least 2 are needed.`
 */
export function logisticRegression<const X extends Features, const Y extends Labels>(
  features: X,
  target: Y,
  options: LogisticRegressionOptions = {},
): ProbabilityClassifier<Width<X>, Y> {
  const { C = 1, tolerance = 1e-6, maxIterations = 10_000, fitIntercept = true } = options;
  checkPositive("logisticRegression", "tolerance", tolerance);
  checkPositive("logisticRegression", "maxIterations", maxIterations);
  const problem = classify("logisticRegression", features, target, options);
  const x = fitIntercept ? widen(problem.x, 1) : problem.x;
  const isBinary = problem.classes.length === 2;
  const wide: Classified = { ...problem, x };
  const objective = toObjective(wide, fitIntercept);
  const start = new Float64Array(x.columns * (isBinary ? 1 : problem.classes.length));
  const small = isSmall(start.length);
  // L-BFGS comes near; where Newton's matrix is cheap it does the rest, however badly scaled the features are
  const limits = { tolerance, maxIterations: small ? Math.min(maxIterations, approach) : maxIterations };
  const { at, iterations, slope } = minimize(objective, start, limits);
  const found = small ? polish(wide, fitIntercept, at, objective) : at;
  const rows = isBinary ? 1 : problem.classes.length;
  const coefficients = new Float64Array(rows * problem.x.columns);
  const intercepts = new Float64Array(rows);
  for (let k = 0; k < rows; k++) {
    const own = found.subarray(k * x.columns, (k + 1) * x.columns);
    coefficients.set(own.subarray(0, problem.x.columns), k * problem.x.columns);
    if (fitIntercept) intercepts[k] = own.at(-1)!;
  }
  const name = `logisticRegression (C ${C})`;
  const converged = small || slope <= tolerance || iterations < maxIterations;
  return new ProbabilityClassifier({
    name,
    classes: problem.classes,
    coefficients,
    intercepts,
    iterations,
    converged,
  }) as never;
}
