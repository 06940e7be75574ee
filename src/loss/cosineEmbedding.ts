import { where } from "../op/function/where.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkSigns } from "./check/each.ts";
import { checkMatch, type Match } from "./check/match.ts";
import { checkBetween } from "./check/option.ts";
import { checkRest, checkVectors, type Rest, type Vectors } from "./check/rows.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface CosineEmbeddingOptions<
  E extends Shape = Shape,
  R extends Reduction = Reduction,
  W extends Shape = Shape,
> extends Reducing<"cosineEmbedding", E, R, W> {
  /** The cosine that different ones may have: 0 unless given. */
  readonly margin?: number;
}

/** 1e-12 as a float, which PyTorch has also where it computes in doubles. */
const LEAST = Math.fround(1e-12);

/**
 * Turns vectors of the same class into one direction, and others apart; lengths do not matter.
 *
 * `l = 1 – cos` for a label of 1, `max(0, cos – margin)` for -1, with `cos = a·b / √((‖a‖² + 1e-12)(‖b‖² + 1e-12))` over the last axis.
 *
 * Shapes: both `[N, D]` with N labels, or `[D]` with one. `margin` is 0 unless given.
 *
 * @example
 * loss.cosineEmbedding(tensor([[1, 0], [1, 0]]), tensor([[0, 2], [3, 4]]), tensor([1, -1]), { reduction: "none" }).toArray() // [1, 0.6]
 * @throws ShapeError `cosineEmbedding: a target of shape [3] where [4] is needed`
 * @throws RangeError `cosineEmbedding: label 0 is neither 1 nor -1 (at index 2).`
 * @see PyTorch `CosineEmbeddingLoss`. Keras' `CosineSimilarity` is minus the cosine, optax' `cosine_distance` 1 minus it; neither has negatives.
 */
export function cosineEmbedding<
  A extends Tensor,
  B extends Tensor,
  T extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  first: A & Vectors<"cosineEmbedding: vectors", A["shape"]>,
  second: B & Match<"cosineEmbedding: second vectors", B["shape"], A["shape"]>,
  target: T & Match<"cosineEmbedding: a target", T["shape"], Rest<A["shape"]>>,
  options?: CosineEmbeddingOptions<Rest<A["shape"]>, R, W>,
): Tensor<Reduced<Rest<A["shape"]>, R>>;
export function cosineEmbedding(
  first: Tensor,
  second: Tensor,
  target: Tensor,
  options: CosineEmbeddingOptions = {},
): Tensor {
  const { margin = 0 } = options;
  checkVectors("cosineEmbedding: vectors", first);
  checkMatch("cosineEmbedding: second vectors", second, first);
  checkRest("cosineEmbedding: a target", target, first);
  checkReducing("cosineEmbedding", target.shape, options);
  checkBetween("cosineEmbedding", "margin", margin, -1, 1);
  checkSigns("cosineEmbedding", target);
  const lengths = first.square().sum(-1).add(LEAST).mul(second.square().sum(-1).add(LEAST)).sqrt();
  const cosine = first.mul(second).sum(-1).div(lengths);
  return reduce(where(target.greater(0), cosine.neg().add(1), cosine.sub(margin).clamp(0)), options);
}
