import { checkAtLeast, checkFraction, checkRate } from "./check.ts";
import { elementwise } from "./elementwise.ts";
import type { Optimizer, Rate } from "./optimizer.ts";

export interface NadamOptions {
  /** Learning rate: 0.002 unless given (Keras: 0.001). */
  readonly lr?: Rate;
  /** `[0.9, 0.999]` unless given. */
  readonly betas?: readonly [number, number];
  /** 1e-8 unless given. */
  readonly eps?: number;
  /** λ; 0 unless given. */
  readonly weightDecay?: number;
  /** How fast the momentum rises to β₁: 0.004 unless given. */
  readonly momentumDecay?: number;
  /** Decay as in {@link adamw}; false unless given. */
  readonly decoupledWeightDecay?: boolean;
}

/**
 * Adam that looks ahead as Nesterov's momentum does. With `μₜ = β₁ (1 – ½ · 0.96^(t·momentumDecay))`, `Mₜ = μ₁ ⋯ μₜ` and Adam's `m`, `v̂`:
 * `p ← p – lr · ((1 – μₜ) / (1 – Mₜ) · g + μₜ₊₁ / (1 – Mₜ₊₁) · m) / (√v̂ + eps)`.
 *
 * @example
 * const optimizer = optim.nadam({ lr: 0.1 });
 * const params = tensor([1], { dtype: "float64" });
 * optimizer.update(tensor([5]), optimizer.init(params), params).params.item() // 0.8943548210778113
 * @throws RangeError `nadam: momentumDecay must be at least 0, got -1.`
 * @see Dozat, Incorporating Nesterov Momentum into Adam (2016)
 */
export function nadam({
  lr = 2e-3,
  betas = [0.9, 0.999],
  eps = 1e-8,
  weightDecay = 0,
  momentumDecay = 4e-3,
  decoupledWeightDecay = false,
}: NadamOptions = {}): Optimizer {
  checkRate("nadam", lr);
  checkFraction("nadam", "betas", ...betas);
  checkAtLeast("nadam", "eps", eps, 0);
  checkAtLeast("nadam", "weightDecay", weightDecay, 0);
  checkAtLeast("nadam", "momentumDecay", momentumDecay, 0);
  const [beta1, beta2] = betas;
  const momentumAt = (t: number) => beta1 * (1 - 0.5 * 0.96 ** (t * momentumDecay));
  return elementwise({
    name: "nadam",
    lr,
    settings: { lr, betas, eps, weightDecay, momentumDecay, decoupledWeightDecay },
    slots: { average: 0, square: 0 },
    numbers: { product: 1 },
    // PyTorch keeps this product in single precision; in double, steps would differ from its by 1e-9
    advance: (t, { product }) => ({ product: Math.fround(product * Math.fround(momentumAt(t))) }),
    coefficients: (rate, t, { product }) => ({
      now: (rate * (1 - momentumAt(t))) / (1 - product),
      ahead: (rate * momentumAt(t + 1)) / (1 - product * momentumAt(t + 1)),
      unroot: 1 / Math.sqrt(1 - beta2 ** t),
      shrink: 1 - rate * weightDecay,
    }),
    formula: (g, p, slots, { now, ahead, unroot, shrink }) => {
      const d = weightDecay === 0 || decoupledWeightDecay ? g : g.add(p.mul(weightDecay));
      const kept = weightDecay !== 0 && decoupledWeightDecay ? p.mul(shrink) : p;
      const average = slots.average.mul(beta1).add(d.mul(1 - beta1));
      const square = slots.square.mul(beta2).add(d.mul(d).mul(1 - beta2));
      const step = d.mul(now).add(average.mul(ahead)).div(square.sqrt().mul(unroot).add(eps));
      return { p: kept.sub(step), average, square };
    },
  });
}
