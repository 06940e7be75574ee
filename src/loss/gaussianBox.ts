import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Boxes, checkBoxes } from "./check/boxes.ts";
import { checkEach } from "./check/each.ts";
import { checkMatch, type Match } from "./check/match.ts";
import { checkAbove } from "./check/option.ts";
import type { Rest } from "./check/rows.ts";
import { type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface GaussianBoxOptions<E extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"gaussianBox", E, R, W> {
  /** Added to the density before its logarithm is taken: 1e-9 unless given. */
  readonly eps?: number;
}

/**
 * Box regression of a detector that says how sure it is: each coordinate is a normal distribution.
 *
 * `l = –½ Σ log(N(target; mean, variance) + eps)` over the four coordinates. Where the density underflows the gradient is 0.
 *
 * Shapes: all three `[…, 4]`; one loss for each box. The paper's weights of a box are `sampleWeight`. `eps` is 1e-9 unless given.
 *
 * @example
 * loss.gaussianBox(tensor([[0, 0, 0, 0]]), tensor([[1, 0, 0, 0]]), tensor([[1, 1, 1, 1]])).item() // 2.087877
 * @throws ShapeError `gaussianBox: boxes of shape [3, 5] where the last axis has 4 coordinates`
 * @throws RangeError `gaussianBox: variance 0 is not above 0 (at index [0, 2]).`
 * @see Choi et al. 2019 (Gaussian YOLOv3, arXiv:1904.04620), eq. 5. `gaussianNll` is the logarithm without `eps`, finite at any distance.
 */
export function gaussianBox<
  P extends Tensor,
  T extends Tensor,
  V extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  mean: P & Boxes<"gaussianBox", P["shape"]>,
  target: T & Match<"gaussianBox: target boxes", T["shape"], P["shape"]>,
  variance: V & Match<"gaussianBox: variances", V["shape"], P["shape"]>,
  options?: GaussianBoxOptions<Rest<P["shape"]>, R, W>,
): Tensor<Reduced<Rest<P["shape"]>, R>>;
export function gaussianBox(mean: Tensor, target: Tensor, variance: Tensor, options: GaussianBoxOptions = {}): Tensor {
  const { eps = 1e-9 } = options;
  checkBoxes("gaussianBox", mean, target, options);
  checkMatch("gaussianBox: variances", variance, mean);
  checkAbove("gaussianBox", "eps", eps, 0);
  checkEach("gaussianBox: variance", variance, (value) => value > 0, "is not above 0");
  const exponent = target.sub(mean).square().div(variance).mul(-0.5);
  const density = exponent.exp().div(variance.mul(2 * Math.PI).sqrt());
  return reduce(density.add(eps).log().sum(-1).mul(-0.5), options);
}
