import type { IndexMethods } from "../../tensor/method/indexing.ts";
import { toAxis } from "../../tensor/shape/axis.ts";
import { ShapeError, writeShape } from "../../tensor/shape/shape.ts";
import { type Range, toRanges } from "../../tensor/shape/slice.ts";
import { checkGather, checkSameShape } from "../../tensor/shape/take.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../apply.ts";
import type { Implementation } from "./implementation.ts";

export const indexing: Implementation<IndexMethods> = {
  slice(...ranges: Range[]) {
    const { start, step, shape, dropped } = toRanges(this.shape, ranges);
    const part = apply("slice", [this], { start, step, shape });
    return dropped.length === 0 ? part : part.reshape(shape.filter((_, axis) => !dropped.includes(axis)));
  },
  at(row: number) {
    return this.slice(row);
  },
  take(indices: Tensor, axis = 0) {
    return apply("take", [this, indices], { axis: toAxis("take", this.shape, axis) });
  },
  gather(axis: number, indices: Tensor) {
    return apply("gather", [this, indices], { axis: toAxis("gather", this.shape, axis) });
  },
  scatterAdd(axis: number, indices: Tensor, values: Tensor) {
    const at = toAxis("scatterAdd", this.shape, axis);
    checkGather("scatterAdd", this.shape, at, indices.shape);
    checkSameShape("scatterAdd", "values", values.shape, indices.shape);
    return this.add(apply("scatterAdd", [values, indices], { axis: at, size: this.shape[at]!, shape: this.shape }));
  },
  sort(axis = -1, { descending = false }: { descending?: boolean } = {}) {
    const at = toAxis("sort", this.shape, axis);
    return apply("gather", [this, apply("argsort", [this], { axis: at, descending })], { axis: at });
  },
  argsort(axis = -1, { descending = false }: { descending?: boolean } = {}) {
    return apply("argsort", [this], { axis: toAxis("argsort", this.shape, axis), descending });
  },
  topk(k: number, axis = -1) {
    const at = toAxis("topk", this.shape, axis);
    if (!Number.isInteger(k) || k < 0 || k > this.shape[at]!)
      throw new ShapeError(`topk: ${k} of the ${this.shape[at]} along axis ${axis} of shape ${writeShape(this.shape)}`);
    const order: Tensor = apply("argsort", [this], { axis: at, descending: true });
    const indices = order.slice(...order.shape.map((_, i) => (i === at ? ([0, k] as const) : null)));
    return { values: apply("gather", [this, indices], { axis: at }), indices };
  },
};
