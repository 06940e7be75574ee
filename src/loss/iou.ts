import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Boxes, checkBoxes } from "./check/boxes.ts";
import type { Match } from "./check/match.ts";
import { checkFrom } from "./check/option.ts";
import type { Rest } from "./check/rows.ts";
import { toOverlap } from "./overlap.ts";
import { type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface IouOptions<E extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"iou", E, R, W> {
  /** Added to the areas that divide: 1e-7 unless given. */
  readonly eps?: number;
}

/**
 * 1 minus the intersection over the union of two boxes: the measure of detection as a loss. Boxes apart have no gradient.
 *
 * `l = 1 – I / (U + eps)`.
 *
 * Shapes: both `[…, 4]` as x1, y1, x2, y2; one loss for each box. `eps` is 1e-7 unless given.
 *
 * @example
 * loss.iou(tensor([[0, 0, 2, 2]]), tensor([[1, 0, 3, 2]])).item() // 0.666667
 * @throws ShapeError `iou: boxes of shape [3, 5] where the last axis has 4 coordinates`
 * @see Yu et al. 2016 (UnitBox, arXiv:1608.01471), which takes the logarithm; Rezatofighi et al. 2019 for this form.
 */
export function iou<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  boxes: P & Boxes<"iou", P["shape"]>,
  target: T & Match<"iou: target boxes", T["shape"], P["shape"]>,
  options?: IouOptions<Rest<P["shape"]>, R, W>,
): Tensor<Reduced<Rest<P["shape"]>, R>>;
export function iou(boxes: Tensor, target: Tensor, options: IouOptions = {}): Tensor {
  const { eps = 1e-7 } = options;
  checkBoxes("iou", boxes, target, options);
  checkFrom("iou", "eps", eps, 0);
  const { intersection, union } = toOverlap(boxes, target);
  return reduce(intersection.div(union.add(eps)).neg().add(1), options);
}
