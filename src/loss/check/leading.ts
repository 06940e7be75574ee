import {
  type Checked,
  type Ranked,
  type Same,
  type Shape,
  ShapeError,
  type Size,
  type Write,
  type Wrong,
  writeShape,
} from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** True unless S is known not to be Whole or its first axes: `[4]` and `[4, 2]` lead `[4, 2]`. */
type Leads<S extends Shape, Whole extends Shape> =
  Ranked<S> extends false
    ? true
    : Ranked<Whole> extends false
      ? true
      : S extends readonly [infer A extends Size, ...infer R extends Shape]
        ? Whole extends readonly [infer B extends Size, ...infer Q extends Shape]
          ? Same<A, B> extends true
            ? Leads<R, Q>
            : false
          : false
        : true;

/** `unknown` if weights of shape S do for elements of shape Whole, else the sentence. */
export type Leading<What extends string, S extends Shape, Whole extends Shape> = Checked<DoesLead<What, S, Whole>>;
type DoesLead<What extends string, S extends Shape, Whole extends Shape> = [S] extends [Whole]
  ? unknown
  : Ranked<S> extends false
    ? unknown
    : true extends Leads<S, Whole>
      ? unknown
      : Wrong<`${What} of shape [${Write<S>}] where [${Write<Whole>}] or its first axes are needed`>;

/** The runtime side of {@link Leading}. */
export function checkLeading(what: string, tensor: Tensor, whole: Shape): void {
  const { shape } = tensor;
  if (shape.length > whole.length || shape.some((n, axis) => n !== whole[axis]))
    throw new ShapeError(
      `${what} of shape ${writeShape(shape)} where ${writeShape(whole)} or its first axes are needed`,
    );
}

/** With axes of size 1 behind, so that it broadcasts over the elements that it leads. */
export function alignLeading(tensor: Tensor, rank: number): Tensor {
  return tensor.reshape([...tensor.shape, ...new Array<number>(rank - tensor.rank).fill(1)]);
}
