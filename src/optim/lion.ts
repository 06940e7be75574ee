import { checkAtLeast, checkFraction, checkRate } from "./check.ts";
import { elementwise } from "./elementwise.ts";
import type { Optimizer, Rate } from "./optimizer.ts";

export interface LionOptions {
  /** Learning rate: 0.0001 unless given; a third to a tenth of Adam's. */
  readonly lr?: Rate;
  /** `[0.9, 0.99]` unless given. */
  readonly betas?: readonly [number, number];
  /** λ, decoupled: `p ← p – lr·λ p`; 0 unless given. */
  readonly weightDecay?: number;
}

/**
 * Steps of exactly `lr` along the sign of an average: `p ← p – lr·(sign(β₁ m + (1 – β₁) g) + λ p)`, `m ← β₂ m + (1 – β₂) g`. Not in PyTorch.
 *
 * @example
 * const optimizer = optim.lion({ lr: 0.1 });
 * const params = tensor([1, 2]);
 * optimizer.update(tensor([5, -0.01]), optimizer.init(params), params).params.toString() // [0.9 2.1]
 * @throws RangeError `lion: betas must lie in [0, 1), got 1.`
 * @see Chen et al., Symbolic Discovery of Optimization Algorithms (2023), algorithm 2
 */
export function lion({ lr = 1e-4, betas = [0.9, 0.99], weightDecay = 0 }: LionOptions = {}): Optimizer {
  checkRate("lion", lr);
  checkFraction("lion", "betas", ...betas);
  checkAtLeast("lion", "weightDecay", weightDecay, 0);
  const [beta1, beta2] = betas;
  return elementwise({
    name: "lion",
    lr,
    settings: { lr, betas, weightDecay },
    slots: { average: 0 },
    coefficients: (rate) => ({ rate }),
    formula: (g, p, slots, { rate }) => {
      const direction = slots.average
        .mul(beta1)
        .add(g.mul(1 - beta1))
        .sign();
      const step = weightDecay === 0 ? direction : direction.add(p.mul(weightDecay));
      return { p: p.sub(step.mul(rate)), average: slots.average.mul(beta2).add(g.mul(1 - beta2)) };
    },
  });
}
