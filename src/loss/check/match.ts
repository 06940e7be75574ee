import type { Fit } from "../../tensor/shape/fit.ts";
import {
  type Checked,
  type Ranked,
  type Shape,
  ShapeError,
  sameShape,
  type Write,
  type Wrong,
  writeShape,
} from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkTensor } from "./tensor.ts";

/**
 * `unknown` if a tensor of shape S may stand beside one of shape Like, else the sentence: `mse: a target of shape [4] where [4, 1] is needed`. Losses do not
 * broadcast: `[4]` beside `[4, 1]` would silently give all 16 differences.
 */
export type Match<What extends string, S extends Shape, Like extends Shape> = Checked<DoesMatch<What, S, Like>>;
type DoesMatch<What extends string, S extends Shape, Like extends Shape> = [S] extends [Like]
  ? unknown
  : Ranked<S> extends false
    ? unknown
    : true extends Fit<S, Like>
      ? unknown
      : Wrong<`${What} of shape [${Write<S>}] where [${Write<Like>}] is needed`>;

/** The runtime side of {@link Match}. */
export function checkMatch(what: string, tensor: Tensor, like: Tensor): void {
  checkTensor(what, like);
  checkTensor(what, tensor);
  if (!sameShape(tensor.shape, like.shape))
    throw new ShapeError(`${what} of shape ${writeShape(tensor.shape)} where ${writeShape(like.shape)} is needed`);
}
