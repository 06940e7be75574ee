import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkMatch, type Match } from "./check/match.ts";
import { checkBetween } from "./check/option.ts";
import { toTemperature } from "./check/temperature.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface SacCriticOptions<E extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"sacCritic", E, R, W> {
  /** What entropy is worth: 0.2 unless given. No gradient flows into it. */
  readonly temperature?: number | Tensor<readonly []>;
  /** What a reward one step later is worth: 0.99 unless given. */
  readonly discount?: number;
}

/**
 * Both critics of SAC: the value of an action is its reward and, of what comes next, the lower value and the entropy.
 *
 * `l = (Q₁ – b)² + (Q₂ – b)²` with `b = r + discount (1 – done) (min(Q₁′, Q₂′) – temperature · log π′)`; no gradient flows into b.
 *
 * Shapes: all the same; `done` is 1 where an episode ended. `temperature` is 0.2, `discount` 0.99 unless given.
 *
 * @example
 * const one = tensor([1]);
 * loss.sacCritic(one, one, one, one, one, one, one.neg()).item() // 0
 * @throws ShapeError `sacCritic: rewards of shape [4, 1] where [4] is needed`
 * @throws RangeError `sacCritic: discount 1.5 is not between 0 and 1.`
 * @see Haarnoja et al. 2018 (arXiv:1801.01290); the paper has ½ before each square, Spinning Up has none.
 */
export function sacCritic<
  A extends Tensor,
  B extends Tensor,
  C extends Tensor,
  D extends Tensor,
  E extends Tensor,
  F extends Tensor,
  G extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  value1: A,
  value2: B & Match<"sacCritic: second values", B["shape"], A["shape"]>,
  reward: C & Match<"sacCritic: rewards", C["shape"], A["shape"]>,
  done: D & Match<"sacCritic: ends", D["shape"], A["shape"]>,
  nextValue1: E & Match<"sacCritic: next values", E["shape"], A["shape"]>,
  nextValue2: F & Match<"sacCritic: second next values", F["shape"], A["shape"]>,
  nextLogProbability: G & Match<"sacCritic: next log-probabilities", G["shape"], A["shape"]>,
  options?: SacCriticOptions<A["shape"], R, W>,
): Tensor<Reduced<A["shape"], R>>;
export function sacCritic(
  value1: Tensor,
  value2: Tensor,
  reward: Tensor,
  done: Tensor,
  nextValue1: Tensor,
  nextValue2: Tensor,
  nextLogProbability: Tensor,
  options: SacCriticOptions = {},
): Tensor {
  const { discount = 0.99 } = options;
  checkMatch("sacCritic: second values", value2, value1);
  checkMatch("sacCritic: rewards", reward, value1);
  checkMatch("sacCritic: ends", done, value1);
  checkMatch("sacCritic: next values", nextValue1, value1);
  checkMatch("sacCritic: second next values", nextValue2, value1);
  checkMatch("sacCritic: next log-probabilities", nextLogProbability, value1);
  checkReducing("sacCritic", value1.shape, options);
  checkBetween("sacCritic", "discount", discount, 0, 1);
  const temperature = toTemperature("sacCritic", options.temperature);
  const soft = nextValue1.minimum(nextValue2).sub(nextLogProbability.mul(temperature));
  const target = reward.add(done.neg().add(1).mul(soft).mul(discount)).stopGradient();
  return reduce(value1.sub(target).square().add(value2.sub(target).square()), options);
}
