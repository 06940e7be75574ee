import type { DType } from "../../tensor/dtype.ts";
import type { ElementaryMethods } from "../../tensor/method/elementary.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../apply.ts";
import { where } from "../function/where.ts";
import type { Implementation } from "./implementation.ts";

export const elementary: Implementation<ElementaryMethods> = {
  neg: unary("neg"),
  abs: unary("abs"),
  sign: unary("sign"),
  exp: unary("exp"),
  expm1: unary("expm1"),
  log: unary("log"),
  log1p: unary("log1p"),
  sqrt: unary("sqrt"),
  reciprocal: unary("reciprocal"),
  sin: unary("sin"),
  cos: unary("cos"),
  tanh: unary("tanh"),
  sigmoid: unary("sigmoid"),
  softplus: unary("softplus"),
  erf: unary("erf"),
  relu: unary("relu"),
  floor: unary("floor"),
  ceil: unary("ceil"),
  round: unary("round"),
  stopGradient: unary("stopGradient"),
  square() {
    return this.mul(this);
  },
  logSigmoid() {
    return this.neg().softplus().neg();
  },
  gelu() {
    return this.mul(this.mul(Math.SQRT1_2).erf().add(1)).mul(0.5);
  },
  silu() {
    return this.mul(this.sigmoid());
  },
  leakyRelu(slope = 0.01) {
    return where(this.greater(0), this, this.mul(slope));
  },
  elu(alpha = 1) {
    // not minimum, which shares the gradient at 0: there it is alpha, as in PyTorch
    const positive = this.greater(0);
    return where(positive, this, where(positive, 0, this).expm1().mul(alpha));
  },
  clamp(low: number | undefined, high?: number) {
    if (low !== undefined && high !== undefined && low > high)
      throw new RangeError(`clamp: the lower bound ${low} is above the upper bound ${high}.`);
    // inside both bounds, which belong to it, the gradient passes; outside it is 0
    const below = low === undefined ? this : where(this.less(low), low, this);
    return high === undefined ? below : where(below.greater(high), high, below);
  },
  to(dtype: DType) {
    return this.dtype === dtype ? this : apply("cast", [this], { dtype });
  },
};

type Function1 =
  | "neg"
  | "abs"
  | "sign"
  | "exp"
  | "expm1"
  | "log"
  | "log1p"
  | "sqrt"
  | "reciprocal"
  | "sin"
  | "cos"
  | "tanh"
  | "sigmoid"
  | "softplus"
  | "erf"
  | "relu"
  | "floor"
  | "ceil"
  | "round"
  | "stopGradient";

function unary(name: Function1) {
  return function (this: Tensor): Tensor {
    return apply(name, [this], {});
  };
}
