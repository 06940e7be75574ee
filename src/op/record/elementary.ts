import { fullLike } from "../../tensor/create.ts";
import { type DType, isFloat, toArray, toFloat } from "../../tensor/dtype.ts";
import type { Values } from "../../tensor/values.ts";
import { mapLoop } from "../kernel/loop.ts";
import { erf, roundEven, sigmoid } from "../kernel/special.ts";
import type { Op, Vjp } from "../op.ts";
import type { Family } from "../signature.ts";

const library = { erf, sigmoid, roundEven };

/** Functions of one element: the formula in `x`, and the gradient as `g` times the derivative. */
export const elementary: Family<
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
  | "isNaN"
  | "not"
  | "stopGradient"
  | "cast"
> = {
  neg: same("-x", (g) => g.neg()),
  abs: same("Math.abs(x)", (g, [x]) => g.mul(x.sign())),
  exp: real("Math.exp(x)", (g, _, y) => g.mul(y)),
  expm1: real("Math.expm1(x)", (g, _, y) => g.mul(y.add(1))),
  log: real("Math.log(x)", (g, [x]) => g.div(x)),
  log1p: real("Math.log1p(x)", (g, [x]) => g.div(x.add(1))),
  sqrt: real("Math.sqrt(x)", (g, _, y) => g.div(y.mul(2))),
  reciprocal: real("1 / x", (g, _, y) => g.mul(y.mul(y)).neg()),
  sin: real("Math.sin(x)", (g, [x]) => g.mul(x.cos())),
  cos: real("Math.cos(x)", (g, [x]) => g.mul(x.sin()).neg()),
  tanh: real("Math.tanh(x)", (g, _, y) => g.mul(y.mul(y).neg().add(1))),
  sigmoid: real("sigmoid(x)", (g, _, y) => g.mul(y.mul(y.neg().add(1)))),
  softplus: real("Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))", (g, [x]) => g.mul(x.sigmoid())),
  erf: real("erf(x)", (g, [x]) => g.mul(x.mul(x).neg().exp()).mul(2 / Math.sqrt(Math.PI))),
  relu: same("x > 0 || x !== x ? x : 0", (g, [x]) => g.mul(x.greater(0))),
  sign: same("Math.sign(x)", null),
  floor: same("Math.floor(x)", null),
  ceil: same("Math.ceil(x)", null),
  round: same("roundEven(x)", null),
  isNaN: logical("x !== x"),
  not: logical("x === 0"),
  stopGradient: { shape: ([x]) => x, evaluate: ([x]) => x.data, vjp: null },
  cast: {
    shape: ([x], { dtype }) => ({ shape: x.shape, dtype }),
    evaluate: ([x], { dtype }) => (x.dtype === dtype ? x.data : map(dtype === "bool" ? "x !== 0" : "x", x, dtype)),
    vjp: [(g, [x]) => (isFloat(x.dtype) ? g.to(x.dtype) : fullLike(x, 0))],
  },
};

/** A function that keeps the dtype. */
function same(formula: string, derivative: Vjp<1> | null): Op<1> {
  return unary(formula, derivative, (dtype) => (dtype === "bool" ? "int32" : dtype));
}

/** A function with real values. */
function real(formula: string, derivative: Vjp<1>): Op<1> {
  return unary(formula, derivative, toFloat);
}

function logical(formula: string): Op<1> {
  return unary(`${formula} ? 1 : 0`, null, () => "bool");
}

function unary(formula: string, derivative: Vjp<1> | null, result: (dtype: DType) => DType): Op<1> {
  return {
    shape: ([x]) => ({ shape: x.shape, dtype: result(x.dtype) }),
    evaluate: ([x], _, output) => map(formula, x, output.dtype),
    formula,
    vjp: derivative === null ? null : [derivative],
  };
}

function map(formula: string, x: Values, dtype: DType) {
  const out = toArray(dtype, x.data.length);
  mapLoop(formula, library, out, x.data);
  return out;
}
