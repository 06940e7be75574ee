import { describe } from "../../tensor/describe.ts";
import type { MovementMethods } from "../../tensor/method/movement.ts";
import { toAxis } from "../../tensor/shape/axis.ts";
import { toOrder } from "../../tensor/shape/permute.ts";
import { type Shape, ShapeError, sameShape, sizeOf, writeShape } from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../apply.ts";
import type { Implementation } from "./implementation.ts";

export const movement: Implementation<MovementMethods> = {
  reshape(shape: Shape) {
    if (!Array.isArray(shape))
      throw new ShapeError(`reshape: ${describe(shape)} is not a shape: sizes in an array are needed`);
    return sameShape(shape, this.shape) ? this : apply("reshape", [this], { shape });
  },
  flatten(start = 1) {
    if (this.rank === 0) return this.reshape([1]);
    const axis = toAxis("flatten", this.shape, start);
    return this.reshape([...this.shape.slice(0, axis), sizeOf(this.shape.slice(axis))]);
  },
  ravel() {
    return this.reshape([this.size]);
  },
  transpose(a = -2, b = -1) {
    const [i, j] = [toAxis("transpose", this.shape, a), toAxis("transpose", this.shape, b)];
    return permute(
      this,
      [...this.shape.keys()].map((axis) => (axis === i ? j : axis === j ? i : axis)),
    );
  },
  permute(order: readonly number[]) {
    return permute(this, toOrder(this.shape, order));
  },
  unsqueeze(axis: number) {
    const at = toAxis("unsqueeze", [...this.shape, 1], axis);
    return this.reshape(this.shape.toSpliced(at, 0, 1));
  },
  squeeze(axis?: number) {
    if (axis === undefined) return this.reshape(this.shape.filter((n) => n !== 1));
    const at = toAxis("squeeze", this.shape, axis);
    if (this.shape[at] !== 1)
      throw new ShapeError(
        `squeeze: axis ${axis} of shape ${writeShape(this.shape)} has size ${this.shape[at]}, not 1`,
      );
    return this.reshape(this.shape.toSpliced(at, 1));
  },
  broadcastTo(shape: Shape) {
    return sameShape(shape, this.shape) ? this : apply("broadcastTo", [this], { shape });
  },
  flip(axis: number) {
    return apply("flip", [this], { axis: toAxis("flip", this.shape, axis) });
  },
  pad(widths: readonly (readonly [number, number])[], value = 0) {
    if (widths.length !== this.rank)
      throw new ShapeError(
        `pad: ${widths.length} pairs of widths for the ${this.rank} axes of shape ${writeShape(this.shape)}`,
      );
    const wrong = widths.find((pair) => pair.some((width) => !Number.isInteger(width) || width < 0));
    if (wrong) throw new RangeError(`pad: widths [${wrong.join(", ")}] where whole numbers from 0 are needed.`);
    const start = widths.map(([before]) => before);
    const shape = this.shape.map((n, axis) => n + widths[axis]![0] + widths[axis]![1]);
    return apply("pad", [this], { start, step: start.map(() => 1), shape, value });
  },
};

function permute(x: Tensor, order: readonly number[]): Tensor {
  return order.every((axis, i) => axis === i) ? x : apply("permute", [x], { order });
}
