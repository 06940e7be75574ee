import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkMatch, type Match } from "./check/match.ts";
import { checkBetween } from "./check/option.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface DdpgCriticOptions<E extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"ddpgCritic", E, R, W> {
  /** What a reward one step later is worth: 0.99 unless given. */
  readonly discount?: number;
}

/**
 * The critic of DDPG: the value of an action is its reward and what comes next.
 *
 * `l = (Q – (r + discount (1 – done) Q′))²`; no gradient flows into the target, where Q′ comes from the target networks.
 *
 * Shapes: all the same; `done` is 1 where an episode ended. `discount` is 0.99 unless given.
 *
 * @example
 * loss.ddpgCritic(tensor([1]), tensor([0.5]), tensor([0]), tensor([2]), { discount: 0.5 }).item() // 0.25
 * @throws ShapeError `ddpgCritic: rewards of shape [4, 1] where [4] is needed`
 * @throws RangeError `ddpgCritic: discount 1.5 is not between 0 and 1.`
 * @see Lillicrap et al. 2015 (arXiv:1509.02971). `done` is for ends that are final: not for episodes cut after some steps.
 */
export function ddpgCritic<
  A extends Tensor,
  B extends Tensor,
  C extends Tensor,
  D extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  value: A,
  reward: B & Match<"ddpgCritic: rewards", B["shape"], A["shape"]>,
  done: C & Match<"ddpgCritic: ends", C["shape"], A["shape"]>,
  nextValue: D & Match<"ddpgCritic: next values", D["shape"], A["shape"]>,
  options?: DdpgCriticOptions<A["shape"], R, W>,
): Tensor<Reduced<A["shape"], R>>;
export function ddpgCritic(
  value: Tensor,
  reward: Tensor,
  done: Tensor,
  nextValue: Tensor,
  options: DdpgCriticOptions = {},
): Tensor {
  const { discount = 0.99 } = options;
  checkMatch("ddpgCritic: rewards", reward, value);
  checkMatch("ddpgCritic: ends", done, value);
  checkMatch("ddpgCritic: next values", nextValue, value);
  checkReducing("ddpgCritic", value.shape, options);
  checkBetween("ddpgCritic", "discount", discount, 0, 1);
  const target = reward.add(done.neg().add(1).mul(nextValue).mul(discount)).stopGradient();
  return reduce(value.sub(target).square(), options);
}
