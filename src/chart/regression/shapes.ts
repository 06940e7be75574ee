import { crossEntropy } from "../../loss/crossEntropy.ts";
import { focal } from "../../loss/focal.ts";
import { hinge } from "../../loss/hinge.ts";
import { huber } from "../../loss/huber.ts";
import { logCosh } from "../../loss/logCosh.ts";
import { mae } from "../../loss/mae.ts";
import { mse } from "../../loss/mse.ts";
import { quantile } from "../../loss/quantile.ts";
import { smoothL1 } from "../../loss/smoothL1.ts";
import { softMargin } from "../../loss/softMargin.ts";
import { squaredHinge } from "../../loss/squaredHinge.ts";
import { stack } from "../../op/function/concat.ts";
import { onesLike, zerosLike } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** What a loss is drawn against. */
export const AXES = {
  residual: { title: "residual: prediction – target", of: "residual", range: [-3, 3] },
  probability: { title: "probability of the true class", of: "probability", range: [0, 1] },
  margin: { title: "margin: label × score", of: "margin", range: [-3, 3] },
} as const;

/** A number that a loss has, and a slider for it. */
export interface Parameter {
  /** Its option in `loss`. */
  readonly option: "delta" | "beta" | "quantile" | "gamma";
  readonly symbol: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

export interface Shape {
  readonly against: keyof typeof AXES;
  /** The loss itself, element by element. */
  readonly loss: (x: Tensor, value: number) => Tensor;
  /** The same as an expression of Vega, of `datum.x` and of the parameter. */
  readonly expression: (parameter: string) => string;
  readonly parameter?: Parameter;
}

const none = { reduction: "none" } as const;

/** The logits of two classes of which the first, the true one, has probability p. */
function toLogits(p: Tensor): Tensor {
  return stack([p.log(), p.neg().add(1).log()], -1);
}

/** Every loss that is a function of one number. */
export const SHAPES = {
  mse: {
    against: "residual",
    loss: (x) => mse(x, zerosLike(x), none),
    expression: () => "datum.x * datum.x",
  },
  mae: {
    against: "residual",
    loss: (x) => mae(x, zerosLike(x), none),
    expression: () => "abs(datum.x)",
  },
  huber: {
    against: "residual",
    loss: (x, delta) => huber(x, zerosLike(x), { ...none, delta }),
    expression: (d) => `abs(datum.x) < ${d} ? datum.x * datum.x / 2 : ${d} * (abs(datum.x) - ${d} / 2)`,
    parameter: { option: "delta", symbol: "δ", value: 1, min: 0.1, max: 3, step: 0.1 },
  },
  smoothL1: {
    against: "residual",
    loss: (x, beta) => smoothL1(x, zerosLike(x), { ...none, beta }),
    expression: (b) => `abs(datum.x) < ${b} ? datum.x * datum.x / (2 * ${b}) : abs(datum.x) - ${b} / 2`,
    parameter: { option: "beta", symbol: "β", value: 1, min: 0, max: 3, step: 0.1 },
  },
  logCosh: {
    against: "residual",
    loss: (x) => logCosh(x, zerosLike(x), none),
    expression: () => "abs(datum.x) + log(1 + exp(-2 * abs(datum.x))) - LN2",
  },
  quantile: {
    against: "residual",
    loss: (x, q) => quantile(x, zerosLike(x), { ...none, quantile: q }),
    expression: (q) => `datum.x <= 0 ? -${q} * datum.x : (1 - ${q}) * datum.x`,
    parameter: { option: "quantile", symbol: "q", value: 0.9, min: 0, max: 1, step: 0.05 },
  },
  crossEntropy: {
    against: "probability",
    loss: (p) => crossEntropy(toLogits(p), zerosLike(p).to("int32"), none),
    expression: () => "-log(datum.x)",
  },
  focal: {
    against: "probability",
    loss: (p, gamma) => focal(toLogits(p), zerosLike(p).to("int32"), { ...none, gamma }),
    expression: (g) => `-pow(1 - datum.x, ${g}) * log(datum.x)`,
    parameter: { option: "gamma", symbol: "γ", value: 2, min: 0, max: 5, step: 0.1 },
  },
  hinge: {
    against: "margin",
    loss: (x) => hinge(x, onesLike(x), none),
    expression: () => "max(0, 1 - datum.x)",
  },
  squaredHinge: {
    against: "margin",
    loss: (x) => squaredHinge(x, onesLike(x), none),
    expression: () => "pow(max(0, 1 - datum.x), 2)",
  },
  softMargin: {
    against: "margin",
    loss: (x) => softMargin(x, onesLike(x), none),
    expression: () => "max(0, -datum.x) + log(1 + exp(-abs(datum.x)))",
  },
} as const satisfies Readonly<Record<string, Shape>>;
