import {
  type Checked,
  type Ranked,
  type Shape,
  ShapeError,
  type Size,
  type Write,
  type Wrong,
  writeShape,
} from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkTensor } from "./tensor.ts";

/** The shape without its last axis: `[N, D]` gives `[N]`. */
export type Rest<S extends Shape> =
  Ranked<S> extends false ? Shape : S extends readonly [...infer R extends Shape, Size] ? R : readonly [];

/** `unknown` unless the shape is known to have no axis. */
export type Vectors<What extends string, S extends Shape> = Checked<AreVectors<What, S>>;
type AreVectors<What extends string, S extends Shape> = S extends readonly []
  ? Wrong<`${What} of shape [${Write<S>}] where at least 1 axis is needed`>
  : unknown;

/** The runtime side of {@link Vectors}: there is a last axis to sum over. */
export function checkVectors(what: string, tensor: Tensor, axes = 1): void {
  checkTensor(what, tensor);
  if (tensor.rank < axes)
    throw new ShapeError(
      `${what} of shape ${writeShape(tensor.shape)} where at least ${axes} ${axes === 1 ? "axis is" : "axes are"} needed`,
    );
}

/** The shape as it is without the last axis, at run time. */
export function checkRest(what: string, tensor: Tensor, like: Tensor): void {
  checkTensor(what, tensor);
  const rest = like.shape.slice(0, -1);
  if (tensor.rank !== rest.length || rest.some((n, axis) => n !== tensor.shape[axis]))
    throw new ShapeError(`${what} of shape ${writeShape(tensor.shape)} where ${writeShape(rest)} is needed`);
}
