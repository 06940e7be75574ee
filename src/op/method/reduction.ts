import type { AxisOption, KeepDims, ReductionMethods, Spread } from "../../tensor/method/reduction.ts";
import { toAxes, toAxis } from "../../tensor/shape/axis.ts";
import { reduceShape } from "../../tensor/shape/reduce.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../apply.ts";
import { where } from "../function/where.ts";
import type { Implementation } from "./implementation.ts";

export const reduction: Implementation<ReductionMethods> = {
  sum: reduce("sum"),
  max: reduce("max"),
  min: reduce("min"),
  logSumExp: reduce("logSumExp"),
  mean(axis?: AxisOption, options?: KeepDims) {
    toAxes("mean", this.shape, axis);
    const total = toReal(this).sum(axis, options);
    return total.div(this.size / total.size);
  },
  prod(axis?: AxisOption, { keepDims = false }: KeepDims = {}) {
    const axes = toAxes("prod", this.shape, axis);
    const product = axes.reduce((x, at) => multiplyHalves(x, at), this as Tensor);
    return product.reshape(reduceShape(this.shape, axes, keepDims));
  },
  var(axis?: AxisOption, { keepDims = false, correction = 1 }: Spread = {}) {
    toAxes("var", this.shape, axis);
    const x = toReal(this);
    const squares = x
      .sub(x.mean(axis, { keepDims: true }))
      .square()
      .sum(axis, { keepDims });
    return squares.div(x.size / squares.size - correction);
  },
  std(axis?: AxisOption, options: Spread = {}) {
    toAxes("std", this.shape, axis);
    return this.var(axis, options).sqrt();
  },
  norm(axis?: AxisOption, options: KeepDims = {}) {
    toAxes("norm", this.shape, axis);
    const squares = toReal(this).square().sum(axis, options);
    const zero = squares.equal(0);
    return where(zero, 0, where(zero, 1, squares).sqrt());
  },
  any(axis?: AxisOption, options: KeepDims = {}) {
    toAxes("any", this.shape, axis);
    return this.notEqual(0).max(axis, options);
  },
  all(axis?: AxisOption, options: KeepDims = {}) {
    toAxes("all", this.shape, axis);
    return this.notEqual(0).min(axis, options);
  },
  argmax: locate("argmax"),
  argmin: locate("argmin"),
  cumsum(axis: number) {
    return apply("cumsum", [this], { axis: toAxis("cumsum", this.shape, axis), reverse: false });
  },
  softmax(axis = -1) {
    toAxis("softmax", this.shape, axis);
    const e = this.sub(this.max(axis, { keepDims: true }).stopGradient()).exp();
    return e.div(e.sum(axis, { keepDims: true }));
  },
  logSoftmax(axis = -1) {
    toAxis("logSoftmax", this.shape, axis);
    // shifted first: beside logits of 1e4 a float32 has no digits left for a probability
    const shifted = this.sub(this.max(axis, { keepDims: true }).stopGradient());
    return shifted.sub(shifted.logSumExp(axis, { keepDims: true }));
  },
};

function reduce(name: "sum" | "max" | "min" | "logSumExp") {
  return function (this: Tensor, axis?: AxisOption, { keepDims = false }: KeepDims = {}): Tensor {
    return apply(name, [this], { axes: toAxes(name, this.shape, axis), keepDims });
  };
}

function locate(name: "argmax" | "argmin") {
  return function (this: Tensor, axis?: number, { keepDims = false }: KeepDims = {}): Tensor {
    const line = axis === undefined ? this.ravel() : this;
    const at = toAxis(name, line.shape, axis ?? 0);
    const found = apply(name, [line], { axis: at });
    return keepDims
      ? found.reshape(axis === undefined ? this.shape.map(() => 1) : reduceShape(this.shape, [at], true))
      : found;
  };
}

function toReal(tensor: Tensor): Tensor {
  return tensor.dtype === "float64" ? tensor : tensor.to("float32");
}

/** The product along an axis as a tree of multiplications: log n operations, with exact gradients also where an element is 0. */
function multiplyHalves(x: Tensor, axis: number): Tensor {
  const n = x.shape[axis]!;
  if (n === 1) return x;
  if (n === 0) return x.sum(axis, { keepDims: true }).add(1);
  const half = Math.floor(n / 2);
  const part = (from: number, to: number) =>
    x.slice(...x.shape.map((_, i) => (i === axis ? ([from, to] as const) : null)));
  const product = multiplyHalves(part(0, half).mul(part(half, 2 * half)), axis);
  return n % 2 === 0 ? product : product.mul(part(n - 1, n));
}
