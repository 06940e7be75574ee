import { conv1d as convolve1d, conv2d as convolve2d } from "../op/function/convolution.ts";
import type { Divide } from "../tensor/shape/arithmetic.ts";
import type { Conv1d, Conv2d, ConvolutionOptions, Convolvable, Covers, Pair } from "../tensor/shape/convolution.ts";
import { type Shape, ShapeError, writeShape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkSizes } from "./check.ts";
import type { Flow, Input } from "./flow.ts";
import { type Initializer, within } from "./initializer.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { agree, checkAxes, isOpen, type Sketch, writeSketch } from "./sketch.ts";
import { slide, spread } from "./window.ts";

export interface ConvolutionLayerOptions extends ConvolutionOptions {
  /** Add a bias to each channel; true unless given. */
  readonly bias?: boolean;
  /** How the weight is drawn: uniform within `±1/√fanIn` unless given, PyTorch's default. */
  readonly init?: Initializer;
}

/** A filter's height or width. */
export type At<K, I extends 0 | 1> = K extends readonly [infer H extends number, infer W extends number]
  ? [H, W][I]
  : K extends number
    ? K
    : number;
export type Groups<O> = O extends { readonly groups: infer G extends number } ? G : 1;
type Filters2d<I extends number, C extends number, K, O> = readonly [C, Divide<I, Groups<O>>, At<K, 0>, At<K, 1>];
type Filters1d<I extends number, C extends number, K extends number, O> = readonly [C, Divide<I, Groups<O>>, K];

/** The bias is there unless the options say no. */
export type Biased<W extends Shape, C extends number, O> = { readonly weight: Tensor<W> } & (O extends {
  readonly bias: false;
}
  ? unknown
  : { readonly bias: Tensor<readonly [C]> });

export interface Conv2dFlow<I extends number, C extends number, K, O> extends Flow {
  readonly out: Conv2d<Input<this>, Filters2d<I, C, K, O>, O>;
  readonly wrong: Convolvable<"conv2d", Input<this>, Filters2d<I, C, K, O>, O, 4> extends infer E
    ? unknown extends E
      ? Covers<"conv2d", Conv2d<Input<this>, Filters2d<I, C, K, O>, O>, Input<this>>
      : E
    : unknown;
}

export interface Conv1dFlow<I extends number, C extends number, K extends number, O> extends Flow {
  readonly out: Conv1d<Input<this>, Filters1d<I, C, K, O>, O>;
  readonly wrong: Convolvable<"conv1d", Input<this>, Filters1d<I, C, K, O>, O, 3> extends infer E
    ? unknown extends E
      ? Covers<"conv1d", Conv1d<Input<this>, Filters1d<I, C, K, O>, O>, Input<this>>
      : E
    : unknown;
}

/**
 * Filters that slide over images `[N, inChannels, H, W]`, to `[N, outChannels, H', W']`; PyTorch's cross-correlation with its options and defaults
 * (`stride` 1, `padding` 0 or `"same"`, `dilation` 1, `groups` 1, `bias` true). The weight is `[outChannels, inChannels / groups, kH, kW]`.
 *
 * `H' = ⌊(H + 2·padding – dilation·(kH – 1) – 1) / stride⌋ + 1`. Channels come before height and width, where Keras has them last.
 *
 * @example
 * const layer = nn.conv2d(3, 16, 3, { padding: 1 });
 * layer.apply(layer.init(random(0)), zeros([8, 3, 32, 32])).shape // [8, 16, 32, 32]
 * @throws ShapeError `conv2d: an input of shape [8, 1, 32, 32] has 1 channels, a weight of shape [16, 3, 3, 3] takes 3`
 */
export function conv2d<
  const I extends number,
  const C extends number,
  const K extends Pair,
  const O extends ConvolutionLayerOptions = {},
>(
  inChannels: I,
  outChannels: C,
  kernelSize: K,
  options?: O,
): Layer<Conv2dFlow<I, C, K, O>, Biased<Filters2d<I, C, K, O>, C, O>, None> {
  return convolution("conv2d", inChannels, outChannels, spread(kernelSize, 2), options ?? {}, (x, w, given) =>
    convolve2d(x, w, given),
  );
}

/**
 * Filters that slide over sequences `[N, inChannels, L]`, to `[N, outChannels, L']`; otherwise as {@link conv2d}.
 *
 * @example
 * const layer = nn.conv1d(2, 8, 5, { stride: 3 });
 * layer.apply(layer.init(random(0)), zeros([4, 2, 100])).shape // [4, 8, 32]
 * @throws ShapeError `conv1d: an input of shape [4, 3, 100] has 3 channels, a weight of shape [8, 2, 5] takes 2`
 */
export function conv1d<
  const I extends number,
  const C extends number,
  const K extends number,
  const O extends ConvolutionLayerOptions = {},
>(
  inChannels: I,
  outChannels: C,
  kernelSize: K,
  options?: O,
): Layer<Conv1dFlow<I, C, K, O>, Biased<Filters1d<I, C, K, O>, C, O>, None> {
  return convolution("conv1d", inChannels, outChannels, [kernelSize], options ?? {}, (x, w, given) =>
    convolve1d(x, w, given),
  );
}

function convolution<F extends Flow, P extends { readonly weight: Tensor }>(
  name: string,
  inChannels: number,
  outChannels: number,
  kernel: readonly number[],
  { bias = true, init, ...options }: ConvolutionLayerOptions,
  convolve: (x: Tensor, weight: Tensor, options: ConvolutionOptions) => Tensor,
): Layer<F, P, None> {
  const { groups = 1, stride = 1, padding = 0, dilation = 1 } = options;
  checkSizes(name, { inChannels, outChannels, kernelSize: Math.min(...kernel), groups });
  checkGroups(name, { inChannels, outChannels }, groups);
  const weight = [outChannels, inChannels / groups, ...kernel];
  const plain = within(1 / Math.sqrt(weight.slice(1).reduce((a, b) => a * b)));
  const axes = kernel.length;
  const windows = {
    kernel,
    stride: spread(stride, axes),
    padding: padding === "same" ? padding : spread(padding, axes),
    dilation: spread(dilation, axes),
  } as const;
  return layer<F, P>({
    name,
    settings: [inChannels, outChannels, kernel.join("×"), ...describe(options)],
    parameters: {
      weight: { shape: weight, initializer: init ?? plain },
      ...(bias && { bias: { shape: [outChannels], initializer: plain } }),
    },
    flow: (x) => {
      checkFilters(name, x, axes + 2, weight, inChannels);
      return slide(name, x, outChannels, windows);
    },
    run: (params, x) => withBias(convolve(x, params.weight, options), params as { readonly bias?: Tensor }),
  });
}

/** `conv2d: 3 inChannels do not divide into 2 groups.` */
export function checkGroups(name: string, channels: { readonly [option: string]: number }, groups: number): void {
  for (const [option, count] of Object.entries(channels))
    if (count % groups !== 0) throw new RangeError(`${name}: ${count} ${option} do not divide into ${groups} groups.`);
}

/** What stands between the input and the filters, in the words of the operator. */
export function checkFilters(name: string, x: Sketch, rank: number, weight: Shape, channels: number): void {
  checkAxes(name, x, rank);
  if (!isOpen(x) && !agree(x[1], channels))
    throw new ShapeError(
      `${name}: an input of shape ${writeSketch(x)} has ${x[1]} channels, a weight of shape ${writeShape(weight)} takes ${channels}`,
    );
}

/** `stride 2`, `padding 1`: the options that were given. */
export function describe(options: object): string[] {
  return Object.entries(options).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.join("×") : String(value)}`,
  );
}

export function withBias(y: Tensor, { bias }: { readonly bias?: Tensor }): Tensor {
  return bias === undefined ? y : y.add(bias.reshape([bias.size, ...y.shape.slice(2).map(() => 1)]));
}
