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
 * The root of the mean squared error, in the units of the target; of several outputs the mean of the roots. scikit-learn's
 * `root_mean_squared_error`.
 *
 * @example
 * metric.rmse([3, -0.5, 2, 7], [2.5, 0, 2, 8]) // 0.6123724356957945
 */
export function rmse<
  const M extends Multioutput = "uniformAverage",
  T extends Numbers = Numbers,
  P extends Numbers = Numbers,
>(yTrue: T, yPred: P & Aligned<"rmse", T, P>, options: RegressionOptions<M> = {}): Outputs<M> {
  const errors = meanOf(checkPair("rmse", yTrue, yPred, options), (y, p) => (y - p) ** 2);
  return combine("rmse", errors.map(Math.sqrt), options.multioutput);
}
