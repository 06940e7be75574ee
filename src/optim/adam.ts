import type { Tensor } from "../tensor/tensor.ts";
import { checkAtLeast, checkFraction, checkRate } from "./check.ts";
import { elementwise } from "./elementwise.ts";
import type { Optimizer, Rate } from "./optimizer.ts";

export interface AdamOptions {
  /** Learning rate: 0.001 unless given. */
  readonly lr?: Rate;
  /** How much of the averages of `g` and `g²` is kept: `[0.9, 0.999]` unless given. */
  readonly betas?: readonly [number, number];
  /** Added to the root, so that nothing is divided by 0: 1e-8 unless given (Keras: 1e-7). */
  readonly eps?: number;
  /** λ; 0 unless given. */
  readonly weightDecay?: number;
  /** Divide by the largest average of `g²` so far; false unless given. */
  readonly amsgrad?: boolean;
}

/**
 * Adam: steps of about `lr`, whatever the scale of the gradient.
 *
 * `m ← β₁ m + (1 – β₁) g`, `v ← β₂ v + (1 – β₂) g²`, `p ← p – lr · m̂ / (√v̂ + eps)` with `m̂ = m / (1 – β₁ᵗ)`, `v̂ = v / (1 – β₂ᵗ)`.
 *
 * `weightDecay` is added to the gradient as `λ p`, as in PyTorch; Keras means {@link adamw}'s.
 *
 * @example
 * const optimizer = optim.adam({ lr: 0.1 });
 * const params = tensor([1, 2]);
 * optimizer.update(tensor([5, -0.01]), optimizer.init(params), params).params.toString() // [0.9 2.1]
 * @throws RangeError `adam: betas must lie in [0, 1), got 1.2.`
 * @see Kingma and Ba, Adam: A Method for Stochastic Optimization (2015); amsgrad: Reddi, Kale and Kumar (2018)
 */
export function adam({
  lr = 1e-3,
  betas = [0.9, 0.999],
  eps = 1e-8,
  weightDecay = 0,
  amsgrad = false,
}: AdamOptions = {}): Optimizer {
  return adamLike("adam", { lr, betas, eps, weightDecay, amsgrad }, "coupled");
}

/**
 * Adam with decoupled weight decay: `p ← p – lr · λ p` beside the step of {@link adam}, so that decay does not depend on the scale of the gradient.
 *
 * `weightDecay` is 0.01 unless given (PyTorch); Keras has 0.004, optax 0.0001.
 *
 * @example
 * const optimizer = optim.adamw({ lr: 0.1 });
 * const params = tensor([1, 2], { dtype: "float64" });
 * optimizer.update(params, optimizer.init(params), params).params.toString() // [0.899 1.898]
 * @see Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019)
 */
export function adamw({
  lr = 1e-3,
  betas = [0.9, 0.999],
  eps = 1e-8,
  weightDecay = 1e-2,
  amsgrad = false,
}: AdamOptions = {}): Optimizer {
  return adamLike("adamw", { lr, betas, eps, weightDecay, amsgrad }, "decoupled");
}

function adamLike(
  name: string,
  { lr, betas, eps, weightDecay, amsgrad }: Required<AdamOptions>,
  decay: "coupled" | "decoupled",
): Optimizer {
  checkRate(name, lr);
  checkFraction(name, "betas", ...betas);
  checkAtLeast(name, "eps", eps, 0);
  checkAtLeast(name, "weightDecay", weightDecay, 0);
  const [beta1, beta2] = betas;
  // both sides of the quotient times √(1 – β₂ᵗ): one pass over the memory less
  const coefficients = (rate: number, t: number) => {
    const root = Math.sqrt(1 - beta2 ** t);
    return { rate: (rate / (1 - beta1 ** t)) * root, small: eps * root, shrink: 1 - rate * weightDecay };
  };
  const averages = (g: Tensor, p: Tensor, average: Tensor, square: Tensor) => {
    const d = weightDecay === 0 || decay === "decoupled" ? g : g.add(p.mul(weightDecay));
    // all from (1 – β₁) g, which a product that gives g can give as cheaply
    const share = d.mul(1 - beta1);
    return {
      average: average.mul(beta1).add(share),
      square: square.mul(beta2).add(share.mul(share).mul((1 - beta2) / (1 - beta1) ** 2)),
    };
  };
  const move = (
    p: Tensor,
    m: Tensor,
    v: Tensor,
    c: { readonly [K in "rate" | "small" | "shrink"]: Tensor | number },
  ) => {
    const kept = weightDecay === 0 || decay === "coupled" ? p : p.mul(c.shrink);
    return kept.sub(m.mul(c.rate).div(v.sqrt().add(c.small)));
  };
  if (!amsgrad)
    return elementwise({
      name,
      lr,
      settings: { lr, betas, eps, weightDecay, amsgrad },
      slots: { average: 0, square: 0 },
      coefficients,
      formula: (g, p, slots, c) => {
        const { average, square } = averages(g, p, slots.average, slots.square);
        return { p: move(p, average, square, c), average, square };
      },
    });
  return elementwise({
    name,
    lr,
    settings: { lr, betas, eps, weightDecay, amsgrad },
    slots: { average: 0, square: 0, largest: 0 },
    coefficients,
    formula: (g, p, slots, c) => {
      const { average, square } = averages(g, p, slots.average, slots.square);
      const largest = slots.largest.maximum(square);
      return { p: move(p, average, largest, c), average, square, largest };
    },
  });
}
