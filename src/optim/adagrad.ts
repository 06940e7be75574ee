import { checkAtLeast, checkRate } from "./check.ts";
import { elementwise } from "./elementwise.ts";
import type { Optimizer, Rate } from "./optimizer.ts";

export interface AdagradOptions {
  /** Learning rate: 0.01 unless given. */
  readonly lr?: Rate;
  /** The learning rate of step t (from 0) is `lr / (1 + t·lrDecay)`; 0 unless given. */
  readonly lrDecay?: number;
  /** λ: added to the gradient as `λ p`; 0 unless given. */
  readonly weightDecay?: number;
  /** The sum before the first step: 0 unless given (Keras, optax and TensorFlow: 0.1). */
  readonly initialAccumulatorValue?: number;
  /** 1e-10 unless given; outside the root. */
  readonly eps?: number;
}

/**
 * Steps that shrink where gradients have been large: `s ← s + g²`, `p ← p – lr·g / (√s + eps)`.
 *
 * @example
 * const optimizer = optim.adagrad({ lr: 0.1 });
 * const params = tensor([1, 2]);
 * optimizer.update(tensor([5, -0.01]), optimizer.init(params), params).params.toString() // [0.9 2.1]
 * @throws RangeError `adagrad: lrDecay must be at least 0, got -1.`
 * @see Duchi, Hazan and Singer, Adaptive Subgradient Methods (2011)
 */
export function adagrad({
  lr = 1e-2,
  lrDecay = 0,
  weightDecay = 0,
  initialAccumulatorValue = 0,
  eps = 1e-10,
}: AdagradOptions = {}): Optimizer {
  checkRate("adagrad", lr);
  checkAtLeast("adagrad", "lrDecay", lrDecay, 0);
  checkAtLeast("adagrad", "weightDecay", weightDecay, 0);
  checkAtLeast("adagrad", "initialAccumulatorValue", initialAccumulatorValue, 0);
  checkAtLeast("adagrad", "eps", eps, 0);
  return elementwise({
    name: "adagrad",
    lr,
    settings: { lr, lrDecay, weightDecay, initialAccumulatorValue, eps },
    slots: { sum: initialAccumulatorValue },
    coefficients: (rate, t) => ({ rate: rate / (1 + (t - 1) * lrDecay) }),
    formula: (g, p, slots, { rate }) => {
      const d = weightDecay === 0 ? g : g.add(p.mul(weightDecay));
      const sum = slots.sum.add(d.mul(d));
      return { p: p.sub(d.mul(rate).div(sum.sqrt().add(eps))), sum };
    },
  });
}
