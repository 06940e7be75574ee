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
 * The mean squared error: `mean (y – ŷ)²`. scikit-learn's `mean_squared_error`; `loss.mse` is the one with gradients.
 *
 * @example
 * metric.mse([3, -0.5, 2, 7], [2.5, 0, 2, 8]) // 0.375
 * @throws ShapeError `mse: targets of shape [4] do not match predictions of shape [4, 1].`
 */
export function mse<
  const M extends Multioutput = "uniformAverage",
  T extends Numbers = Numbers,
  P extends Numbers = Numbers,
>(yTrue: T, yPred: P & Aligned<"mse", T, P>, options: RegressionOptions<M> = {}): Outputs<M> {
  const errors = meanOf(checkPair("mse", yTrue, yPred, options), (y, p) => (y - p) ** 2);
  return combine("mse", errors, options.multioutput);
}
