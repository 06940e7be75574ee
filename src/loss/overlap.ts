import { where } from "../op/function/where.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Areas of pairs of boxes. */
export interface Overlap {
  readonly intersection: Tensor;
  readonly union: Tensor;
  /** The smallest box around both. */
  readonly hull: Tensor;
}

/** What two boxes `[x1, y1, x2, y2]` share; they share nothing, without a gradient, if they only touch. */
export function toOverlap(a: Tensor, b: Tensor): Overlap {
  const [ax1, ay1, ax2, ay2] = toCorners(a);
  const [bx1, by1, bx2, by2] = toCorners(b);
  const width = ax2.minimum(bx2).sub(ax1.maximum(bx1));
  const height = ay2.minimum(by2).sub(ay1.maximum(by1));
  const intersection = where(width.greater(0).and(height.greater(0)), width.mul(height), 0);
  const union = ax2
    .sub(ax1)
    .mul(ay2.sub(ay1))
    .add(bx2.sub(bx1).mul(by2.sub(by1)))
    .sub(intersection);
  const hull = ax2
    .maximum(bx2)
    .sub(ax1.minimum(bx1))
    .mul(ay2.maximum(by2).sub(ay1.minimum(by1)));
  return { intersection, union, hull };
}

function toCorners(boxes: Tensor): readonly [Tensor, Tensor, Tensor, Tensor] {
  const coordinate = (i: number) => boxes.slice(...boxes.shape.map((_, axis) => (axis === boxes.rank - 1 ? i : null)));
  return [coordinate(0), coordinate(1), coordinate(2), coordinate(3)];
}
