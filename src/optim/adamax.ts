import { checkAtLeast, checkFraction, checkRate } from "./check.ts";
import { elementwise } from "./elementwise.ts";
import type { Optimizer, Rate } from "./optimizer.ts";

export interface AdamaxOptions {
  /** Learning rate: 0.002 unless given (Keras: 0.001). */
  readonly lr?: Rate;
  /** `[0.9, 0.999]` unless given. */
  readonly betas?: readonly [number, number];
  /** 1e-8 unless given. */
  readonly eps?: number;
  /** λ: added to the gradient as `λ p`; 0 unless given. */
  readonly weightDecay?: number;
}

/**
 * Adam with the largest gradient of the recent past instead of the mean square: `m ← β₁ m + (1 – β₁) g`, `u ← max(β₂ u, |g| + eps)`,
 * `p ← p – lr / (1 – β₁ᵗ) · m / u`.
 *
 * @example
 * const optimizer = optim.adamax({ lr: 0.1 });
 * const params = tensor([1, 2]);
 * optimizer.update(tensor([5, -1]), optimizer.init(params), params).params.toString() // [0.9 2.1]
 * @throws RangeError `adamax: betas must lie in [0, 1), got 1.`
 * @see Kingma and Ba, Adam (2015), section 7
 */
export function adamax({
  lr = 2e-3,
  betas = [0.9, 0.999],
  eps = 1e-8,
  weightDecay = 0,
}: AdamaxOptions = {}): Optimizer {
  checkRate("adamax", lr);
  checkFraction("adamax", "betas", ...betas);
  checkAtLeast("adamax", "eps", eps, 0);
  checkAtLeast("adamax", "weightDecay", weightDecay, 0);
  const [beta1, beta2] = betas;
  return elementwise({
    name: "adamax",
    lr,
    settings: { lr, betas, eps, weightDecay },
    slots: { average: 0, largest: 0 },
    coefficients: (rate, t) => ({ rate: rate / (1 - beta1 ** t) }),
    formula: (g, p, slots, { rate }) => {
      const d = weightDecay === 0 ? g : g.add(p.mul(weightDecay));
      const average = slots.average.mul(beta1).add(d.mul(1 - beta1));
      const largest = slots.largest.mul(beta2).maximum(d.abs().add(eps));
      return { p: p.sub(average.mul(rate).div(largest)), average, largest };
    },
  });
}
