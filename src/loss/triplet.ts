import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkMatch, type Match } from "./check/match.ts";
import { checkAbove, checkFrom } from "./check/option.ts";
import { checkVectors, type Rest, type Vectors } from "./check/rows.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface TripletOptions<E extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"triplet", E, R, W> {
  /** By how much the positive shall be nearer than the negative: 1 unless given. */
  readonly margin?: number;
  /** The norm of the distance: 2 unless given. */
  readonly p?: number;
  /** Added to each difference, so that the norm has a gradient at 0: 1e-6 unless given. */
  readonly eps?: number;
  /** Take the positive's distance to the negative where it is the smaller one: false unless given. */
  readonly swap?: boolean;
}

/**
 * The anchor shall be nearer to the positive than to the negative, by a margin.
 *
 * `l = max(0, d(a, p) – d(a, n) + margin)` with `d(x, y) = ‖x – y + eps‖_p` over the last axis.
 *
 * Shapes: all three `[N, D]`. `margin` is 1, `p` 2, `eps` 1e-6, `swap` false unless given.
 *
 * @example
 * loss.triplet(tensor([[0, 0]]), tensor([[3, 4]]), tensor([[0, 5.5]])).item() // 0.5
 * @throws ShapeError `triplet: positives of shape [3, 2] where [4, 2] is needed`
 * @throws RangeError `triplet: margin -1 is not 0 or above.`
 * @see Balntas et al. 2016; PyTorch `TripletMarginLoss`, optax `triplet_margin_loss`. pytorch-metric-learning normalizes first and has a margin of 0.05.
 */
export function triplet<
  A extends Tensor,
  B extends Tensor,
  C extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  anchor: A & Vectors<"triplet: anchors", A["shape"]>,
  positive: B & Match<"triplet: positives", B["shape"], A["shape"]>,
  negative: C & Match<"triplet: negatives", C["shape"], A["shape"]>,
  options?: TripletOptions<Rest<A["shape"]>, R, W>,
): Tensor<Reduced<Rest<A["shape"]>, R>>;
export function triplet(anchor: Tensor, positive: Tensor, negative: Tensor, options: TripletOptions = {}): Tensor {
  const { margin = 1, p = 2, eps = 1e-6, swap = false } = options;
  checkVectors("triplet: anchors", anchor);
  checkMatch("triplet: positives", positive, anchor);
  checkMatch("triplet: negatives", negative, anchor);
  checkReducing("triplet", anchor.shape.slice(0, -1), options);
  checkFrom("triplet", "margin", margin, 0);
  checkAbove("triplet", "p", p, 0);
  checkFrom("triplet", "eps", eps, 0);
  const near = distance(anchor, positive, p, eps);
  const far = distance(anchor, negative, p, eps);
  const nearest = swap ? far.minimum(distance(positive, negative, p, eps)) : far;
  return reduce(near.sub(nearest).add(margin).clamp(0), options);
}

/** `‖x – y + eps‖_p` over the last axis. */
function distance(x: Tensor, y: Tensor, p: number, eps: number): Tensor {
  const d = x.sub(y).add(eps);
  if (p === 2) return d.norm(-1);
  return p === 1
    ? d.abs().sum(-1)
    : d
        .abs()
        .pow(p)
        .sum(-1)
        .pow(1 / p);
}
