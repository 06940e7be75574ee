import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkMasks, type Masks, type Samples } from "./check/masks.ts";
import type { Match } from "./check/match.ts";
import { checkFrom } from "./check/option.ts";
import { type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface TverskyOptions<E extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"tversky", E, R, W> {
  /** What a false positive counts for: 0.5 unless given. */
  readonly alpha?: number;
  /** What a false negative counts for: 0.5 unless given. */
  readonly beta?: number;
  /** Added above and below, so that empty masks agree: 1 unless given. */
  readonly smooth?: number;
}

/**
 * The dice loss with a say in what is worse: a false alarm or a miss. With ½ and ½ it is dice (smoothed half as much), with 1 and 1 the soft Jaccard loss.
 *
 * `l = 1 – (TP + smooth) / (TP + alpha FP + beta FN + smooth)`, the sums over all axes but the first.
 *
 * Shapes: both `[N, …]`; one loss for each sample. Probabilities, not logits.
 *
 * @example
 * loss.tversky(tensor([[1, 1, 0, 0]]), tensor([[1, 0, 1, 0]]), { alpha: 0.3, beta: 0.7 }).item() // 0.333333
 * @throws ShapeError `tversky: a target of shape [4, 3] where [4, 2] is needed`
 * @throws RangeError `tversky: beta -1 is not 0 or above.`
 * @see Salehi et al. 2017 (arXiv:1706.05721), eq. 4; Keras `Tversky`. Flux has one `beta` for the misses and 1 – beta for the false alarms.
 */
export function tversky<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  probability: P & Masks<"tversky", P["shape"]>,
  target: T & Match<"tversky: a target", T["shape"], P["shape"]>,
  options?: TverskyOptions<Samples<P["shape"]>, R, W>,
): Tensor<Reduced<Samples<P["shape"]>, R>>;
export function tversky(probability: Tensor, target: Tensor, options: TverskyOptions<readonly [number]> = {}): Tensor {
  const { alpha = 0.5, beta = 0.5, smooth = 1 } = options;
  checkMasks("tversky", probability, target, options);
  checkFrom("tversky", "alpha", alpha, 0);
  checkFrom("tversky", "beta", beta, 0);
  checkFrom("tversky", "smooth", smooth, 0);
  const [x, y]: [Tensor, Tensor] = [probability.flatten(), target.flatten()];
  const hits = x.mul(y).sum(1);
  const alarms = x.sum(1).sub(hits).mul(alpha);
  const misses = y.sum(1).sub(hits).mul(beta);
  const index = hits.add(smooth).div(hits.add(alarms).add(misses).add(smooth));
  return reduce(index.neg().add(1), options);
}
