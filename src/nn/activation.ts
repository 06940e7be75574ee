import type { Tensor } from "../tensor/tensor.ts";
import type { SameFlow } from "./flow.ts";
import { type Layer, layer, type None } from "./layer.ts";

/** A function of each element. */
export type Activation = Layer<SameFlow, None, None>;

/** `max(x, 0)`. */
export function relu(): Activation {
  return activation("relu", [], (x) => x.relu());
}

/** `max(x, 0) + slope · min(x, 0)`; slope is 0.01 unless given (Keras: 0.3). */
export function leakyRelu(slope = 0.01): Activation {
  return activation("leakyRelu", [slope], (x) => x.leakyRelu(slope));
}

/** `x · Φ(x)` with the exact Φ, PyTorch's default. Hendrycks and Gimpel (2016). */
export function gelu(): Activation {
  return activation("gelu", [], (x) => x.gelu());
}

/** `x · sigmoid(x)`, also called swish. */
export function silu(): Activation {
  return activation("silu", [], (x) => x.silu());
}

/** `x` where positive, else `alpha · (eˣ – 1)`; alpha is 1 unless given. */
export function elu(alpha = 1): Activation {
  return activation("elu", [alpha], (x) => x.elu(alpha));
}

/** `log(1 + e^(beta·x)) / beta`; beta is 1 unless given. */
export function softplus(beta = 1): Activation {
  return activation("softplus", [beta], (x) => (beta === 1 ? x.softplus() : x.mul(beta).softplus().div(beta)));
}

/** `(eˣ – e⁻ˣ) / (eˣ + e⁻ˣ)`. */
export function tanh(): Activation {
  return activation("tanh", [], (x) => x.tanh());
}

/** `1 / (1 + e⁻ˣ)`. */
export function sigmoid(): Activation {
  return activation("sigmoid", [], (x) => x.sigmoid());
}

/** `eˣ / Σ eˣ` along an axis, the last unless given. Losses such as `crossEntropy` take logits: leave it out before them. */
export function softmax(axis = -1): Activation {
  return activation("softmax", [axis], (x) => x.softmax(axis));
}

function activation(name: string, settings: readonly number[], f: (x: Tensor) => Tensor): Activation {
  return layer<SameFlow>({ name, settings, flow: (x) => x, run: (_, x) => f(x) });
}
