import type { Columns } from "../../tensor/shape/fit.ts";
import {
  type Checked,
  type Ranked,
  type Same,
  type Shape,
  ShapeError,
  type Write,
  type Wrong,
  writeShape,
} from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkReducing, type Reducing } from "../reduce.ts";
import { checkMatch } from "./match.ts";
import { checkTensor } from "./tensor.ts";

/** `unknown` unless the shape is known not to end in 4 coordinates. */
export type Boxes<Name extends string, P extends Shape> = Checked<AreBoxes<Name, P>>;
type AreBoxes<Name extends string, P extends Shape> =
  Ranked<P> extends false
    ? unknown
    : P extends readonly []
      ? Unboxed<Name, P>
      : Same<Columns<P>, 4> extends true
        ? unknown
        : Unboxed<Name, P>;
type Unboxed<
  Name extends string,
  P extends Shape,
> = Wrong<`${Name}: boxes of shape [${Write<P>}] where the last axis has 4 coordinates`>;

/** The runtime side of {@link Boxes}, and target boxes of the same shape. */
export function checkBoxes(name: string, boxes: Tensor, target: Tensor, options: Reducing): void {
  checkTensor(name, boxes);
  if (boxes.shape.at(-1) !== 4)
    throw new ShapeError(`${name}: boxes of shape ${writeShape(boxes.shape)} where the last axis has 4 coordinates`);
  checkMatch(`${name}: target boxes`, target, boxes);
  checkReducing(name, boxes.shape.slice(0, -1), options);
}
