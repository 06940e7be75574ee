import type { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tensor/tree.ts";
import { checkBetween, checkFrom } from "./check/option.ts";
import type { PenaltyOptions } from "./l1.ts";
import { sumLeaves } from "./penalty.ts";

export interface ElasticNetOptions extends PenaltyOptions {
  /** The share of `l1`, between 0 and 1: 0.5 unless given. */
  readonly l1Ratio?: number;
}

/**
 * Both penalties: some parameters become 0, and parameters that say the same share their weight.
 *
 * `alpha · (l1Ratio Σ |w| + (1 – l1Ratio) / 2 · Σ w²)` over a tree of parameters.
 *
 * @example
 * loss.elasticNet({ w: tensor([1, -2]), b: tensor(3) }).item() // 6.5
 * @throws RangeError `elasticNet: l1Ratio 2 is not between 0 and 1.`
 * @see Zou and Hastie 2005; scikit-learn's `ElasticNet` is this and half the mean squared error.
 */
export function elasticNet(
  parameters: Tree,
  { alpha = 1, l1Ratio = 0.5 }: ElasticNetOptions = {},
): Tensor<readonly []> {
  checkFrom("elasticNet", "alpha", alpha, 0);
  checkBetween("elasticNet", "l1Ratio", l1Ratio, 0, 1);
  const absolute = sumLeaves("elasticNet", parameters, (w) => w.abs());
  const squared = sumLeaves("elasticNet", parameters, (w) => w.square());
  return absolute
    .mul(l1Ratio)
    .add(squared.mul((1 - l1Ratio) / 2))
    .mul(alpha);
}
