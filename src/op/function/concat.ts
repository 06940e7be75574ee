import { describe } from "../../tensor/describe.ts";
import {
  type Concat,
  checkStack,
  concatShape,
  type Joinable,
  type Stack,
  type Stackable,
} from "../../tensor/shape/join.ts";
import type { ShapesOf } from "../../tensor/shape/operand.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../apply.ts";

/**
 * Tensors joined along an axis (0 unless given); their other sizes agree. PyTorch calls it `cat`.
 *
 * @example
 * concat([tensor([1, 2]), tensor([3])]).toArray() // [1, 2, 3]
 * @throws ShapeError `concat: shapes [2, 3], [2, 4] do not join along axis 0`
 */
export function concat<const L extends readonly Tensor[], const X extends number = 0>(
  tensors: L & Joinable<ShapesOf<L>, X>,
  axis?: X,
): Tensor<Concat<ShapesOf<L>, X>> {
  const list = toList("concat", tensors);
  const at = concatShape(
    list.map((each) => each.shape),
    axis ?? 0,
  ).axis;
  return apply("concat", list, { axis: at }) as never;
}

/**
 * Tensors of one shape stacked on a new axis (0 unless given).
 *
 * @example
 * stack([tensor([1, 2]), tensor([3, 4])]).toArray() // [[1, 2], [3, 4]]
 * @throws ShapeError `stack: shapes [2], [3] differ`
 */
export function stack<const L extends readonly Tensor[], const X extends number = 0>(
  tensors: L & Stackable<ShapesOf<L>>,
  axis?: X,
): Tensor<Stack<ShapesOf<L>, X>> {
  const list = toList("stack", tensors);
  const at = checkStack(
    list.map((each) => each.shape),
    axis ?? 0,
  );
  return apply(
    "concat",
    list.map((each) => each.unsqueeze(at)),
    { axis: at },
  ) as never;
}

function toList(name: string, tensors: readonly Tensor[]): readonly Tensor[] {
  const wrong = Array.isArray(tensors) ? tensors.findIndex((each) => !(each instanceof Tensor)) : undefined;
  if (wrong === undefined) throw new TypeError(`${name}: ${describe(tensors)} where an array of tensors is needed.`);
  if (wrong >= 0) throw new TypeError(`${name}: ${describe(tensors[wrong])} at ${wrong} where a tensor is needed.`);
  return tensors;
}
