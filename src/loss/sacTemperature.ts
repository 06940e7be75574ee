import { checkFit } from "../tensor/shape/fit.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Match } from "./check/match.ts";
import { checkTensor } from "./check/tensor.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface SacTemperatureOptions<
  E extends Shape = Shape,
  R extends Reduction = Reduction,
  W extends Shape = Shape,
> extends Reducing<"sacTemperature", E, R, W> {
  /** The entropy that the policy shall have; usually minus the number of action dimensions. */
  readonly targetEntropy: number;
}

/**
 * Learns how much SAC's entropy is worth: more when the policy is less random than wanted.
 *
 * `l = –exp(log α) · (log π(a|s) + targetEntropy)`; no gradient flows into the log-probability.
 *
 * Shapes: `logTemperature` is one number; one loss for each log-probability.
 *
 * @example
 * loss.sacTemperature(tensor(0), tensor([-1, -2]), { targetEntropy: -1 }).item() // 2.5
 * @throws ShapeError `sacTemperature: a log-temperature of shape [2] where [] is needed`
 * @throws RangeError `sacTemperature: targetEntropy NaN is not a number.`
 * @see Haarnoja et al. 2018 (arXiv:1812.05905), eq. 18. Many implementations minimize `–log α (…)` instead, which has another gradient.
 */
export function sacTemperature<
  S extends Tensor,
  A extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  logTemperature: S & Match<"sacTemperature: a log-temperature", S["shape"], readonly []>,
  logProbability: A,
  options: SacTemperatureOptions<A["shape"], R, W>,
): Tensor<Reduced<A["shape"], R>>;
export function sacTemperature(logTemperature: Tensor, logProbability: Tensor, options: SacTemperatureOptions): Tensor {
  checkTensor("sacTemperature", logTemperature);
  checkTensor("sacTemperature", logProbability);
  checkFit("sacTemperature: a log-temperature", logTemperature.shape, []);
  checkReducing("sacTemperature", logProbability.shape, options);
  const { targetEntropy } = options ?? {};
  if (!Number.isFinite(targetEntropy))
    throw new RangeError(`sacTemperature: targetEntropy ${targetEntropy} is not a number.`);
  const lack = logProbability.add(targetEntropy).stopGradient();
  return reduce(logTemperature.exp().mul(lack).neg(), options);
}
