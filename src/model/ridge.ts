import type { Numbers } from "../metric/input.ts";
import type { LinearModel } from "./linearModel.ts";
import { fitClosed, type InterceptOf } from "./linearRegression.ts";
import { checkNotNegative, type Features, type FitOptions, type Width } from "./problem.ts";

export interface RidgeOptions extends FitOptions {
  /** How much large coefficients cost: 1 unless given; 0 is `linearRegression`. */
  readonly alpha?: number;
}

/**
 * Least squares with a penalty on large coefficients: `Σ (y – x·w – b)² + α ‖w‖²` – a sum, not a mean, so α grows with the data; the intercept
 * is free. In closed form. scikit-learn's `Ridge`.
 *
 * @example
 * model.ridge([[0, 0], [0, 0], [1, 1]], [0, 0.1, 1], { alpha: 0.5 }).coefficients.toArray() // [0.3454545454545454, 0.34545454545454546]
 * @throws RangeError `ridge: alpha must be finite and at least 0, got -1.`
 */
export function ridge<const X extends Features, const Y extends Numbers>(
  features: X,
  target: Y,
  options: RidgeOptions = {},
): LinearModel<Width<X>, InterceptOf<Y>> {
  const { alpha = 1 } = options;
  checkNotNegative("ridge", "alpha", alpha);
  return fitClosed("ridge", `ridge (alpha ${alpha})`, features, target, alpha, options) as never;
}
