import { describe } from "./describe.ts";
import { beside, type DType, toArray } from "./dtype.ts";
import { fillFromNested, findDType, findShape, type Nested, type ShapeOf } from "./nested.ts";
import { type Shape, ShapeError, sizeOf, writeShape } from "./shape/shape.ts";
import { Tensor } from "./tensor.ts";

export interface CreateOptions {
  /** `float32` unless given. */
  readonly dtype?: DType;
}

/**
 * A tensor of nested arrays, or of one number. Booleans give dtype bool, typed arrays keep theirs.
 *
 * @example
 * tensor([[1, 2, 3], [4, 5, 6]]).shape // [2, 3]
 * @throws ShapeError for ragged arrays: `tensor: 2 values at [1] where 3 are needed`
 */
export function tensor<const D extends Nested>(data: D, options: CreateOptions = {}): Tensor<ShapeOf<D>> {
  const shape = findShape(data);
  const dtype = options.dtype ?? findDType(data);
  const out = toArray(dtype, sizeOf(shape));
  if (ArrayBuffer.isView(data)) out.set(data as Float32Array);
  else fillFromNested(data, shape, out);
  return new Tensor(out, shape, dtype) as unknown as Tensor<ShapeOf<D>>;
}

/**
 * A tensor over a typed array, without a copy.
 *
 * @example
 * fromArray(new Float32Array([1, 2, 3, 4]), [2, 2]).toArray() // [[1, 2], [3, 4]]
 */
export function fromArray<const S extends Shape>(data: Float32Array | Float64Array | Int32Array, shape: S): Tensor<S> {
  if (!ArrayBuffer.isView(data))
    throw new TypeError(`fromArray: ${describe(data)} where a typed array is needed; tensor takes arrays of numbers.`);
  checkShape("fromArray", shape);
  const dtype = data instanceof Float32Array ? "float32" : data instanceof Float64Array ? "float64" : "int32";
  return new Tensor(data, shape, dtype);
}

/**
 * Zeros.
 *
 * @example
 * zeros([2]).toArray() // [0, 0]
 */
export function zeros<const S extends Shape>(shape: S, options: CreateOptions = {}): Tensor<S> {
  checkShape("zeros", shape);
  return full(shape, 0, options);
}

/**
 * Ones.
 *
 * @example
 * ones([2]).toArray() // [1, 1]
 */
export function ones<const S extends Shape>(shape: S, options: CreateOptions = {}): Tensor<S> {
  checkShape("ones", shape);
  return full(shape, 1, options);
}

/**
 * One number everywhere.
 *
 * @example
 * full([2], 7).toArray() // [7, 7]
 */
export function full<const S extends Shape>(
  shape: S,
  value: number,
  { dtype = "float32" }: CreateOptions = {},
): Tensor<S> {
  checkShape("full", shape);
  const data = toArray(dtype, sizeOf(shape));
  if (value !== 0) data.fill(value);
  return new Tensor(data, shape, dtype);
}

/**
 * Zeros of another tensor's shape and dtype.
 *
 * @example
 * zerosLike(tensor([[1, 2]])).toArray() // [[0, 0]]
 */
export function zerosLike<S extends Shape>(like: Tensor<S>): Tensor<S> {
  return full(like.shape, 0, { dtype: like.dtype });
}

/**
 * Ones of another tensor's shape and dtype.
 *
 * @example
 * onesLike(tensor([[1, 2]])).toArray() // [[1, 1]]
 */
export function onesLike<S extends Shape>(like: Tensor<S>): Tensor<S> {
  return full(like.shape, 1, { dtype: like.dtype });
}

/**
 * One number in another tensor's shape and dtype.
 *
 * @example
 * fullLike(tensor([[1, 2]]), 7).toArray() // [[7, 7]]
 */
export function fullLike<S extends Shape>(like: Tensor<S>, value: number): Tensor<S> {
  return full(like.shape, value, { dtype: like.dtype });
}

/**
 * `0, 1, …` below `end`, or `start, start + step, …` below `end`. Whole numbers give float32 here and int64 in PyTorch: say `{ dtype: "int32" }` for indices.
 *
 * @example
 * arange(3).toArray() // [0, 1, 2]
 * arange(1, 2, 0.25).toArray() // [1, 1.25, 1.5, 1.75]
 */
export function arange<const N extends number>(end: N, options?: CreateOptions): Tensor<readonly [N]>;
export function arange(start: number, end: number, step?: number, options?: CreateOptions): Tensor<readonly [number]>;
export function arange(first: number, second?: number | CreateOptions, step = 1, options: CreateOptions = {}): Tensor {
  const [start, end] = typeof second === "number" ? [first, second] : [0, first];
  const { dtype = "float32" } = typeof second === "object" ? second : options;
  if (step === 0) throw new RangeError(`arange: a step of 0 never reaches ${end} from ${start}.`);
  if (![start, end, step].every(Number.isFinite))
    throw new RangeError(`arange: from ${start} to ${end} in steps of ${step} where finite numbers are needed.`);
  const data = toArray(dtype, Math.max(0, Math.ceil((end - start) / step)));
  for (let i = 0; i < data.length; i++) data[i] = start + i * step;
  return new Tensor(data, [data.length], dtype);
}

/**
 * `count` numbers at equal distances, both ends included.
 *
 * @example
 * linspace(0, 1, 3).toArray() // [0, 0.5, 1]
 */
export function linspace<const N extends number>(
  start: number,
  end: number,
  count: N,
  { dtype = "float32" }: CreateOptions = {},
): Tensor<readonly [N]> {
  checkShape("linspace", [count]);
  const data = toArray(dtype, count);
  const step = count > 1 ? (end - start) / (count - 1) : 0;
  for (let i = 0; i < count; i++) data[i] = i === count - 1 && count > 1 ? end : start + i * step;
  return new Tensor(data, [count], dtype);
}

/**
 * The identity matrix.
 *
 * @example
 * eye(2).toArray() // [[1, 0], [0, 1]]
 */
export function eye<const N extends number>(n: N, { dtype = "float32" }: CreateOptions = {}): Tensor<readonly [N, N]> {
  checkShape("eye", [n, n]);
  const data = toArray(dtype, n * n);
  for (let i = 0; i < n; i++) data[i * n + i] = 1;
  return new Tensor(data, [n, n] as const, dtype);
}

/**
 * A last axis with a one at the label: labels of shape `[N]` give `[N, classes]`.
 *
 * @example
 * oneHot(tensor([0, 2]), 3).toArray() // [[1, 0, 0], [0, 0, 1]]
 * @throws RangeError for a label outside: `oneHot: label 3 at 1 is not below 3 classes.`
 */
export function oneHot<S extends Shape, const C extends number>(
  labels: Tensor<S>,
  classes: C,
  { dtype = "float32" }: CreateOptions = {},
): Tensor<readonly [...S, C]> {
  if (!(labels instanceof Tensor))
    throw new TypeError(`oneHot: ${describe(labels)} where a tensor of labels is needed.`);
  checkShape("oneHot", [...labels.shape, classes]);
  const data = toArray(dtype, labels.size * classes);
  for (let i = 0; i < labels.size; i++) {
    const label = labels.data[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new RangeError(`oneHot: label ${label} at ${i} is not below ${classes} classes.`);
    data[i * classes + label] = 1;
  }
  return new Tensor(data, [...labels.shape, classes] as const, dtype) as unknown as Tensor<readonly [...S, C]>;
}

export function checkShape(name: string, shape: Shape): void {
  if (!Array.isArray(shape))
    throw new ShapeError(`${name}: ${describe(shape)} is not a shape: sizes in an array are needed`);
  if (shape.some((n) => !Number.isInteger(n) || n < 0))
    throw new ShapeError(`${name}: ${writeShape(shape)} is not a shape: sizes are whole numbers from 0`);
}

/** A number beside a tensor: of the tensor's dtype, or of one that holds the number. */
export function scalar(value: number, dtype: DType): Tensor<readonly []> {
  const own = beside(dtype, value);
  const data = toArray(own, 1);
  data[0] = value;
  return new Tensor(data, [] as const, own);
}
