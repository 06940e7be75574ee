import { where } from "../op/function/where.ts";
import { toAxis } from "../tensor/shape/axis.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkAbove } from "./check.ts";
import type { SameFlow } from "./flow.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { isOpen } from "./sketch.ts";

/** A function of the elements, without parameters. */
export type Activation = Layer<SameFlow, None, None>;

/**
 * `max(x, 0)`; the gradient at 0 is 0.
 *
 * @example
 * nn.relu().apply({}, tensor([-2, 0, 2])).toArray() // [0, 0, 2]
 */
export function relu(): Activation {
  return activation("relu", [], (x) => x.relu());
}

/**
 * `min(max(x, 0), 6)`.
 *
 * @example
 * nn.relu6().apply({}, tensor([-2, 2, 8])).toArray() // [0, 2, 6]
 */
export function relu6(): Activation {
  return activation("relu6", [], (x) => between(x, 0, 6));
}

/**
 * `max(x, 0) + negativeSlope · min(x, 0)`; the slope is 0.01 unless given (Keras: 0.3). Maas, Hannun and Ng (2013).
 *
 * @example
 * nn.leakyRelu().apply({}, tensor([-2, 0, 2])).toArray() // [-0.02, 0, 2]
 */
export function leakyRelu(negativeSlope = 0.01): Activation {
  return activation("leakyRelu", [negativeSlope], (x) => x.leakyRelu(negativeSlope));
}

/**
 * `x` where positive, else `alpha · (eˣ – 1)`; alpha is 1 unless given. Clevert, Unterthiner and Hochreiter (2016).
 *
 * @example
 * nn.elu().apply({}, tensor([-2, 0, 2])).toArray() // [-0.8646647, 0, 2]
 */
export function elu(alpha = 1): Activation {
  return activation("elu", [alpha], (x) => exponential(x, alpha, 1));
}

/**
 * `x` where positive, else `alpha · (e^(x/alpha) – 1)`; alpha is 1 unless given. Barron (2017).
 *
 * @example
 * nn.celu(2).apply({}, tensor([-2, 0, 2])).toArray() // [-1.2642411, 0, 2]
 */
export function celu(alpha = 1): Activation {
  checkAbove("celu", "alpha", alpha, 0);
  return activation("celu", [alpha], (x) => exponential(x, alpha, alpha));
}

/**
 * `1.0507 · x` where positive, else `1.0507 · 1.6733 · (eˣ – 1)`: keeps mean 0 and variance 1. Klambauer et al. (2017).
 *
 * @example
 * nn.selu().apply({}, tensor([-2, 0, 2])).toArray() // [-1.5201665, 0, 2.101402]
 */
export function selu(): Activation {
  const [alpha, scale] = [1.6732632423543772, 1.0507009873554805];
  return activation("selu", [], (x) => exponential(x, alpha, 1).mul(scale));
}

export interface GeluOptions {
  /** `"none"` unless given: the exact Φ. `"tanh"` is the approximation of GPT-2. */
  readonly approximate?: "none" | "tanh";
}

/**
 * `x · Φ(x)` with the exact Φ, or `x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³)))`. Hendrycks and Gimpel (2016).
 *
 * @example
 * nn.gelu().apply({}, tensor([-2, 0, 2])).toArray() // [-0.0455003, 0, 1.9544997]
 */
export function gelu({ approximate = "none" }: GeluOptions = {}): Activation {
  if (approximate !== "none" && approximate !== "tanh")
    throw new RangeError(`gelu: approximate must be "none" or "tanh", got "${String(approximate)}".`);
  return activation("gelu", approximate === "none" ? [] : [approximate], (x) => {
    if (approximate === "none") return x.gelu();
    const cube = x.mul(x).mul(x).mul(0.044715);
    return x.mul(0.5).mul(
      x
        .add(cube)
        .mul(Math.sqrt(2 / Math.PI))
        .tanh()
        .add(1),
    );
  });
}

/**
 * `x · sigmoid(x)`, also called swish. Ramachandran, Zoph and Le (2017).
 *
 * @example
 * nn.silu().apply({}, tensor([-2, 0, 2])).toArray() // [-0.2384058, 0, 1.7615942]
 */
export function silu(): Activation {
  return activation("silu", [], (x) => x.silu());
}

/**
 * `x · tanh(softplus(x))`. Misra (2019).
 *
 * @example
 * nn.mish().apply({}, tensor([-2, 0, 2])).toArray() // [-0.2525015, 0, 1.943959]
 */
export function mish(): Activation {
  return activation("mish", [], (x) => x.mul(x.softplus().tanh()));
}

export interface SoftplusOptions {
  /** 1 unless given. */
  readonly beta?: number;
  /** Above `beta · x = 20`, unless another bound is given, the function is `x`. */
  readonly threshold?: number;
}

/**
 * `log(1 + e^(beta·x)) / beta`.
 *
 * @example
 * nn.softplus().apply({}, tensor([-2, 0, 2])).toArray() // [0.126928, 0.6931472, 2.1269281]
 */
export function softplus({ beta = 1, threshold = 20 }: SoftplusOptions = {}): Activation {
  checkAbove("softplus", "beta", beta, 0);
  return activation("softplus", [beta], (x) => {
    const scaled = x.mul(beta);
    return where(scaled.greater(threshold), x, scaled.softplus().div(beta));
  });
}

/**
 * `x / (1 + |x|)`.
 *
 * @example
 * nn.softsign().apply({}, tensor([-2, 0, 2])).toArray() // [-0.6666667, 0, 0.6666667]
 */
export function softsign(): Activation {
  return activation("softsign", [], (x) => x.div(x.abs().add(1)));
}

/**
 * `(eˣ – e⁻ˣ) / (eˣ + e⁻ˣ)`.
 *
 * @example
 * nn.tanh().apply({}, tensor([-2, 0, 2])).toArray() // [-0.9640276, 0, 0.9640276]
 */
export function tanh(): Activation {
  return activation("tanh", [], (x) => x.tanh());
}

/**
 * `1 / (1 + e⁻ˣ)`. Losses with “WithLogits” in their name take what comes before it.
 *
 * @example
 * nn.sigmoid().apply({}, tensor([-2, 0, 2])).toArray() // [0.1192029, 0.5, 0.8807971]
 */
export function sigmoid(): Activation {
  return activation("sigmoid", [], (x) => x.sigmoid());
}

/**
 * `log(1 / (1 + e⁻ˣ))`.
 *
 * @example
 * nn.logSigmoid().apply({}, tensor([-2, 0, 2])).toArray() // [-2.1269281, -0.6931472, -0.126928]
 */
export function logSigmoid(): Activation {
  return activation("logSigmoid", [], (x) => x.logSigmoid());
}

/**
 * `x/6 + 1/2` between -3 and 3, 0 below, 1 above.
 *
 * @example
 * nn.hardSigmoid().apply({}, tensor([-2, 0, 2])).toArray() // [0.1666667, 0.5, 0.8333334]
 */
export function hardSigmoid(): Activation {
  return activation("hardSigmoid", [], (x) => between(x, -3, 3).div(6).add(0.5));
}

/**
 * `x · hardSigmoid(x)`. Howard et al. (2019).
 *
 * @example
 * nn.hardSwish().apply({}, tensor([-2, 0, 2])).toArray() // [-0.3333333, 0, 1.6666667]
 */
export function hardSwish(): Activation {
  return activation("hardSwish", [], (x) => x.mul(between(x, -3, 3).div(6).add(0.5)));
}

/**
 * `x` between -1 and 1, and those beyond.
 *
 * @example
 * nn.hardTanh().apply({}, tensor([-2, 0, 2])).toArray() // [-1, 0, 1]
 */
export function hardTanh(): Activation {
  return activation("hardTanh", [], (x) => between(x, -1, 1));
}

/**
 * `eˣ / Σ eˣ` along an axis, the last unless given. `crossEntropy` takes what comes before it.
 *
 * @example
 * nn.softmax().apply({}, tensor([-2, 0, 2])).toArray() // [0.0158762, 0.1173104, 0.8668134]
 */
export function softmax(dim = -1): Activation {
  return alongAxis("softmax", dim, (x) => x.softmax(dim));
}

/**
 * `x – log Σ eˣ` along an axis, the last unless given.
 *
 * @example
 * nn.logSoftmax().apply({}, tensor([-2, 0, 2])).toArray() // [-4.1429315, -2.1429317, -0.1429316]
 */
export function logSoftmax(dim = -1): Activation {
  return alongAxis("logSoftmax", dim, (x) => x.logSoftmax(dim));
}

function alongAxis(name: string, dim: number, f: (x: Tensor) => Tensor): Activation {
  return layer<SameFlow>({
    name,
    settings: [dim],
    flow: (x) => {
      if (!isOpen(x)) toAxis(name, x as readonly number[], dim);
      return x;
    },
    run: (_, x) => f(x),
  });
}

function activation(name: string, settings: readonly (string | number)[], f: (x: Tensor) => Tensor): Activation {
  return layer<SameFlow>({ name, settings, flow: (x) => x, run: (_, x) => f(x) });
}

/** Bounded; the gradient at the bounds is 0, as in PyTorch's activations and other than in `clamp`. */
function between(x: Tensor, low: number, high: number): Tensor {
  return where(x.greater(low), where(x.less(high), x, high), low);
}

/** `alpha · (e^(x/scale) – 1)` below 0. What is not chosen is kept from overflowing. */
function exponential(x: Tensor, alpha: number, scale: number): Tensor {
  const positive = x.greater(0);
  return where(positive, x, where(positive, 0, x).div(scale).expm1().mul(alpha));
}
