import {
  type AveragePoolOptions,
  avgPool2d as average,
  type MaxPoolOptions,
  maxPool2d as maximum,
} from "../op/function/pooling.ts";
import type { Covers, Pair, Pool2d, RankIs } from "../tensor/shape/convolution.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkSizes } from "./check.ts";
import { describe } from "./convolution.ts";
import type { Flow, Input } from "./flow.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { slide, spread } from "./window.ts";

export interface Pool2dFlow<Name extends string, K, O> extends Flow {
  readonly out: Pool2d<Input<this>, K, O>;
  readonly wrong: RankIs<Name, Input<this>, 4> extends infer E
    ? unknown extends E
      ? Covers<Name, Pool2d<Input<this>, K, O>, Input<this>>
      : E
    : unknown;
}

/**
 * The largest of each window of `[N, C, H, W]`; the stride is the kernel size unless given. Options as in PyTorch, without `ceil_mode`.
 *
 * @example
 * nn.maxPool2d(2).apply({}, zeros([8, 16, 28, 28])).shape // [8, 16, 14, 14]
 * @throws ShapeError `maxPool2d: a window does not fit into shape [8, 16, 1, 1]`
 */
export function maxPool2d<const K extends Pair, const O extends MaxPoolOptions = {}>(
  kernelSize: K,
  options?: O,
): Layer<Pool2dFlow<"maxPool2d", K, O>, None, None> {
  const given: MaxPoolOptions = options ?? {};
  return pool("maxPool2d", kernelSize, given, (x) => maximum(x, kernelSize as Pair, given));
}

/**
 * The mean of each window of `[N, C, H, W]`; the stride is the kernel size unless given. Padding counts as zeros unless `countIncludePad` is false, as in
 * PyTorch; Keras does not count it.
 *
 * @example
 * nn.avgPool2d(2).apply({}, zeros([8, 16, 28, 28])).shape // [8, 16, 14, 14]
 */
export function avgPool2d<const K extends Pair, const O extends AveragePoolOptions = {}>(
  kernelSize: K,
  options?: O,
): Layer<Pool2dFlow<"avgPool2d", K, O>, None, None> {
  const given: AveragePoolOptions = options ?? {};
  return pool("avgPool2d", kernelSize, given, (x) => average(x, kernelSize as Pair, given));
}

function pool<F extends Flow>(
  name: string,
  kernelSize: Pair,
  options: MaxPoolOptions,
  f: (x: Tensor) => Tensor,
): Layer<F, None, None> {
  const kernel = spread(kernelSize, 2);
  checkSizes(name, { kernelSize: Math.min(...kernel) });
  const windows = {
    kernel,
    stride: spread(options.stride ?? kernelSize, 2),
    padding: spread(options.padding ?? 0, 2),
    dilation: spread(options.dilation ?? 1, 2),
  };
  return layer<F>({
    name,
    settings: [kernel.join("×"), ...describe(options)],
    flow: (x) => slide(name, x, undefined, windows),
    run: (_, x) => f(x),
  });
}
