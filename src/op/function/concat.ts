import {
  type Concat,
  checkStack,
  concatShape,
  type Joinable,
  type Stack,
  type Stackable,
} from "../../tensor/shape/join.ts";
import type { ShapesOf } from "../../tensor/shape/operand.ts";
import type { Tensor } from "../../tensor/tensor.ts";
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
  const list: readonly Tensor[] = tensors;
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
  const list: readonly Tensor[] = tensors;
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
