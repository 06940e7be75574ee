import type { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tensor/tree.ts";
import { checkFrom } from "./check/option.ts";
import { sumLeaves } from "./penalty.ts";

export interface PenaltyOptions {
  /** What the penalty counts for: 1 unless given. */
  readonly alpha?: number;
}

/**
 * The sum of absolute parameters: makes many of them exactly 0. Add it to a loss.
 *
 * `alpha · Σ |w|` over a tree of parameters; the gradient at 0 is 0.
 *
 * @example
 * loss.l1({ w: tensor([1, -2]), b: tensor(3) }, { alpha: 0.5 }).item() // 3
 * @throws RangeError `l1: alpha -1 is not 0 or above.`
 * @see Tibshirani 1996. scikit-learn's `Lasso` is this and half the mean squared error. PyTorch's `L1Loss` is `mae`.
 */
export function l1(parameters: Tree, { alpha = 1 }: PenaltyOptions = {}): Tensor<readonly []> {
  checkFrom("l1", "alpha", alpha, 0);
  return sumLeaves("l1", parameters, (w) => w.abs()).mul(alpha);
}
