import { stack } from "../../op/function/concat.ts";
import { fromArray } from "../../tensor/create.ts";
import { describe } from "../../tensor/describe.ts";
import { checkFit } from "../../tensor/shape/fit.ts";
import {
  type Checked,
  type Same,
  type Shape,
  ShapeError,
  type Size,
  type WriteSize,
  type Wrong,
  writeShape,
} from "../../tensor/shape/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { checkTensor } from "./tensor.ts";

/** The losses of several tasks: a list of numbers, or one tensor of them. */
export type Losses = readonly Tensor[] | Tensor;

/** How many numbers there are, if that is known. */
export type Count<L> =
  L extends Tensor<infer S extends Shape>
    ? S extends readonly [infer N extends Size]
      ? N
      : number
    : L extends readonly unknown[]
      ? L["length"]
      : number;

/** `unknown` if there is one for each task, else the sentence: `weightedSum: 3 weights for 2 tasks`. */
export type PerTask<Name extends string, What extends string, N extends number, K extends number> = Checked<
  Same<N, K> extends true ? unknown : Wrong<`${Name}: ${WriteSize<N>} ${What} for ${WriteSize<K>} tasks`>
>;

/** The losses as one tensor `[K]`. */
export function toLosses(name: string, losses: Losses): Tensor {
  if (losses instanceof Tensor) {
    checkFit(`${name}: losses`, losses.shape, [-1]);
    return losses;
  }
  if (!Array.isArray(losses)) throw new TypeError(`${name}: ${describe(losses)} where losses are needed.`);
  losses.forEach((each, i) => {
    checkTensor(name, each);
    if (each.size !== 1)
      throw new ShapeError(`${name}: loss ${i} of shape ${writeShape(each.shape)} where one number is needed`);
  });
  return stack(losses.map((each) => each.reshape([])));
}

/** The runtime side of {@link PerTask}. */
export function checkPerTask(name: string, what: string, count: number, tasks: number): void {
  if (count !== tasks) throw new ShapeError(`${name}: ${count} ${what} for ${tasks} tasks`);
}

/** Weights of 0 or above, one for each task, as a tensor. */
export function toWeights(name: string, weights: readonly number[] | Tensor, losses: Tensor): Tensor {
  if (!(weights instanceof Tensor || Array.isArray(weights)))
    throw new TypeError(`${name}: ${describe(weights)} where weights are needed.`);
  const given: Tensor = weights instanceof Tensor ? weights : fromArray(new Float64Array(weights), [weights.length]);
  checkPerTask(name, "weights", given.size, losses.shape[0]!);
  return given.to(losses.dtype).reshape([-1]);
}
