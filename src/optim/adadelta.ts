import { checkAtLeast, checkFraction, checkRate } from "./check.ts";
import { elementwise } from "./elementwise.ts";
import type { Optimizer, Rate } from "./optimizer.ts";

export interface AdadeltaOptions {
  /** Learning rate: 1 unless given (Keras: 0.001). */
  readonly lr?: Rate;
  /** How much of both averages is kept: 0.9 unless given (Keras: 0.95). */
  readonly rho?: number;
  /** 1e-6 unless given; inside both roots. */
  readonly eps?: number;
  /** λ: added to the gradient as `λ p`; 0 unless given. */
  readonly weightDecay?: number;
}

/**
 * Steps in the units of the parameter: `v ← ρ v + (1 – ρ) g²`, `d = √(u + eps) / √(v + eps) · g`, `u ← ρ u + (1 – ρ) d²`, `p ← p – lr·d`.
 *
 * @example
 * const optimizer = optim.adadelta();
 * const params = tensor([1], { dtype: "float64" });
 * optimizer.update(tensor([2]), optimizer.init(params), params).params.item() // 0.9968377262926713
 * @throws RangeError `adadelta: rho must lie in [0, 1), got 1.`
 * @see Zeiler, ADADELTA: An Adaptive Learning Rate Method (2012)
 */
export function adadelta({ lr = 1, rho = 0.9, eps = 1e-6, weightDecay = 0 }: AdadeltaOptions = {}): Optimizer {
  checkRate("adadelta", lr);
  checkFraction("adadelta", "rho", rho);
  checkAtLeast("adadelta", "eps", eps, 0);
  checkAtLeast("adadelta", "weightDecay", weightDecay, 0);
  return elementwise({
    name: "adadelta",
    lr,
    settings: { lr, rho, eps, weightDecay },
    slots: { square: 0, delta: 0 },
    coefficients: (rate) => ({ rate }),
    formula: (g, p, slots, { rate }) => {
      const d = weightDecay === 0 ? g : g.add(p.mul(weightDecay));
      const square = slots.square.mul(rho).add(d.mul(d).mul(1 - rho));
      const step = slots.delta.add(eps).sqrt().div(square.add(eps).sqrt()).mul(d);
      const delta = slots.delta.mul(rho).add(step.mul(step).mul(1 - rho));
      return { p: p.sub(step.mul(rate)), square, delta };
    },
  });
}
