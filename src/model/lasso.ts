import type { Numbers } from "../metric/input.ts";
import { fitSparse, type LassoOptions } from "./elasticNet.ts";
import type { LinearModel } from "./linearModel.ts";
import type { Features, Width } from "./problem.ts";

/**
 * Least squares that leaves features out: `Σ (y – x·w – b)² / 2n + α ‖w‖₁` – a mean, unlike `ridge`. Many coefficients become exactly 0. By
 * coordinate descent. scikit-learn's `Lasso`.
 *
 * @example
 * model.lasso([[0, 0], [1, 1], [2, 2]], [0, 1, 2], { alpha: 0.1 }).coefficients.toArray() // [0.8499999999999999, 0]
 * @throws RangeError `lasso: alpha must be finite and at least 0, got -1.`
 */
export function lasso<const X extends Features>(
  features: X,
  target: Numbers,
  options: LassoOptions = {},
): LinearModel<Width<X>, number> {
  return fitSparse("lasso", `lasso (alpha ${options.alpha ?? 1})`, features, target, 1, options) as never;
}
