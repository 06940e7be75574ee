import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkTensor } from "./check/tensor.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

/**
 * The actor of DDPG: do what the critic values most.
 *
 * `l = –Q(s, μ(s))`; differentiate with respect to the actor's parameters only.
 *
 * @example
 * loss.ddpgActor(tensor([1, 3])).item() // -2
 * @throws TypeError `ddpgActor: reduction "avg" is none of "mean", "sum", "none".`
 * @see Lillicrap et al. 2015 (arXiv:1509.02971).
 */
export function ddpgActor<A extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  value: A,
  options?: Reducing<"ddpgActor", A["shape"], R, W>,
): Tensor<Reduced<A["shape"], R>>;
export function ddpgActor(value: Tensor, options: Reducing = {}): Tensor {
  checkTensor("ddpgActor", value);
  checkReducing("ddpgActor", value.shape, options);
  return reduce(value.neg(), options);
}
