import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkMasks, type Masks, type Samples } from "./check/masks.ts";
import type { Match } from "./check/match.ts";
import { checkFrom } from "./check/option.ts";
import { type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface DiceOptions<E extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"dice", E, R, W> {
  /** Added above and below, so that empty masks agree: 1 unless given. */
  readonly smooth?: number;
  /** The exponent in the denominator: 1 unless given; V-Net has 2. */
  readonly p?: number;
}

/**
 * How little two masks overlap: a share of their sizes, so small objects count as much as large ones.
 *
 * `l = 1 – (2 Σ x y + smooth) / (Σ xᵖ + Σ yᵖ + smooth)`, the sums over all axes but the first.
 *
 * Shapes: both `[N, …]`; one loss for each sample. Probabilities, not logits. `smooth` and `p` are 1 unless given.
 *
 * @example
 * loss.dice(tensor([[1, 1, 0, 0]]), tensor([[1, 0, 0, 0]])).item() // 0.25
 * @throws ShapeError `dice: a target of shape [4, 3] where [4, 2] is needed`
 * @throws RangeError `dice: probability -3.5 is not 0 or above (at index [0, 1]).`
 * @see Milletari et al. 2016 (V-Net, arXiv:1606.04797); Sudre et al. 2017. Keras sums over the whole batch with a smoothing of 1e-7; Flux has `p = 2`.
 */
export function dice<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  probability: P & Masks<"dice", P["shape"]>,
  target: T & Match<"dice: a target", T["shape"], P["shape"]>,
  options?: DiceOptions<Samples<P["shape"]>, R, W>,
): Tensor<Reduced<Samples<P["shape"]>, R>>;
export function dice(probability: Tensor, target: Tensor, options: DiceOptions<readonly [number]> = {}): Tensor {
  const { smooth = 1, p = 1 } = options;
  checkMasks("dice", probability, target, options);
  checkFrom("dice", "smooth", smooth, 0);
  checkFrom("dice", "p", p, 1);
  const [x, y]: [Tensor, Tensor] = [probability.flatten(), target.flatten()];
  const sizes = p === 1 ? x.add(y).sum(1) : x.pow(p).add(y.pow(p)).sum(1);
  const overlap = x.mul(y).sum(1).mul(2).add(smooth).div(sizes.add(smooth));
  return reduce(overlap.neg().add(1), options);
}
