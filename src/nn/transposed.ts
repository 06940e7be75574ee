import { convTranspose2d as convolve2d, type TransposedOptions } from "../op/function/convolution.ts";
import type { Divide } from "../tensor/shape/arithmetic.ts";
import type { Pair } from "../tensor/shape/convolution.ts";
import type { ConvTranspose1d, ConvTranspose2d, TransposeConvolvable } from "../tensor/shape/transposed.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkSizes } from "./check.ts";
import { type At, type Biased, checkFilters, checkGroups, describe, type Groups, withBias } from "./convolution.ts";
import type { Flow, Input } from "./flow.ts";
import { type Initializer, within } from "./initializer.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { isOpen, sizeAt } from "./sketch.ts";
import { spread } from "./window.ts";

export interface TransposedLayerOptions extends TransposedOptions {
  /** Add a bias to each channel; true unless given. */
  readonly bias?: boolean;
  /** How the weight is drawn: uniform within `±1/√fanIn` unless given, PyTorch's default. */
  readonly init?: Initializer;
}

type Filters<I extends number, C extends number, K, O> = readonly [I, Divide<C, Groups<O>>, At<K, 0>, At<K, 1>];

export interface ConvTranspose2dFlow<I extends number, C extends number, K, O> extends Flow {
  readonly out: ConvTranspose2d<Input<this>, Filters<I, C, K, O>, O>;
  readonly wrong: TransposeConvolvable<Input<this>, Filters<I, C, K, O>>;
}

export interface ConvTranspose1dFlow<I extends number, C extends number, K extends number, O> extends Flow {
  readonly out: ConvTranspose1d<Input<this>, readonly [I, Divide<C, Groups<O>>, K], O>;
  readonly wrong: TransposeConvolvable<Input<this>, readonly [I, Divide<C, Groups<O>>, K], "convTranspose1d", 3>;
}

/**
 * A convolution backwards, to enlarge images: `[N, inChannels, H, W]` to `[N, outChannels, H', W']` with
 * `H' = (H – 1)·stride – 2·padding + dilation·(kH – 1) + outputPadding + 1`. The weight is `[inChannels, outChannels / groups, kH, kW]`.
 *
 * @example
 * const layer = nn.convTranspose2d(8, 4, 2, { stride: 2 });
 * layer.apply(layer.init(random(0)), zeros([1, 8, 7, 7])).shape // [1, 4, 14, 14]
 * @throws ShapeError `convTranspose2d: an input of shape [1, 4, 7, 7] has 4 channels, a weight of shape [8, 4, 2, 2] takes 8`
 */
export function convTranspose2d<
  const I extends number,
  const C extends number,
  const K extends Pair,
  const O extends TransposedLayerOptions = {},
>(
  inChannels: I,
  outChannels: C,
  kernelSize: K,
  options?: O,
): Layer<ConvTranspose2dFlow<I, C, K, O>, Biased<Filters<I, C, K, O>, C, O>, None> {
  return transposed(
    "convTranspose2d",
    inChannels,
    outChannels,
    spread(kernelSize, 2),
    options ?? {},
    convolve2d,
  ) as never;
}

/**
 * A convolution backwards, to enlarge sequences: `[N, inChannels, L]` to `[N, outChannels, L']`; otherwise as {@link convTranspose2d}.
 *
 * @example
 * const layer = nn.convTranspose1d(8, 4, 2, { stride: 2 });
 * layer.apply(layer.init(random(0)), zeros([1, 8, 7])).shape // [1, 4, 14]
 * @throws ShapeError `convTranspose1d: an input of shape [1, 4, 7] has 4 channels, a weight of shape [8, 4, 2] takes 8`
 */
export function convTranspose1d<
  const I extends number,
  const C extends number,
  const K extends number,
  const O extends TransposedLayerOptions = {},
>(
  inChannels: I,
  outChannels: C,
  kernelSize: K,
  options?: O,
): Layer<ConvTranspose1dFlow<I, C, K, O>, Biased<readonly [I, Divide<C, Groups<O>>, K], C, O>, None> {
  // a sequence is an image of one row
  const row = (rest: number, value: Pair = rest) => [rest, spread(value, 2)[1]!] as const;
  return transposed("convTranspose1d", inChannels, outChannels, [kernelSize], options ?? {}, (x, weight, given) =>
    convolve2d(x.unsqueeze(2), weight.unsqueeze(2), {
      ...given,
      stride: row(1, given.stride),
      padding: row(0, given.padding),
      dilation: row(1, given.dilation),
      outputPadding: row(0, given.outputPadding),
    }).squeeze(2),
  ) as never;
}

function transposed(
  name: string,
  inChannels: number,
  outChannels: number,
  kernel: readonly number[],
  { bias = true, init, ...given }: TransposedLayerOptions,
  convolve: (x: Tensor, weight: Tensor, options: TransposedOptions) => Tensor,
): Layer {
  const { groups = 1, stride = 1, padding = 0, dilation = 1, outputPadding = 0 } = given;
  checkSizes(name, { inChannels, outChannels, kernelSize: Math.min(...kernel), groups });
  checkGroups(name, { inChannels, outChannels }, groups);
  const weight = [inChannels, outChannels / groups, ...kernel];
  const plain = within(1 / Math.sqrt(weight.slice(1).reduce((a, b) => a * b)));
  const [s, p, d, extra] = [stride, padding, dilation, outputPadding].map((each) => spread(each, kernel.length));
  return layer<Flow, { readonly weight: Tensor; readonly bias?: Tensor }>({
    name,
    settings: [inChannels, outChannels, kernel.join("×"), ...describe(given)],
    parameters: {
      weight: { shape: weight, initializer: init ?? plain },
      ...(bias && { bias: { shape: [outChannels], initializer: plain } }),
    },
    flow: (x) => {
      checkFilters(name, x, kernel.length + 2, weight, inChannels);
      const sizes = kernel.map((k, i) => {
        const length = isOpen(x) ? Number.NaN : sizeAt(x, i + 2);
        return (length - 1) * s![i]! - 2 * p![i]! + d![i]! * (k - 1) + extra![i]! + 1;
      });
      return [sizeAt(x, 0), outChannels, ...sizes];
    },
    run: (params, x) => withBias(convolve(x, params.weight, given), params),
  }) as never;
}
