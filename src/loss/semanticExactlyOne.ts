import { where } from "../op/function/where.ts";
import { eye } from "../tensor/create.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkFractions } from "./check/each.ts";
import { checkVectors, type Rest, type Vectors } from "./check/rows.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

/**
 * How far probabilities are from saying "exactly one of us is true": a rule as a loss, for data without labels.
 *
 * `l = –log Σ_i p_i Π_{j≠i} (1 – p_j)`, the probability that exactly one of independent coins falls on heads. The products are taken without a division, so that a
 * one-hot row has a gradient.
 *
 * Shapes: probabilities `[…, K]`, one loss for each row: of `sigmoid` usually, since a `softmax` obeys half of the rule already.
 *
 * @example
 * loss.semanticExactlyOne(tensor([[0.5, 0.5, 0.5], [1, 0, 0]]), { reduction: "none" }).toArray() // [0.980829, 0]
 * @throws ShapeError `semanticExactlyOne: probabilities of shape [] where at least 1 axis is needed`
 * @throws RangeError `semanticExactlyOne: probability 1.5 is not between 0 and 1 (at index 1).`
 * @see Xu et al. 2018 (arXiv:1711.11157).
 */
export function semanticExactlyOne<P extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  probability: P & Vectors<"semanticExactlyOne: probabilities", P["shape"]>,
  options?: Reducing<"semanticExactlyOne", Rest<P["shape"]>, R, W>,
): Tensor<Reduced<Rest<P["shape"]>, R>>;
export function semanticExactlyOne(probability: Tensor, options: Reducing = {}): Tensor {
  checkVectors("semanticExactlyOne: probabilities", probability);
  checkReducing("semanticExactlyOne", probability.shape.slice(0, -1), options);
  checkFractions("semanticExactlyOne: probability", probability);
  const itself = eye(probability.shape.at(-1)!, { dtype: probability.dtype });
  const others = where(itself, 1, probability.neg().add(1).unsqueeze(-2)).prod(-1);
  return reduce(probability.mul(others).sum(-1).log().neg(), options);
}
