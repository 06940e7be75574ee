import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkMatch, type Match } from "./check/match.ts";
import { toTemperature } from "./check/temperature.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface SacActorOptions<E extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"sacActor", E, R, W> {
  /** What entropy is worth: 0.2 unless given. No gradient flows into it. */
  readonly temperature?: number | Tensor<readonly []>;
}

/**
 * The actor of SAC: do what the more careful of two critics values, but as randomly as that allows.
 *
 * `l = temperature · log π(a|s) – min(Q₁, Q₂)`; the action is drawn with the gradient through it (reparametrized).
 *
 * Shapes: all the same. `temperature` is 0.2 unless given.
 *
 * @example
 * loss.sacActor(tensor([-1]), tensor([2]), tensor([3])).item() // -2.2
 * @throws ShapeError `sacActor: values of shape [4, 1] where [4] is needed`
 * @throws RangeError `sacActor: temperature -1 is not 0 or above.`
 * @see Haarnoja et al. 2018 (arXiv:1801.01290).
 */
export function sacActor<
  A extends Tensor,
  B extends Tensor,
  C extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  logProbability: A,
  value1: B & Match<"sacActor: values", B["shape"], A["shape"]>,
  value2: C & Match<"sacActor: second values", C["shape"], A["shape"]>,
  options?: SacActorOptions<A["shape"], R, W>,
): Tensor<Reduced<A["shape"], R>>;
export function sacActor(
  logProbability: Tensor,
  value1: Tensor,
  value2: Tensor,
  options: SacActorOptions = {},
): Tensor {
  checkMatch("sacActor: values", value1, logProbability);
  checkMatch("sacActor: second values", value2, logProbability);
  checkReducing("sacActor", logProbability.shape, options);
  const temperature = toTemperature("sacActor", options.temperature);
  return reduce(logProbability.mul(temperature).sub(value1.minimum(value2)), options);
}
