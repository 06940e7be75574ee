import {
  type Conv1d,
  type Conv2d,
  type ConvolutionOptions,
  type Convolvable,
  type Covers,
  checkChannels,
  checkRank,
  type Pair,
  toPair,
  toWindow,
  windowSize,
} from "../../tensor/shape/convolution.ts";
import { type Shape, ShapeError } from "../../tensor/shape/shape.ts";
import type { ConvTranspose2d, TransposeConvolvable } from "../../tensor/shape/transposed.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../apply.ts";

/**
 * Cross-correlation of images `[N, C, H, W]` with filters `[O, C / groups, kH, kW]`, PyTorch's `conv2d` without the bias.
 *
 * Output: `[N, O, H', W']` with `H' = ⌊(H + 2·padding – dilation·(kH – 1) – 1) / stride⌋ + 1`.
 *
 * @example
 * conv2d(ones([1, 1, 3, 3]), ones([1, 1, 2, 2])).toArray() // [[[[4, 4], [4, 4]]]]
 * @throws ShapeError `conv2d: an input of shape [1, 3, 8, 8] has 3 channels, a weight of shape [4, 1, 3, 3] takes 1`
 */
export function conv2d<X extends Shape, W extends Shape, const O extends ConvolutionOptions = {}>(
  x: Tensor<X>,
  weight: Tensor<W> & Convolvable<"conv2d", X, W, O, 4> & Covers<"conv2d", Conv2d<X, W, O>, X>,
  options?: O,
): Tensor<Conv2d<X, W, O>> {
  const w: Tensor = weight;
  checkRank("conv2d", "an input", x.shape, 4);
  checkRank("conv2d", "a weight", w.shape, 4);
  checkOptions("conv2d", options ?? {});
  const window = toWindow([w.shape[2]!, w.shape[3]!], options ?? {});
  return apply("conv2d", [x, w], { window }) as never;
}

/**
 * The same for sequences `[N, C, L]` and filters `[O, C / groups, K]`; pairs in the options use their second number.
 *
 * @example
 * conv1d(tensor([[[1, 2, 3, 4]]]), tensor([[[1, -1]]])).toArray() // [[[-1, -1, -1]]]
 */
export function conv1d<X extends Shape, W extends Shape, const O extends ConvolutionOptions = {}>(
  x: Tensor<X>,
  weight: Tensor<W> & Convolvable<"conv1d", X, W, O, 3> & Covers<"conv1d", Conv1d<X, W, O>, X>,
  options?: O,
): Tensor<Conv1d<X, W, O>> {
  const w: Tensor = weight;
  const given: ConvolutionOptions = options ?? {};
  checkRank("conv1d", "an input", x.shape, 3);
  checkRank("conv1d", "a weight", w.shape, 3);
  checkOptions("conv1d", given);
  checkChannels("conv1d", x.shape, w.shape, given.groups ?? 1);
  const along = (pair: ConvolutionOptions["stride"], rest: number) => [rest, toPair(pair ?? rest)[1]] as const;
  const window = toWindow([1, w.shape[2]!], {
    ...given,
    stride: along(given.stride, 1),
    dilation: along(given.dilation, 1),
    padding: given.padding === "same" ? "same" : [0, toPair(given.padding ?? 0)[1]],
  });
  const image: Tensor = (x as Tensor).unsqueeze(2);
  windowSize("conv1d", [...x.shape.slice(0, 2), 1, x.shape[2]!], window, 1);
  return apply("conv2d", [image, w.unsqueeze(2)], { window }).squeeze(2) as never;
}

export interface TransposedOptions extends Omit<ConvolutionOptions, "padding"> {
  readonly padding?: Pair;
  /** Rows and columns added on one side, where several input sizes lead to one output size. */
  readonly outputPadding?: number | readonly [number, number];
}

/**
 * The gradient of {@link conv2d} with respect to its input, used to enlarge: images `[N, C, H, W]`, filters `[C, O / groups, kH, kW]`.
 *
 * Output: `[N, O, H', W']` with `H' = (H – 1)·stride – 2·padding + dilation·(kH – 1) + outputPadding + 1`.
 *
 * @example
 * convTranspose2d(ones([1, 1, 2, 2]), ones([1, 1, 2, 2])).toArray() // [[[[1, 2, 1], [2, 4, 2], [1, 2, 1]]]]
 */
export function convTranspose2d<X extends Shape, W extends Shape, const O extends TransposedOptions = {}>(
  x: Tensor<X>,
  weight: Tensor<W> & TransposeConvolvable<X, W>,
  options?: O,
): Tensor<ConvTranspose2d<X, W, O>> {
  const w: Tensor = weight;
  const given: TransposedOptions = options ?? {};
  checkRank("convTranspose2d", "an input", x.shape, 4);
  checkRank("convTranspose2d", "a weight", w.shape, 4);
  checkOptions("convTranspose2d", given);
  const window = toWindow([w.shape[2]!, w.shape[3]!], given);
  const extra = toPair(given.outputPadding ?? 0);
  const size = ([0, 1] as const).map(
    (axis) =>
      (x.shape[2 + axis]! - 1) * window.stride[axis] -
      2 * window.padding[axis] +
      window.dilation[axis] * (window.kernel[axis] - 1) +
      extra[axis] +
      1,
  ) as [number, number];
  if (extra.some((n, axis) => n >= window.stride[axis]! && n >= window.dilation[axis]!))
    throw new RangeError(
      `convTranspose2d: an output padding of [${extra.join(", ")}] where less than the stride [${window.stride.join(", ")}] is needed.`,
    );
  return apply("convInput", [x, w], { window, size }) as never;
}

function checkOptions(name: string, { stride = 1, padding = 0, dilation = 1, groups = 1 }: ConvolutionOptions): void {
  const least = {
    stride: [stride, 1],
    dilation: [dilation, 1],
    groups: [groups, 1],
    padding: [padding === "same" ? 0 : padding, 0],
  } as const;
  for (const [option, [value, minimum]] of Object.entries(least))
    for (const n of toPair(value))
      if (!Number.isInteger(n) || n < minimum)
        throw new ShapeError(`${name}: a ${option} of ${n} where a whole number of at least ${minimum} is needed`);
}
