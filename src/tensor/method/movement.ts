import type { AxisThere } from "../shape/axis.ts";
import type { BroadcastsTo } from "../shape/broadcast.ts";
import type { Permutable, Permute, Transpose } from "../shape/permute.ts";
import type { Flatten, Insert, Reshapable, Reshape, Squeezable, Squeeze } from "../shape/reshape.ts";
import type { Shape, Unsized } from "../shape/shape.ts";
import type { Tensor } from "../tensor.ts";

/** The same values in another arrangement. */
export interface MovementMethods {
  /**
   * Another shape of as many elements; one size may be -1, which is whatever is left.
   *
   * @example
   * arange(6).reshape([2, -1]).shape // [2, 3]
   * @throws ShapeError `reshape: [2, 3] has 6 elements, [4, 2] has 8`
   */
  reshape<T extends Tensor, const S extends Shape>(
    this: T,
    shape: S & Reshapable<T["shape"], S>,
  ): Tensor<Reshape<T["shape"], S>>;
  /**
   * Axis `start` (1 unless given: batches stay) and all later ones made one: `[64, 3, 8, 8]` to `[64, 192]`. PyTorch's `Tensor.flatten` starts at 0, its layer `Flatten` at 1.
   *
   * @example
   * tensor.zeros([64, 3, 8, 8]).flatten().shape // [64, 192]
   */
  flatten<T extends Tensor, const X extends number = 1>(this: T, start?: X): Tensor<Flatten<T["shape"], X>>;
  /**
   * All elements in one row.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).ravel().toArray() // [1, 2, 3, 4]
   */
  ravel<T extends Tensor>(this: T): Tensor<Flatten<T["shape"], 0>>;
  /**
   * Two axes exchanged, the last two unless given.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).transpose().toArray() // [[1, 3], [2, 4]]
   */
  transpose<T extends Tensor, const A extends number = -2, const B extends number = -1>(
    this: T,
    a?: A & AxisThere<"transpose", T["shape"], A>,
    b?: B & AxisThere<"transpose", T["shape"], B>,
  ): Tensor<Transpose<T["shape"], A, B>>;
  /**
   * Axes in another order: `x.permute([0, 2, 3, 1])` puts the channels last.
   *
   * @example
   * tensor.zeros([2, 3, 8, 9]).permute([0, 2, 3, 1]).shape // [2, 8, 9, 3]
   */
  permute<T extends Tensor, const P extends readonly number[]>(
    this: T,
    order: P & Permutable<T["shape"], P>,
  ): Tensor<Permute<T["shape"], P>>;
  /**
   * An axis of size 1 before `axis`, counted in the result: `[3]` at 0 is `[1, 3]`, at -1 `[3, 1]`.
   *
   * @example
   * tensor([1, 2, 3]).unsqueeze(0).shape // [1, 3]
   * tensor([1, 2, 3]).unsqueeze(-1).shape // [3, 1]
   */
  unsqueeze<T extends Tensor, const X extends number>(this: T, axis: X): Tensor<Insert<T["shape"], X, 1>>;
  /**
   * Without an axis of size 1, or without all of them.
   *
   * @example
   * tensor.zeros([1, 3, 1]).squeeze().shape // [3]
   * tensor.zeros([1, 3, 1]).squeeze(0).shape // [3, 1]
   */
  squeeze<T extends Tensor, const X extends number | undefined = undefined>(
    this: T,
    axis?: X & Squeezable<T["shape"], X>,
  ): Tensor<Squeeze<T["shape"], X>>;
  /**
   * Repeated along axes of size 1: `[3, 1]` to `[3, 4]`.
   *
   * @example
   * tensor([[1], [2]]).broadcastTo([2, 3]).toArray() // [[1, 1, 1], [2, 2, 2]]
   */
  broadcastTo<T extends Tensor, const S extends Shape>(this: T, shape: S & BroadcastsTo<T["shape"], S>): Tensor<S>;
  /**
   * Backwards along the axes named.
   *
   * @example
   * tensor([1, 2, 3]).flip(0).toArray() // [3, 2, 1]
   */
  flip<T extends Tensor, const X extends number>(
    this: T,
    axis: X & AxisThere<"flip", T["shape"], X>,
  ): Tensor<T["shape"]>;
  /**
   * With `value` (0 unless given) before and after each axis: `x.pad([[1, 1], [0, 2]])`.
   *
   * @example
   * tensor([1, 2]).pad([[1, 2]]).toArray() // [0, 1, 2, 0, 0]
   */
  pad<T extends Tensor>(
    this: T,
    widths: readonly (readonly [before: number, after: number])[],
    value?: number,
  ): Tensor<Unsized<T["shape"]>>;
}
