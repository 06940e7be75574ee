import { onesLike } from "../tensor/create.ts";
import { describe } from "../tensor/describe.ts";
import { isFloat } from "../tensor/dtype.ts";
import {
  type Checked,
  type Ranked,
  type Shape,
  ShapeError,
  type Size,
  type Write,
  type Wrong,
  writeShape,
} from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { leavesOf, mapTree, pathsOf, type Tree, withLeaves } from "../tensor/tree.ts";
import { Tape } from "./tape.ts";

/** `unknown` if a tensor of this shape has one element, or may have, else the sentence. */
export type Scalar<S extends Shape> = Checked<IsScalar<S>>;
type IsScalar<S extends Shape> =
  Ranked<S> extends false
    ? unknown
    : AllOnes<S> extends true
      ? unknown
      : Wrong<`grad: a result of shape [${Write<S>}] where one number is needed`>;
type AllOnes<S extends Shape> = S extends readonly [infer H extends Size, ...infer R extends Shape]
  ? number extends H
    ? AllOnes<R>
    : H extends 1
      ? AllOnes<R>
      : false
  : true;

/** What a differentiated function returns: the loss, or the loss and anything else. */
export type Result = Tensor | readonly [Tensor, unknown];
export type LossShape<R extends Result> =
  R extends Tensor<infer S extends Shape> ? S : R extends readonly [Tensor<infer S extends Shape>, unknown] ? S : Shape;

/**
 * The gradient of a function with respect to its first argument: a tensor, or objects and arrays of tensors. Further arguments are constants.
 *
 * @example
 * grad((x: Tensor) => x.mul(x).sum())(tensor([1, 2, 3])).toArray() // [2, 4, 6]
 * grad((x: Tensor) => grad((y: Tensor) => y.pow(3).sum())(x).sum())(tensor([2])).toArray() // [12]
 * @throws ShapeError `grad: a result of shape [3] where one number is needed`
 */
export function grad<P extends Tree, A extends readonly unknown[], R extends Result>(
  f: ((parameters: P, ...rest: A) => R) & Scalar<LossShape<R>>,
): (parameters: P, ...rest: A) => P {
  const both = valueAndGrad<P, A, R>(f);
  return (parameters, ...rest) => both(parameters, ...rest)[1];
}

/**
 * The value and the gradient, for the price of the gradient. A function that returns `[loss, other]` gives `[[loss, other], gradient]`: the way to get
 * predictions or a new state out.
 *
 * @example
 * const [value, gradient] = valueAndGrad((x: Tensor) => x.mul(x).sum())(tensor([1, 2, 3]));
 * value.item() // 14
 */
export function valueAndGrad<P extends Tree, A extends readonly unknown[], R extends Result>(
  f: ((parameters: P, ...rest: A) => R) & Scalar<LossShape<R>>,
): (parameters: P, ...rest: A) => [value: R, gradient: P] {
  return (parameters, ...rest) => {
    checkFloats(parameters);
    return withTape((tape) => {
      const watched = mapTree((leaf) => tape.watch(leaf), parameters);
      const result = f(watched, ...rest);
      const loss = Array.isArray(result) ? (result[0] as Tensor) : (result as Tensor);
      checkLoss(loss);
      const gradients = tape.gradients(loss, onesLike(loss), leavesOf(watched));
      return [releaseAll(tape, result) as R, withLeaves(parameters, gradients)];
    });
  };
}

/** Runs `f` with a fresh tape and lets go of it in the end, whatever happens. */
export function withTape<R>(f: (tape: Tape) => R): R {
  const tape = new Tape();
  try {
    return f(tape);
  } finally {
    tape.end();
  }
}

export function checkFloats(parameters: Tree): void {
  const leaves = leavesOf(parameters);
  if (leaves.length === 0) throw new TypeError("grad: the first argument has no tensor in it.");
  leaves.forEach((leaf, i) => {
    if (!isFloat(leaf.dtype))
      throw new TypeError(
        `grad: the parameter${pathsOf(parameters)[i]!.replace(/^\.?/, " ").trimEnd()} is of dtype ${leaf.dtype} where float32 or float64 is needed.`,
      );
  });
}

/** One number, of a dtype that has a gradient. */
export function checkLoss(loss: unknown, name = "grad"): asserts loss is Tensor {
  if (loss instanceof Promise)
    throw new TypeError(`${name}: the function returned a promise where a tensor is needed; it has to be synchronous.`);
  if (!(loss instanceof Tensor))
    throw new TypeError(`${name}: the function returned ${describe(loss)} where a tensor is needed.`);
  if (loss.size !== 1)
    throw new ShapeError(`${name}: a result of shape ${writeShape(loss.shape)} where one number is needed`);
  if (!isFloat(loss.dtype))
    throw new TypeError(`${name}: a result of dtype ${loss.dtype} where float32 or float64 is needed.`);
}

/** Tensors anywhere in a result, without the tape. */
function releaseAll(tape: Tape, result: unknown): unknown {
  if (result instanceof Tensor) return tape.release(result);
  if (Array.isArray(result)) return result.map((each) => releaseAll(tape, each));
  if (typeof result !== "object" || result === null || Object.getPrototypeOf(result) !== Object.prototype)
    return result;
  return Object.fromEntries(Object.entries(result).map(([key, each]) => [key, releaseAll(tape, each)]));
}
