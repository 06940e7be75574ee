import { fullLike } from "../../tensor/create.ts";
import { type DType, isFloat, toArray, toFloat } from "../../tensor/dtype.ts";
import type { Values } from "../../tensor/values.ts";
import { mapLoop } from "../kernel/loop.ts";
import { erf, roundEven, sigmoid } from "../kernel/special.ts";
import { cast, plain } from "../lowering/cast.ts";
import {
  expm1,
  isNotNumber,
  log1p,
  not,
  rounding,
  sign,
  softplus,
  sigmoid as writeSigmoid,
} from "../lowering/elementary.ts";
import { erf as writeErf } from "../lowering/erf.ts";
import type { Lower } from "../onnx.ts";
import type { Op, Vjp } from "../op.ts";
import type { Family } from "../signature.ts";

const library = { erf, sigmoid, roundEven };

/** Functions of one element: the formula in `x`, the ONNX operators, and the gradient as `g` times the derivative. */
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
  neg: same("-x", plain("Neg"), (g) => g.neg()),
  abs: same("Math.abs(x)", plain("Abs"), (g, [x]) => g.mul(x.sign())),
  exp: real("Math.exp(x)", plain("Exp"), (g, _, y) => g.mul(y)),
  expm1: real("Math.expm1(x)", expm1, (g, _, y) => g.mul(y.add(1))),
  log: real("Math.log(x)", plain("Log"), (g, [x]) => g.div(x)),
  log1p: real("Math.log1p(x)", log1p, (g, [x]) => g.div(x.add(1))),
  sqrt: real("Math.sqrt(x)", plain("Sqrt"), (g, _, y) => g.div(y.mul(2))),
  reciprocal: real("1 / x", plain("Reciprocal"), (g, _, y) => g.mul(y.mul(y)).neg()),
  sin: real("Math.sin(x)", plain("Sin"), (g, [x]) => g.mul(x.cos())),
  cos: real("Math.cos(x)", plain("Cos"), (g, [x]) => g.mul(x.sin()).neg()),
  tanh: real("Math.tanh(x)", plain("Tanh"), (g, _, y) => g.mul(y.mul(y).neg().add(1))),
  sigmoid: real("sigmoid(x)", writeSigmoid, (g, _, y) => g.mul(y.mul(y.neg().add(1)))),
  softplus: real("Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))", softplus, (g, [x]) => g.mul(x.sigmoid())),
  erf: real("erf(x)", writeErf, (g, [x]) => g.mul(x.mul(x).neg().exp()).mul(2 / Math.sqrt(Math.PI))),
  relu: same("x > 0 || x !== x ? x : 0", plain("Relu"), (g, [x]) => g.mul(x.greater(0))),
  sign: same("Math.sign(x)", sign, null),
  floor: same("Math.floor(x)", rounding("Floor"), null),
  ceil: same("Math.ceil(x)", rounding("Ceil"), null),
  round: same("roundEven(x)", rounding("Round"), null),
  isNaN: logical("x !== x", isNotNumber),
  not: logical("x === 0", not),
  stopGradient: { shape: ([x]) => x, evaluate: ([x]) => x.data, vjp: null, onnx: (_, [x]) => x },
  cast: {
    shape: ([x], { dtype }) => ({ shape: x.shape, dtype }),
    evaluate: ([x], { dtype }) => (x.dtype === dtype ? x.data : map(dtype === "bool" ? "x !== 0" : "x", x, dtype)),
    vjp: [(g, [x]) => (isFloat(x.dtype) ? g.to(x.dtype) : fullLike(x, 0))],
    onnx: (graph, [x], { dtype }, { inputs }) => cast(graph, x, inputs[0].dtype, dtype),
  },
};

/** A function that keeps the dtype. */
function same(formula: string, onnx: Lower<1>, derivative: Vjp<1> | null): Op<1> {
  return unary(formula, onnx, derivative, (dtype) => (dtype === "bool" ? "int32" : dtype));
}

/** A function with real values. */
function real(formula: string, onnx: Lower<1>, derivative: Vjp<1>): Op<1> {
  return unary(formula, onnx, derivative, toFloat);
}

function logical(formula: string, onnx: Lower<1>): Op<1> {
  return unary(`${formula} ? 1 : 0`, onnx, null, () => "bool");
}

function unary(formula: string, onnx: Lower<1>, derivative: Vjp<1> | null, result: (dtype: DType) => DType): Op<1> {
  return {
    shape: ([x]) => ({ shape: x.shape, dtype: result(x.dtype) }),
    evaluate: ([x], _, output) => map(formula, x, output.dtype),
    formula,
    vjp: derivative === null ? null : [derivative],
    onnx,
  };
}

function map(formula: string, x: Values, dtype: DType) {
  const out = toArray(dtype, x.data.length);
  mapLoop(formula, library, out, x.data);
  return out;
}
