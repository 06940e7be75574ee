import { type Numbers, toVector } from "../metric/input.ts";
import { centre } from "./centre.ts";
import { descend } from "./coordinateDescent.ts";
import { LinearModel } from "./linearModel.ts";
import {
  checkNotNegative,
  checkPositive,
  type Features,
  type FitOptions,
  findWeights,
  toMatrix,
  toTargets,
  type Width,
} from "./problem.ts";

export interface LassoOptions extends FitOptions {
  /** How much coefficients cost: 1 unless given. */
  readonly alpha?: number;
  /** Ends when the duality gap is below this share of `Σ (y – ȳ)²`: 1e-10 unless given (scikit-learn has 1e-4, and stops further from the best). */
  readonly tolerance?: number;
  /** Most rounds over all features: 100,000 unless given (scikit-learn has 1000). */
  readonly maxIterations?: number;
}

export interface ElasticNetOptions extends LassoOptions {
  /** From 0 (ridge) to 1 (lasso): 0.5 unless given. */
  readonly l1Ratio?: number;
}

/**
 * Least squares with both penalties: `Σ (y – x·w – b)² / 2n + α ρ ‖w‖₁ + α (1 – ρ) / 2 ‖w‖²` with ρ = `l1Ratio` – a mean, unlike `ridge`. By
 * coordinate descent. scikit-learn's `ElasticNet`.
 *
 * @example
 * model.elasticNet([[0, 0], [1, 1], [2, 2]], [0, 1, 2], { alpha: 0.1 }).coefficients.toArray() // [0.44578313253012, 0.44578313253012103]
 * @throws RangeError `elasticNet: l1Ratio must lie in [0, 1], got 2.`
 */
export function elasticNet<const X extends Features>(
  features: X,
  target: Numbers,
  options: ElasticNetOptions = {},
): LinearModel<Width<X>, number> {
  const { l1Ratio = 0.5, alpha = 1 } = options;
  if (!(l1Ratio >= 0 && l1Ratio <= 1)) throw new RangeError(`elasticNet: l1Ratio must lie in [0, 1], got ${l1Ratio}.`);
  const name = `elasticNet (alpha ${alpha}, l1Ratio ${l1Ratio})`;
  return fitSparse("elasticNet", name, features, target, l1Ratio, options) as never;
}

/** Lasso and elastic net. */
export function fitSparse(
  caller: string,
  name: string,
  features: Features,
  target: Numbers,
  l1Ratio: number,
  options: LassoOptions,
): LinearModel {
  const { alpha = 1, tolerance = 1e-10, maxIterations = 100_000, fitIntercept = true } = options;
  checkNotNegative(caller, "alpha", alpha);
  checkPositive(caller, "tolerance", tolerance);
  checkPositive(caller, "maxIterations", maxIterations);
  const x = toMatrix(caller, features);
  toVector(caller, "targets", target);
  const y = toTargets(caller, target, x.rows);
  const weights = findWeights(caller, options, x.rows);
  const total = weights.reduce((a, b) => a + b, 0);
  const centred = centre(x, y, weights, fitIntercept);
  const penalties = { l1: alpha * l1Ratio * total, l2: alpha * (1 - l1Ratio) * total };
  const found = descend(centred.x, centred.y.data, penalties, { tolerance, maxIterations });
  return new LinearModel(name, found.coefficients, centred.interceptsOf(found.coefficients), true, found);
}
