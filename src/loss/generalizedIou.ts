import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Boxes, checkBoxes } from "./check/boxes.ts";
import type { Match } from "./check/match.ts";
import { checkFrom } from "./check/option.ts";
import type { Rest } from "./check/rows.ts";
import { toOverlap } from "./overlap.ts";
import { type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface GeneralizedIouOptions<
  E extends Shape = Shape,
  R extends Reduction = Reduction,
  W extends Shape = Shape,
> extends Reducing<"generalizedIou", E, R, W> {
  /** Added to the areas that divide: 1e-7 unless given. */
  readonly eps?: number;
}

/**
 * The overlap loss of two boxes with a gradient also where they are apart: between 0 and 2.
 *
 * `l = 1 – (I / (U + eps) – (H – U) / (H + eps))`, H being the area of the smallest box around both.
 *
 * Shapes: both `[…, 4]` as x1, y1, x2, y2; one loss for each box. `eps` is 1e-7 unless given.
 *
 * @example
 * loss.generalizedIou(tensor([[0, 0, 1, 1]]), tensor([[2, 0, 3, 1]])).item() // 1.333333
 * @throws ShapeError `generalizedIou: boxes of shape [3, 5] where the last axis has 4 coordinates`
 * @see Rezatofighi et al. 2019 (arXiv:1902.09630); torchvision `generalized_box_iou_loss`, whose reduction is "none" unless told.
 */
export function generalizedIou<
  P extends Tensor,
  T extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  boxes: P & Boxes<"generalizedIou", P["shape"]>,
  target: T & Match<"generalizedIou: target boxes", T["shape"], P["shape"]>,
  options?: GeneralizedIouOptions<Rest<P["shape"]>, R, W>,
): Tensor<Reduced<Rest<P["shape"]>, R>>;
export function generalizedIou(boxes: Tensor, target: Tensor, options: GeneralizedIouOptions = {}): Tensor {
  const { eps = 1e-7 } = options;
  checkBoxes("generalizedIou", boxes, target, options);
  checkFrom("generalizedIou", "eps", eps, 0);
  const { intersection, union, hull } = toOverlap(boxes, target);
  const apart = hull.sub(union).div(hull.add(eps));
  return reduce(intersection.div(union.add(eps)).sub(apart).neg().add(1), options);
}
