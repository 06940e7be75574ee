import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkFractions } from "./check/each.ts";
import { checkMatch, type Match } from "./check/match.ts";
import { checkFrom } from "./check/option.ts";
import { checkRest, checkVectors, type Rest, type Vectors } from "./check/rows.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface ContrastiveOptions<E extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"contrastive", E, R, W> {
  /** How far apart different ones shall be: 1 unless given. */
  readonly margin?: number;
}

/**
 * Draws pairs of the same class together and pushes others apart until they are `margin` away.
 *
 * `l = y d² / 2 + (1 – y) max(0, margin – d)² / 2` with `d = ‖a – b‖` over the last axis. The gradient where both are equal is 0.
 *
 * Shapes: both `[N, D]` with N labels: 1 for the same class, 0 for different ones.
 *
 * @example
 * loss.contrastive(tensor([[0, 0], [0, 0]]), tensor([[3, 4], [0.3, 0.4]]), tensor([1, 0]), { reduction: "none" }).toArray() // [12.5, 0.125]
 * @throws ShapeError `contrastive: a target of shape [3] where [4] is needed`
 * @throws RangeError `contrastive: label -1 is not between 0 and 1 (at index 0).`
 * @see Hadsell, Chopra and LeCun 2006, eq. 4, where Y = 1 means different ones. Flux has that label and no ½; pytorch-metric-learning does not square the hinge.
 */
export function contrastive<
  A extends Tensor,
  B extends Tensor,
  T extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  first: A & Vectors<"contrastive: vectors", A["shape"]>,
  second: B & Match<"contrastive: second vectors", B["shape"], A["shape"]>,
  target: T & Match<"contrastive: a target", T["shape"], Rest<A["shape"]>>,
  options?: ContrastiveOptions<Rest<A["shape"]>, R, W>,
): Tensor<Reduced<Rest<A["shape"]>, R>>;
export function contrastive(first: Tensor, second: Tensor, target: Tensor, options: ContrastiveOptions = {}): Tensor {
  const { margin = 1 } = options;
  checkVectors("contrastive: vectors", first);
  checkMatch("contrastive: second vectors", second, first);
  checkRest("contrastive: a target", target, first);
  checkReducing("contrastive", target.shape, options);
  checkFrom("contrastive", "margin", margin, 0);
  checkFractions("contrastive: label", target);
  const d = first.sub(second).norm(-1);
  const near = d.square().mul(target);
  const far = d.neg().add(margin).relu().square().mul(target.neg().add(1));
  return reduce(near.add(far).mul(0.5), options);
}
