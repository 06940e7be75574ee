import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkEach } from "./check/each.ts";
import type { Match } from "./check/match.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

/**
 * The squared error of logarithms: what counts is the ratio, and too little costs more than too much. For counts and prices.
 *
 * `l = (log(1 + prediction) – log(1 + target))²`.
 *
 * Shapes: both the same; values above -1.
 *
 * @example
 * loss.msle(tensor([345, 332, 789]), tensor([123, 456, 789])).item() // 0.3844
 * @throws ShapeError `msle: a target of shape [4] where [4, 1] is needed`
 * @throws RangeError `msle: prediction -2 is not above -1 (at index 0).`
 * @see Keras `MeanSquaredLogarithmicError`, scikit-learn `mean_squared_log_error`. Flux adds an epsilon where this adds 1, so its numbers differ for small values.
 */
export function msle<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  prediction: P,
  target: T & Match<"msle: a target", T["shape"], P["shape"]>,
  options?: Reducing<"msle", P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function msle(prediction: Tensor, target: Tensor, options: Reducing = {}): Tensor {
  checkPair("msle", prediction, target, options);
  for (const [what, values] of [
    ["prediction", prediction],
    ["target", target],
  ] as const)
    checkEach(`msle: ${what}`, values, (value) => value > -1, "is not above -1");
  return reduce(prediction.log1p().sub(target.log1p()).square(), options);
}
