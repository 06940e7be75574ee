import { type CreateOptions, full } from "../tensor/create.ts";
import { toArray } from "../tensor/dtype.ts";
import type { Generator } from "../tensor/random/random.ts";
import { type Shape, ShapeError, sizeOf, writeShape } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** Draws a parameter of a shape. Every function of this file whose other options may be left out is one, and fits `nn.linear(784, 10, { init: nn.heNormal })`. */
export type Initializer = <const S extends Shape>(generator: Generator, shape: S, options?: CreateOptions) => Tensor<S>;

export type Nonlinearity = "linear" | "sigmoid" | "tanh" | "relu" | "leakyRelu" | "selu" | `conv${string}`;

export interface KaimingOptions extends CreateOptions {
  /** Keep the size of what goes forward (`"fanIn"`, the default) or of what comes back (`"fanOut"`). */
  readonly mode?: "fanIn" | "fanOut";
  /** What comes after the layer: `"leakyRelu"` unless given, which with slope 0 is relu. */
  readonly nonlinearity?: Nonlinearity;
  /** The slope of leakyRelu below 0: 0 unless given. */
  readonly a?: number;
}

export interface XavierOptions extends CreateOptions {
  /** 1 unless given; see {@link gain}. */
  readonly gain?: number;
}

/**
 * How many numbers go into one of the output, and how many outputs one number goes to. For a weight `[out, in, …]`: `fanIn = in · …`, `fanOut = out · …`,
 * where … is the size of a filter. As in PyTorch, also for transposed convolutions, whose weight is `[in, out, …]`.
 *
 * @example
 * nn.fans([16, 8, 3, 3]) // { fanIn: 72, fanOut: 144 }
 * @throws ShapeError `fans: shape [3] where at least 2 axes are needed`
 */
export function fans(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length < 2) throw new ShapeError(`fans: shape ${writeShape(shape)} where at least 2 axes are needed`);
  const field = sizeOf(shape.slice(2));
  return { fanIn: shape[1]! * field, fanOut: shape[0]! * field };
}

/**
 * What a nonlinearity takes from the deviation, to be given back: √2 for relu, 5/3 for tanh. PyTorch's `calculate_gain`.
 *
 * @example
 * nn.gain("leakyRelu", 0.2) // 1.3867504905630728
 */
export function gain(nonlinearity: Nonlinearity, a = 0.01): number {
  if (nonlinearity === "relu") return Math.SQRT2;
  if (nonlinearity === "leakyRelu") return Math.sqrt(2 / (1 + a ** 2));
  if (nonlinearity === "tanh") return 5 / 3;
  if (nonlinearity === "selu") return 3 / 4;
  if (nonlinearity === "linear" || nonlinearity === "sigmoid" || /^conv/.test(nonlinearity)) return 1;
  throw new RangeError(`gain: the nonlinearity "${nonlinearity}" has none.`);
}

/**
 * Normal with deviation `gain / √fan`: √(2 / fanIn) unless told otherwise. For layers before relu.
 *
 * Keras and JAX cut their `he_normal` at two deviations; PyTorch does not.
 *
 * @example
 * nn.heNormal(random(0), [256, 784]).std().item() // about √(2 / 784) = 0.0505
 * @see He et al., Delving Deep into Rectifiers (2015)
 */
export function heNormal<const S extends Shape>(
  generator: Generator,
  shape: S,
  { mode, nonlinearity, a, ...options }: KaimingOptions = {},
): Tensor<S> {
  return generator.normal(shape, { ...options, std: kaimingStd(shape, { mode, nonlinearity, a }) });
}

/**
 * Uniform with the same deviation as {@link heNormal}: within `±gain · √(3 / fan)`.
 *
 * @example
 * nn.heUniform(random(0), [256, 784]).abs().max().item() < Math.sqrt(6 / 784) // true
 */
export function heUniform<const S extends Shape>(
  generator: Generator,
  shape: S,
  { mode, nonlinearity, a, ...options }: KaimingOptions = {},
): Tensor<S> {
  const bound = Math.sqrt(3) * kaimingStd(shape, { mode, nonlinearity, a });
  return generator.uniform(shape, { ...options, low: -bound, high: bound });
}

function kaimingStd(
  shape: Shape,
  {
    mode = "fanIn",
    nonlinearity = "leakyRelu",
    a = 0,
  }: { readonly [K in "mode" | "nonlinearity" | "a"]: KaimingOptions[K] | undefined },
): number {
  if (mode !== "fanIn" && mode !== "fanOut")
    throw new RangeError(`heNormal: mode must be "fanIn" or "fanOut", got "${String(mode)}".`);
  return gain(nonlinearity, a) / Math.sqrt(fans(shape)[mode]);
}

/**
 * Normal with deviation `gain · √(2 / (fanIn + fanOut))`. For layers before tanh or nothing; Keras's `glorot_normal`, which is cut.
 *
 * @example
 * nn.xavierNormal(random(0), [300, 200]).std().item() // about √(2 / 500) = 0.0632
 * @see Glorot and Bengio, Understanding the Difficulty of Training Deep Feedforward Neural Networks (2010)
 */
export function xavierNormal<const S extends Shape>(
  generator: Generator,
  shape: S,
  { gain: factor = 1, ...options }: XavierOptions = {},
): Tensor<S> {
  return generator.normal(shape, { ...options, std: xavierStd(shape, factor) });
}

/**
 * Uniform with the same deviation as {@link xavierNormal}: within `±gain · √(6 / (fanIn + fanOut))`. Keras's `glorot_uniform`.
 *
 * @example
 * nn.xavierUniform(random(0), [300, 200]).abs().max().item() < Math.sqrt(6 / 500) // true
 */
export function xavierUniform<const S extends Shape>(
  generator: Generator,
  shape: S,
  { gain: factor = 1, ...options }: XavierOptions = {},
): Tensor<S> {
  const bound = Math.sqrt(3) * xavierStd(shape, factor);
  return generator.uniform(shape, { ...options, low: -bound, high: bound });
}

function xavierStd(shape: Shape, factor: number): number {
  const { fanIn, fanOut } = fans(shape);
  return factor * Math.sqrt(2 / (fanIn + fanOut));
}

/**
 * Equally likely from `low` (0 unless given) below `high` (1).
 *
 * @example
 * nn.uniform(random(0), [3], { low: -0.1, high: 0.1 }).toArray() // [-0.0166497, 0.0174112, -0.0469927]
 */
export function uniform<const S extends Shape>(
  generator: Generator,
  shape: S,
  options: CreateOptions & { readonly low?: number; readonly high?: number } = {},
): Tensor<S> {
  return generator.uniform(shape, options);
}

/**
 * Normal with `mean` (0 unless given) and `std` (1).
 *
 * @example
 * nn.normal(random(0), [3], { std: 0.02 }).toArray() // [-0.0042042, 0.0043996, -0.0125579]
 */
export function normal<const S extends Shape>(
  generator: Generator,
  shape: S,
  options: CreateOptions & { readonly mean?: number; readonly std?: number } = {},
): Tensor<S> {
  return generator.normal(shape, options);
}

export interface TruncatedNormalOptions extends CreateOptions {
  /** 0 unless given. */
  readonly mean?: number;
  /** Of the whole distribution; what is left of it has less. 1 unless given. */
  readonly std?: number;
  /** -2 unless given: a value, not a number of deviations. */
  readonly low?: number;
  /** 2 unless given. */
  readonly high?: number;
}

/**
 * Normal, but only between `low` and `high`: values, as in PyTorch's `trunc_normal_`, not numbers of deviations as in Keras and in the generator's method.
 *
 * @example
 * nn.truncatedNormal(random(0), [1000], { std: 1, low: -1, high: 1 }).abs().max().item() <= 1 // true
 * @throws RangeError `truncatedNormal: std must be above 0, got 0.`
 */
export function truncatedNormal<const S extends Shape>(
  generator: Generator,
  shape: S,
  { mean = 0, std = 1, low = -2, high = 2, ...options }: TruncatedNormalOptions = {},
): Tensor<S> {
  if (!(std > 0)) throw new RangeError(`truncatedNormal: std must be above 0, got ${std}.`);
  return generator.truncatedNormal(shape, {
    ...options,
    mean,
    std,
    low: (low - mean) / std,
    high: (high - mean) / std,
  });
}

/**
 * Rows (or columns, if there are fewer) that are orthonormal, times `gain` (1 unless given); further axes count as columns.
 *
 * @example
 * const w = nn.orthogonal(random(0), [3, 5]);
 * w.matmul(w.transpose()) // the identity
 * @see Saxe, McClelland and Ganguli, Exact Solutions to the Nonlinear Dynamics of Learning (2014)
 */
export function orthogonal<const S extends Shape>(
  generator: Generator,
  shape: S,
  { gain: factor = 1, dtype = "float32" }: XavierOptions = {},
): Tensor<S> {
  fans(shape);
  const [rows, columns] = [shape[0]!, sizeOf(shape.slice(1))];
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const { data } = generator.normal([count * length], { dtype: "float64" });
  const vectors = Array.from({ length: count }, (_, i) => (data as Float64Array).slice(i * length, (i + 1) * length));
  vectors.forEach((v, i) => {
    orthogonalize(v, vectors.slice(0, i));
  });
  const out = toArray(dtype, rows * columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      out[r * columns + c] = factor * (rows <= columns ? vectors[r]![c]! : vectors[c]![r]!);
  return new Tensor(out, shape, dtype);
}

/** Gram and Schmidt, twice: once is not enough for nearly parallel vectors. */
function orthogonalize(v: Float64Array, others: readonly Float64Array[]): void {
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, each, i) => sum + each * b[i]!, 0);
  for (let pass = 0; pass < 2; pass++)
    for (const other of others) {
      const along = dot(v, other);
      for (let i = 0; i < v.length; i++) v[i]! -= along * other[i]!;
    }
  const norm = Math.sqrt(dot(v, v));
  for (let i = 0; i < v.length; i++) v[i]! /= norm;
}

/**
 * One value everywhere.
 *
 * @example
 * nn.constant(0.1)(random(0), [2]).toArray() // [0.1, 0.1]
 * nn.linear(2, 1, { init: nn.constant(0.1) }).init(random(0)).weight.toArray() // [[0.1, 0.1]]
 */
export function constant(value: number): Initializer {
  return (_, shape, options) => full(shape, value, options);
}

/** Uniform between `-bound` and `bound`: PyTorch's default for weights and biases, with `bound = 1 / √fanIn`. */
export function within(bound: number): Initializer {
  return (generator, shape, options) => generator.uniform(shape, { ...options, low: -bound, high: bound });
}
