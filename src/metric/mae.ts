import type { Numbers } from "./input.ts";
import {
  type Aligned,
  checkPair,
  combine,
  type Multioutput,
  meanOf,
  type Outputs,
  type RegressionOptions,
} from "./regression.ts";

/**
 * The mean absolute error: `mean |y – ŷ|`. scikit-learn's `mean_absolute_error`.
 *
 * @example
 * metric.mae([3, -0.5, 2, 7], [2.5, 0, 2, 8]) // 0.5
 */
export function mae<
  const M extends Multioutput = "uniformAverage",
  T extends Numbers = Numbers,
  P extends Numbers = Numbers,
>(yTrue: T, yPred: P & Aligned<"mae", T, P>, options: RegressionOptions<M> = {}): Outputs<M> {
  const errors = meanOf(checkPair("mae", yTrue, yPred, options), (y, p) => Math.abs(y - p));
  return combine("mae", errors, options.multioutput);
}
