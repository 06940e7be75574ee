import { grad } from "../grad/grad.ts";
import { describe } from "../tensor/describe.ts";
import { Generator } from "../tensor/random/random.ts";
import { checkFit, type Rows } from "../tensor/shape/fit.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { alignLeading } from "./check/leading.ts";
import { checkMatch, type Match } from "./check/match.ts";
import { checkFrom } from "./check/option.ts";
import { checkVectors, type Vectors } from "./check/rows.ts";

export interface GradientPenaltyOptions<P extends Shape = Shape, M extends Shape = Shape> {
  /** Where between real and fake each sample is looked at, from 0 (fake) to 1 (real): a generator to draw from, or the numbers. */
  readonly mix: Generator | (Tensor<M> & Match<"gradientPenalty: a mix", M, readonly [Rows<P>]>);
  /** What the penalty counts for: 10 unless given. */
  readonly weight?: number;
}

/**
 * Keeps the slope of a critic near 1, between the real samples and the generated ones: what `wasserstein` needs.
 *
 * `weight · E (‖∇critic(x)‖ – 1)²` at `x = mix · real + (1 – mix) · fake`, the norm over all axes but the first. The gradient of a gradient: differentiate it with
 * respect to the critic's parameters.
 *
 * Shapes: real and fake `[N, …]`, a mix of `[N]`. `weight` is 10 unless given.
 *
 * @example
 * const critic = (x: Tensor) => x.mul(3).sum(1);
 * loss.gradientPenalty(critic, tensor([[1], [2]]), tensor([[0], [0]]), { mix: random(0) }).item() // 40
 * @throws ShapeError `gradientPenalty: fake samples of shape [3, 2] where [4, 2] is needed`
 * @throws RangeError `gradientPenalty: weight -1 is not 0 or above.`
 * @see Gulrajani et al. 2017 (arXiv:1704.00028), eq. 3. Samples of a batch must not see each other in the critic: no batch normalization.
 */
export function gradientPenalty<P extends Tensor, F extends Tensor, M extends Shape = Shape>(
  critic: (x: Tensor<P["shape"]>) => Tensor,
  real: P & Vectors<"gradientPenalty: real samples", P["shape"]>,
  fake: F & Match<"gradientPenalty: fake samples", F["shape"], P["shape"]>,
  options: GradientPenaltyOptions<P["shape"], M>,
): Tensor<readonly []>;
export function gradientPenalty(
  critic: (x: Tensor) => Tensor,
  real: Tensor,
  fake: Tensor,
  options: GradientPenaltyOptions,
): Tensor {
  const { mix, weight = 10 } = options ?? {};
  if (!(mix instanceof Tensor || mix instanceof Generator))
    throw new TypeError(`gradientPenalty: ${describe(mix)} as a mix where a generator or a tensor is needed.`);
  checkVectors("gradientPenalty: real samples", real);
  checkMatch("gradientPenalty: fake samples", fake, real);
  if (mix instanceof Tensor) checkFit("gradientPenalty: a mix", mix.shape, [real.shape[0]!]);
  checkFrom("gradientPenalty", "weight", weight, 0);
  const share: Tensor = mix instanceof Tensor ? mix : mix.uniform([real.shape[0]!]);
  const near = alignLeading(share.to(real.dtype), real.rank);
  const x = near.mul(real).add(near.neg().add(1).mul(fake)).stopGradient();
  const slope: Tensor = grad((at: Tensor) => critic(at).sum())(x);
  return slope.reshape([real.shape[0]!, -1]).norm(1).sub(1).square().mean().mul(weight);
}
