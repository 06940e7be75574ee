import { checkAtLeast, checkFraction, checkRate } from "./check.ts";
import { elementwise } from "./elementwise.ts";
import type { Optimizer, Rate } from "./optimizer.ts";

export interface RadamOptions {
  /** Learning rate: 0.001 unless given. */
  readonly lr?: Rate;
  /** `[0.9, 0.999]` unless given. */
  readonly betas?: readonly [number, number];
  /** 1e-8 unless given. */
  readonly eps?: number;
  /** λ; 0 unless given. */
  readonly weightDecay?: number;
  /** Decay as in {@link adamw}; false unless given. */
  readonly decoupledWeightDecay?: boolean;
}

/**
 * Adam that does not divide before the average of `g²` can be trusted: with `ρ∞ = 2 / (1 – β₂) – 1` and `ρₜ = ρ∞ – 2t β₂ᵗ / (1 – β₂ᵗ)`, while `ρₜ ≤ 5`
 * it is `p ← p – lr·m̂`, afterwards `p ← p – lr·rₜ·m̂ · √(1 – β₂ᵗ) / (√v + eps)` with `rₜ² = (ρₜ – 4)(ρₜ – 2) ρ∞ / ((ρ∞ – 4)(ρ∞ – 2) ρₜ)`.
 *
 * @example
 * const optimizer = optim.radam({ lr: 0.1 });
 * const params = tensor([1, 2]);
 * optimizer.update(tensor([1, -1]), optimizer.init(params), params).params.toString() // [0.9 2.1]
 * @throws RangeError `radam: betas must lie in [0, 1), got 1.`
 * @see Liu et al., On the Variance of the Adaptive Learning Rate and Beyond (2020)
 */
export function radam({
  lr = 1e-3,
  betas = [0.9, 0.999],
  eps = 1e-8,
  weightDecay = 0,
  decoupledWeightDecay = false,
}: RadamOptions = {}): Optimizer {
  checkRate("radam", lr);
  checkFraction("radam", "betas", ...betas);
  checkAtLeast("radam", "eps", eps, 0);
  checkAtLeast("radam", "weightDecay", weightDecay, 0);
  const [beta1, beta2] = betas;
  return elementwise({
    name: "radam",
    lr,
    settings: { lr, betas, eps, weightDecay, decoupledWeightDecay },
    slots: { average: 0, square: 0 },
    coefficients: (rate, t) => {
      const scale = rectification(beta2, t);
      const corrected = rate / (1 - beta1 ** t);
      return {
        plain: scale === undefined ? corrected : 0,
        scaled: scale === undefined ? 0 : corrected * scale * Math.sqrt(1 - beta2 ** t),
        shrink: 1 - rate * weightDecay,
      };
    },
    formula: (g, p, slots, { plain, scaled, shrink }) => {
      const d = weightDecay === 0 || decoupledWeightDecay ? g : g.add(p.mul(weightDecay));
      const kept = weightDecay !== 0 && decoupledWeightDecay ? p.mul(shrink) : p;
      const average = slots.average.mul(beta1).add(d.mul(1 - beta1));
      const square = slots.square.mul(beta2).add(d.mul(d).mul(1 - beta2));
      const step = average.mul(plain).add(average.mul(scaled).div(square.sqrt().add(eps)));
      return { p: kept.sub(step), average, square };
    },
  });
}

/** `rₜ`, or nothing while `ρₜ ≤ 5`. */
function rectification(beta2: number, t: number): number | undefined {
  const last = 2 / (1 - beta2) - 1;
  const now = last - (2 * t * beta2 ** t) / (1 - beta2 ** t);
  return now > 5 ? Math.sqrt(((now - 4) * (now - 2) * last) / ((last - 4) * (last - 2) * now)) : undefined;
}
