import { checkAtLeast, checkFraction, checkRate } from "./check.ts";
import { elementwise } from "./elementwise.ts";
import type { Optimizer, Rate } from "./optimizer.ts";

export interface SgdOptions {
  /** Learning rate: 0.001 unless given. */
  readonly lr?: Rate;
  /** μ: how much of the last direction is kept; 0 unless given. */
  readonly momentum?: number;
  /** τ: how much of the new gradient is left out of the momentum; 0 unless given. */
  readonly dampening?: number;
  /** λ: added to the gradient as `λ p`; 0 unless given. */
  readonly weightDecay?: number;
  /** Look ahead along the momentum; false unless given. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent: `p ← p – lr·g`, with momentum `b ← μ b + (1 – τ) g`, `p ← p – lr·b`, in the first step `b = g`; with Nesterov's
 * `p ← p – lr·(g + μ b)`.
 *
 * The learning rate multiplies the momentum (PyTorch, optax), where Keras and Sutskever keep it inside: the paths differ when it changes.
 *
 * @example
 * const optimizer = optim.sgd({ lr: 0.1, momentum: 0.9 });
 * const params = tensor([1, 2]);
 * optimizer.update(tensor([1, 1]), optimizer.init(params), params).params.toString() // [0.9 1.9]
 * @throws RangeError `sgd: momentum must be at least 0, got -1.`
 */
export function sgd({
  lr = 1e-3,
  momentum = 0,
  dampening = 0,
  weightDecay = 0,
  nesterov = false,
}: SgdOptions = {}): Optimizer {
  checkRate("sgd", lr);
  checkAtLeast("sgd", "momentum", momentum, 0);
  checkFraction("sgd", "dampening", dampening);
  checkAtLeast("sgd", "weightDecay", weightDecay, 0);
  if (nesterov && (momentum === 0 || dampening !== 0))
    throw new RangeError(
      `sgd: nesterov needs a momentum and no dampening, got momentum ${momentum} and dampening ${dampening}.`,
    );
  if (momentum === 0)
    return elementwise({
      name: "sgd",
      lr,
      settings: { lr, momentum, dampening, weightDecay, nesterov },
      slots: {},
      coefficients: (rate) => ({ rate }),
      formula: (g, p, _, { rate }) => {
        const d = weightDecay === 0 ? g : g.add(p.mul(weightDecay));
        return { p: p.sub(d.mul(rate)) };
      },
    });
  return elementwise({
    name: "sgd",
    lr,
    settings: { lr, momentum, dampening, weightDecay, nesterov },
    slots: { momentum: 0 },
    coefficients: (rate, t) => ({ rate, take: t === 1 ? 1 : 1 - dampening }),
    formula: (g, p, slots, { rate, take }) => {
      const d = weightDecay === 0 ? g : g.add(p.mul(weightDecay));
      const b = slots.momentum.mul(momentum).add(d.mul(take));
      return { p: p.sub((nesterov ? d.add(b.mul(momentum)) : b).mul(rate)), momentum: b };
    },
  });
}
