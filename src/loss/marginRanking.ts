import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkSigns } from "./check/each.ts";
import { checkMatch, type Match } from "./check/match.ts";
import { checkFrom } from "./check/option.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface MarginRankingOptions<E extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"marginRanking", E, R, W> {
  /** By how much the better one shall lead: 0 unless given. */
  readonly margin?: number;
}

/**
 * Of two scores the one that the label names shall be the higher: 1 for the first, -1 for the second.
 *
 * `l = max(0, –y (first – second) + margin)`.
 *
 * Shapes: all the same. `margin` is 0 unless given.
 *
 * @example
 * loss.marginRanking(tensor([2, 2]), tensor([1, 1]), tensor([1, -1]), { reduction: "none" }).toArray() // [0, 1]
 * @throws ShapeError `marginRanking: a target of shape [3] where [4] is needed`
 * @throws RangeError `marginRanking: label 0 is neither 1 nor -1 (at index 2).`
 * @see PyTorch `MarginRankingLoss`; at equal scores and margin 0 the gradient passes, as through its clamp.
 */
export function marginRanking<
  A extends Tensor,
  B extends Tensor,
  T extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  first: A,
  second: B & Match<"marginRanking: second scores", B["shape"], A["shape"]>,
  target: T & Match<"marginRanking: a target", T["shape"], A["shape"]>,
  options?: MarginRankingOptions<A["shape"], R, W>,
): Tensor<Reduced<A["shape"], R>>;
export function marginRanking(
  first: Tensor,
  second: Tensor,
  target: Tensor,
  options: MarginRankingOptions = {},
): Tensor {
  const { margin = 0 } = options;
  checkMatch("marginRanking: second scores", second, first);
  checkPair("marginRanking", first, target, options);
  checkFrom("marginRanking", "margin", margin, 0);
  checkSigns("marginRanking", target);
  return reduce(second.sub(first).mul(target).add(margin).clamp(0), options);
}
