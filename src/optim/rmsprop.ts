import type { Tensor } from "../tensor/tensor.ts";
import { checkAtLeast, checkFraction, checkRate } from "./check.ts";
import { elementwise } from "./elementwise.ts";
import type { Optimizer, Rate } from "./optimizer.ts";

export interface RmspropOptions {
  /** Learning rate: 0.01 unless given. */
  readonly lr?: Rate;
  /** How much of the average of `g²` is kept: 0.99 unless given (Keras and optax: 0.9). */
  readonly alpha?: number;
  /** 1e-8 unless given; outside the root (optax: inside). */
  readonly eps?: number;
  /** λ: added to the gradient as `λ p`; 0 unless given. */
  readonly weightDecay?: number;
  /** μ; 0 unless given. */
  readonly momentum?: number;
  /** Divide by the deviation instead of the root of the mean square; false unless given. */
  readonly centered?: boolean;
}

/**
 * `v ← α v + (1 – α) g²`, `p ← p – lr·g / (√v + eps)`; centered, with `√(v – a²)`, where `a` is the average of `g`; with momentum,
 * `b ← μ b + g / (√v + eps)`, `p ← p – lr·b`.
 *
 * @example
 * const optimizer = optim.rmsprop({ lr: 0.1 });
 * const params = tensor([1, 2]);
 * optimizer.update(tensor([5, -5]), optimizer.init(params), params).params.round().toArray() // [0, 3]
 * @throws RangeError `rmsprop: alpha must lie in [0, 1), got 1.`
 * @see Tieleman and Hinton, Lecture 6.5 (2012); centered: Graves (2013)
 */
export function rmsprop({
  lr = 1e-2,
  alpha = 0.99,
  eps = 1e-8,
  weightDecay = 0,
  momentum = 0,
  centered = false,
}: RmspropOptions = {}): Optimizer {
  checkRate("rmsprop", lr);
  checkFraction("rmsprop", "alpha", alpha);
  checkAtLeast("rmsprop", "eps", eps, 0);
  checkAtLeast("rmsprop", "weightDecay", weightDecay, 0);
  checkAtLeast("rmsprop", "momentum", momentum, 0);
  const slots: { readonly [name: string]: number } = {
    square: 0,
    ...(centered && { average: 0 }),
    ...(momentum > 0 && { momentum: 0 }),
  };
  return elementwise<string, "rate">({
    name: "rmsprop",
    lr,
    settings: { lr, alpha, eps, weightDecay, momentum, centered },
    slots,
    coefficients: (rate) => ({ rate }),
    formula: (g, p, before, { rate }) => {
      const d = weightDecay === 0 ? g : g.add(p.mul(weightDecay));
      const keep = (slot: Tensor, value: Tensor) => slot.mul(alpha).add(value.mul(1 - alpha));
      const square = keep(before["square"]!, d.mul(d));
      const average = centered ? keep(before["average"]!, d) : undefined;
      const variance = average === undefined ? square : square.sub(average.mul(average));
      const scaled = d.div(variance.sqrt().add(eps));
      const b = momentum > 0 ? before["momentum"]!.mul(momentum).add(scaled) : undefined;
      return {
        p: p.sub((b ?? scaled).mul(rate)),
        square,
        ...(average && { average }),
        ...(b && { momentum: b }),
      };
    },
  });
}
