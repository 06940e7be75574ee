import type { AxisThere } from "../shape/axis.ts";
import type { Shape } from "../shape/shape.ts";
import type { Range, Row, Slice, Sliceable } from "../shape/slice.ts";
import type { Replace } from "../shape/take.ts";
import type { Tensor } from "../tensor.ts";

/** Parts of a tensor. */
export interface IndexMethods {
  /**
   * A part, axis by axis: `null` for everything, a number for one row (the axis goes), `[start, end, step]` for some, negative from the end.
   *
   * @example
   * tensor([[1, 2, 3], [4, 5, 6]]).slice(null, [1]).toArray() // [[2, 3], [5, 6]]
   * tensor([[1, 2, 3], [4, 5, 6]]).slice(-1).toArray() // [4, 5, 6]
   */
  slice<T extends Tensor, const R extends readonly Range[]>(
    this: T,
    ...ranges: R & Sliceable<T["shape"], R>
  ): Tensor<Slice<T["shape"], R>>;
  /**
   * One row of the first axis.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).at(-1).toArray() // [3, 4]
   */
  at<T extends Tensor>(this: T, row: number): Tensor<Row<T["shape"]>>;
  /**
   * Rows by number: the axis (0 unless given) is replaced by the shape of the indices. NumPy's `take`, PyTorch's `indexSelect` for any shape of indices, an embedding's lookup.
   *
   * @example
   * tensor([10, 20, 30]).take(tensor([2, 0])).toArray() // [30, 10]
   */
  take<T extends Tensor, I extends Shape, const X extends number = 0>(
    this: T,
    indices: Tensor<I>,
    axis?: X & AxisThere<"take", T["shape"], X>,
  ): Tensor<Replace<T["shape"], X, I>>;
  /**
   * One element per index along an axis, PyTorch's `gather`: `out[i][j] = x[i][indices[i][j]]` for axis 1.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).gather(1, tensor([[1], [0]])).toArray() // [[2], [3]]
   */
  gather<T extends Tensor, const X extends number, I extends Shape>(
    this: T,
    axis: X & AxisThere<"gather", T["shape"], X>,
    indices: Tensor<I>,
  ): Tensor<I>;
  /**
   * The tensor with `values` added at the indices along an axis, PyTorch's `scatter_add`; indices may repeat.
   *
   * @example
   * tensor([0, 0, 0]).scatterAdd(0, tensor([2, 0, 2]), tensor([1, 2, 3])).toArray() // [2, 0, 4]
   */
  scatterAdd<T extends Tensor, const X extends number, I extends Shape>(
    this: T,
    axis: X & AxisThere<"scatterAdd", T["shape"], X>,
    indices: Tensor<I>,
    values: Tensor,
  ): Tensor<T["shape"]>;
  /**
   * In rising order along an axis (the last unless given).
   *
   * @example
   * tensor([3, 1, 2]).sort().toArray() // [1, 2, 3]
   * tensor([3, 1, 2]).sort(-1, { descending: true }).toArray() // [3, 2, 1]
   */
  sort<T extends Tensor, const X extends number = -1>(
    this: T,
    axis?: X & AxisThere<"sort", T["shape"], X>,
    options?: { readonly descending?: boolean },
  ): Tensor<T["shape"]>;
  /**
   * The indices (int32) that sort an axis; equal ones keep their order.
   *
   * @example
   * tensor([3, 1, 2]).argsort().toArray() // [1, 2, 0]
   */
  argsort<T extends Tensor, const X extends number = -1>(
    this: T,
    axis?: X & AxisThere<"argsort", T["shape"], X>,
    options?: { readonly descending?: boolean },
  ): Tensor<T["shape"]>;
  /**
   * The `k` largest along an axis (the last unless given), largest first, and where they are.
   *
   * @example
   * tensor([3, 1, 2]).topk(2).values.toArray() // [3, 2]
   * tensor([3, 1, 2]).topk(2).indices.toArray() // [0, 2]
   */
  topk<T extends Tensor, const N extends number, const X extends number = -1>(
    this: T,
    k: N,
    axis?: X & AxisThere<"topk", T["shape"], X>,
  ): {
    readonly values: Tensor<Replace<T["shape"], X, readonly [N]>>;
    readonly indices: Tensor<Replace<T["shape"], X, readonly [N]>>;
  };
}
