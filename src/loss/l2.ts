import type { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tensor/tree.ts";
import { checkFrom } from "./check/option.ts";
import type { PenaltyOptions } from "./l1.ts";
import { sumLeaves } from "./penalty.ts";

/**
 * The sum of squared parameters: keeps them small. Add it to a loss.
 *
 * `alpha · Σ w²` over a tree of parameters, without a ½.
 *
 * @example
 * loss.l2({ w: tensor([1, -2]), b: tensor(3) }, { alpha: 0.5 }).item() // 7
 * @throws RangeError `l2: alpha -1 is not 0 or above.`
 * @see Hoerl and Kennard 1970. scikit-learn's `Ridge` is this and the *sum* of squared errors; an optimizer's weight decay λ is `alpha = λ / 2`. optax's `l2_loss` is half
 * the squared error.
 */
export function l2(parameters: Tree, { alpha = 1 }: PenaltyOptions = {}): Tensor<readonly []> {
  checkFrom("l2", "alpha", alpha, 0);
  return sumLeaves("l2", parameters, (w) => w.square()).mul(alpha);
}
