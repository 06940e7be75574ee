import type { DType, TypedArray } from "./dtype.ts";
import { toHtml } from "./html.ts";
import type { ArithmeticMethods } from "./method/arithmetic.ts";
import type { ComparisonMethods } from "./method/comparison.ts";
import type { ElementaryMethods } from "./method/elementary.ts";
import type { IndexMethods } from "./method/indexing.ts";
import type { MovementMethods } from "./method/movement.ts";
import type { ReductionMethods } from "./method/reduction.ts";
import { type NestedOf, toNested } from "./nested.ts";
import { toRepresentation, toText } from "./print.ts";
import { type Shape, ShapeError, sizeOf, writeShape } from "./shape/shape.ts";
import type { Trace } from "./trace.ts";

/** What a tensor can do, by family; `src/op/methods.ts` installs the implementations. */
export interface Methods
  extends ArithmeticMethods,
    ElementaryMethods,
    ComparisonMethods,
    ReductionMethods,
    MovementMethods,
    IndexMethods {}

// biome-ignore lint/correctness/noUnusedVariables: merged declarations have the same parameters
export interface Tensor<out S extends Shape = Shape> extends Methods {}

/**
 * Numbers in rows and columns: a typed array, a shape and a dtype. Immutable and garbage collected like any object.
 *
 * Methods take `this` as a type parameter and never mention the class's own `S`; so the class is covariant, and a
 * `Tensor<readonly [2, 3]>` may stand wherever a `Tensor` is asked for.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).add(1).toArray() // [[2, 3], [4, 5]]
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: methods are installed by op/methods.ts, from a table that has to name each of them
export class Tensor<out S extends Shape = Shape> {
  readonly shape: S;
  readonly dtype: DType;
  readonly trace: Trace | undefined;
  readonly #data: TypedArray | undefined;

  constructor(data: TypedArray | undefined, shape: S, dtype: DType, trace?: Trace) {
    if (data !== undefined && data.length !== sizeOf(shape))
      throw new ShapeError(`${data.length} values do not fill a tensor of shape ${writeShape(shape)}`);
    this.shape = shape;
    this.dtype = dtype;
    this.trace = trace;
    this.#data = data;
  }

  /**
   * The values in row-major order. Do not write to them: other tensors may share the memory.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).data[2] // 3
   */
  get data(): TypedArray {
    if (this.#data === undefined) throw explain(this);
    return this.#data;
  }

  /**
   * True unless the tensor stands for values that come later, as inside `compile`.
   *
   * @example
   * tensor([1]).hasData // true
   */
  get hasData(): boolean {
    return this.#data !== undefined;
  }

  /**
   * The number of axes.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).rank // 2
   */
  get rank(): number {
    return this.shape.length;
  }

  /**
   * The number of elements.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).size // 4
   */
  get size(): number {
    return sizeOf(this.shape);
  }

  /**
   * The one value of a tensor with one element.
   *
   * @example
   * tensor([[7]]).item() // 7
   * @throws ShapeError if there are more: `item: shape [2, 3] has 6 elements, not 1`
   */
  item(): number {
    if (this.size !== 1) throw new ShapeError(`item: shape ${writeShape(this.shape)} has ${this.size} elements, not 1`);
    return this.data[0]!;
  }

  /**
   * Nested arrays of numbers (booleans for dtype bool).
   *
   * @example
   * tensor([[1, 2]]).toArray() // [[1, 2]]
   */
  toArray<T extends Tensor>(this: T): NestedOf<T["shape"]> {
    return toNested(this) as NestedOf<T["shape"]>;
  }

  /**
   * As NumPy prints it: `[[1. 2.]\n [3. 4.]]`.
   *
   * @example
   * tensor([[1, 2], [3, 4]]).toString() // "[[1. 2.]\n [3. 4.]]"
   */
  toString(): string {
    return toText(this);
  }

  /**
   * For `JSON.stringify`: nested arrays.
   *
   * @example
   * JSON.stringify(tensor([1, 2])) // "[1,2]"
   */
  toJSON(): unknown {
    return toNested(this);
  }

  /** For the notebook: text and an HTML table, or a heat map where a table would be too large. */
  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    return { "text/plain": toRepresentation(this), "text/html": toHtml(this) };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.hasData ? toRepresentation(this) : `tensor(shape=${writeShape(this.shape)}, dtype=${this.dtype})`;
  }
}

/** Whoever left the values out says why; that is the outermost of its traces. */
function explain(tensor: Tensor): Error {
  const { trace } = tensor;
  if (trace?.primal !== undefined) return explain(trace.primal);
  return trace?.tracer.explain?.(tensor) ?? new Error(`A tensor of shape ${writeShape(tensor.shape)} has no values.`);
}
