import { checkFit } from "../tensor/shape/fit.ts";
import { type Shape, writeShape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Classes, checkClasses, checkTargets, type Targets, toClassAxis } from "./check/classes.ts";
import { checkFractions } from "./check/each.ts";
import { checkMatch } from "./check/match.ts";
import { checkBetween, checkFrom } from "./check/option.ts";
import { checkTensor } from "./check/tensor.ts";
import { pick } from "./labelled.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface FocalOptions<
  Z extends Shape = Shape,
  T extends Shape = Shape,
  R extends Reduction = Reduction,
  W extends Shape = Shape,
> extends Reducing<"focal", T, R, W> {
  /** How much the easy ones are turned down: 2 unless given; at 0 this is the cross-entropy. */
  readonly gamma?: number;
  /**
   * Two classes: what a yes counts for, 1 – alpha being what a no does; 0.25 unless given, off below 0. Several: a weight for each class, or one for all;
   * off unless given.
   */
  readonly alpha?: number | (Tensor & { readonly shape: readonly [Classes<Z>] | readonly number[] });
}

/**
 * The cross-entropy, turned down where the model is right already, so that many easy examples do not drown the few hard ones.
 *
 * Two classes (target of the shape of the logits): `l = α_t (1 – p_t)^γ (–log p_t)` with `p_t = p y + (1 – p)(1 – y)`, `p = σ(x)`, and `α_t` likewise.
 * Several (a label at each place of `[N, C, …]`): `l = –α_y (1 – p_y)^γ log p_y` with `p = softmax(x)`. The mean divides by the number of elements.
 *
 * Shapes: logits `[…]` with targets `[…]` between 0 and 1, or logits `[N, C, …]` with labels `[N, …]`.
 *
 * @example
 * loss.focal(tensor([-18.6, 0.51, 2.94, -12.8]), tensor([0, 1, 0, 0]), { alpha: -1 }).item() // 0.691212
 * loss.focal(tensor([[2, 0, 0]]), tensor([0])).item() // 0.010869
 * @throws ShapeError `focal: logits of shape [4, 3] need 4 targets, got shape [5].`
 * @throws RangeError `focal: gamma -1 is not 0 or above.`
 * @see Lin et al. 2017 (arXiv:1708.02002), eq. 5; torchvision `sigmoid_focal_loss`, whose reduction is "none" unless told. fvcore, optax and Keras' binary one have
 * alpha off, Keras' categorical one 0.25. The paper divides the sum by the number of boxes with an object.
 */
export function focal<Z extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  logits: Z,
  target: T & Targets<"focal", "logits", Z["shape"], T["shape"]>,
  options?: FocalOptions<Z["shape"], T["shape"], R, W>,
): Tensor<Reduced<T["shape"], R>>;
export function focal(logits: Tensor, target: Tensor, options: FocalOptions = {}): Tensor {
  const { gamma = 2, alpha } = options;
  checkTensor("focal", logits);
  if (logits.rank === 0) checkMatch("focal: targets", target, logits);
  const isBinary = logits.rank === 0 || checkTargets("focal", "logits", logits, target);
  checkReducing("focal", target.shape, options);
  checkFrom("focal", "gamma", gamma, 0);
  return reduce(isBinary ? binary(logits, target, gamma, alpha) : several(logits, target, gamma, alpha), options);
}

function binary(x: Tensor, y: Tensor, gamma: number, alpha: number | Tensor = 0.25): Tensor {
  if (typeof alpha !== "number")
    throw new TypeError(`focal: alpha of shape ${writeShape(alpha.shape)} where two classes need one number.`);
  checkBetween("focal", "alpha", Math.max(alpha, 0), 0, 1);
  checkFractions("focal: label", y);
  const no = y.neg().add(1);
  const entropy = no.mul(x).add(x.neg().softplus());
  const missed = y.mul(x.neg().sigmoid()).add(no.mul(x.sigmoid()));
  const l = power(missed, gamma).mul(entropy);
  return alpha < 0 ? l : l.mul(y.mul(2 * alpha - 1).add(1 - alpha));
}

function several(x: Tensor, y: Tensor, gamma: number, alpha: number | Tensor = 1): Tensor {
  const axis = toClassAxis(x);
  if (typeof alpha !== "number") checkFit("focal: an alpha", alpha.shape, [x.shape[axis]!]);
  checkClasses("focal", y, x.shape[axis]!);
  const logP = pick(x.logSoftmax(axis), y, axis);
  const l = power(logP.expm1().neg(), gamma).mul(logP).neg();
  return l.mul(typeof alpha === "number" ? alpha : alpha.to(l.dtype).take(y));
}

/** `x^γ` for `0 ≤ x ≤ 1`, with a finite gradient at 0. */
function power(x: Tensor, gamma: number): Tensor {
  return x.clamp(1e-38).pow(gamma);
}
