import {
  type ConvolutionOptions,
  checkRank,
  type Pair,
  type Pool2d,
  type RankIs,
  toPair,
  toWindow,
} from "../../tensor/shape/convolution.ts";
import type { Shape } from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../apply.ts";

export interface PoolOptions {
  /** The kernel size unless given. */
  readonly stride?: Pair;
  /** At most half the kernel. */
  readonly padding?: Pair;
}

export interface MaxPoolOptions extends PoolOptions {
  readonly dilation?: Pair;
}

export interface AveragePoolOptions extends PoolOptions {
  /** Count the padding in the mean: true unless given, as in PyTorch; Keras does not. */
  readonly countIncludePad?: boolean;
}

/**
 * The largest value of each window of images `[N, C, H, W]`; the stride is the kernel size unless given.
 *
 * @example
 * maxPool2d(arange(16).reshape([1, 1, 4, 4]), 2).toArray() // [[[[5, 7], [13, 15]]]]
 */
export function maxPool2d<X extends Shape, const K extends Pair, const O extends MaxPoolOptions = {}>(
  x: Tensor<X> & RankIs<"maxPool2d", X, 4>,
  kernel: K,
  options?: O,
): Tensor<Pool2d<X, K, O>> {
  return apply("maxPool", [x], { window: toPoolWindow("maxPool2d", x.shape, kernel, options ?? {}) }) as never;
}

/**
 * The mean of each window of images `[N, C, H, W]`; the stride is the kernel size unless given.
 *
 * @example
 * avgPool2d(arange(16).reshape([1, 1, 4, 4]), 2).toArray() // [[[[2.5, 4.5], [10.5, 12.5]]]]
 */
export function avgPool2d<X extends Shape, const K extends Pair, const O extends AveragePoolOptions = {}>(
  x: Tensor<X> & RankIs<"avgPool2d", X, 4>,
  kernel: K,
  options?: O,
): Tensor<Pool2d<X, K, O>> {
  const window = toPoolWindow("avgPool2d", x.shape, kernel, options ?? {});
  return apply("avgPool", [x], { window, countIncludePad: options?.countIncludePad ?? true }) as never;
}

function toPoolWindow(name: string, x: Shape, kernel: Pair, options: ConvolutionOptions) {
  checkRank(name, "an input", x, 4);
  const size = toPair(kernel);
  const window = toWindow(size, options, size);
  for (const axis of [0, 1] as const)
    if (window.padding[axis] > size[axis] / 2)
      throw new RangeError(
        `${name}: a padding of ${window.padding[axis]} is more than half of the kernel ${size[axis]}.`,
      );
  if ([...window.stride, ...size, ...window.dilation].some((n) => !Number.isInteger(n) || n < 1))
    throw new RangeError(
      `${name}: kernel [${size.join(", ")}] and stride [${window.stride.join(", ")}] where whole numbers of at least 1 are needed.`,
    );
  return window;
}
