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
 * The mean absolute percentage error: `mean |y – ŷ| / max(|y|, 2⁻⁵²)`, a fraction: 0.1 is 10 % (Keras gives 10). scikit-learn's
 * `mean_absolute_percentage_error`.
 *
 * @example
 * metric.mape([100, 200, 300], [90, 210, 310]) // 0.061111111111111116
 */
export function mape<
  const M extends Multioutput = "uniformAverage",
  T extends Numbers = Numbers,
  P extends Numbers = Numbers,
>(yTrue: T, yPred: P & Aligned<"mape", T, P>, options: RegressionOptions<M> = {}): Outputs<M> {
  const share = (y: number, p: number) => Math.abs(y - p) / Math.max(Math.abs(y), Number.EPSILON);
  return combine("mape", meanOf(checkPair("mape", yTrue, yPred, options), share), options.multioutput);
}
