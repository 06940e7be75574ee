import type { Add, Divide, Multiply, Subtract } from "./arithmetic.ts";
import {
  type Checked,
  type Impossible,
  type Ranked,
  type Same,
  type Shape,
  ShapeError,
  type Size,
  type Write,
  type Wrong,
  writeShape,
} from "./shape.ts";

/** A number for both spatial axes, or one for each. */
export type Pair = number | readonly [height: number, width: number];

/** How a window moves; PyTorch's defaults: stride 1, padding 0, dilation 1, groups 1. */
export interface ConvolutionOptions {
  readonly stride?: Pair;
  /** Zeros on each side; `"same"` keeps the size (stride 1 only). */
  readonly padding?: Pair | "same";
  readonly dilation?: Pair;
  readonly groups?: number;
}

type Get<O, K extends string, Default> = O extends { readonly [P in K]: infer V } ? V : Default;
type At<P, I extends 0 | 1> = P extends readonly [infer H extends number, infer W extends number]
  ? [H, W][I]
  : P extends number
    ? P
    : number;

/** `⌊(L + 2·padding – dilation·(K – 1) – 1) / stride⌋ + 1`. */
export type WindowSize<
  L extends Size,
  K extends Size,
  Stride extends number,
  Padding,
  Dilation extends number,
> = Padding extends "same"
  ? L
  : Padding extends number
    ? Span<K, Dilation> extends infer W extends number
      ? Subtract<Add<L, Add<Padding, Padding>>, W> extends infer Free extends number
        ? Add<Divide<Free, Stride>, 1>
        : never
      : number
    : number;
type Span<K extends Size, Dilation extends number> = Dilation extends 1
  ? K
  : Add<Multiply<Dilation, Subtract<K, 1>>, 1>;

/** Input `[N, C, H, W]`, weight `[O, C / groups, kH, kW]`. */
export type Conv2d<X extends Shape, W extends Shape, O> = X extends readonly [
  infer N extends Size,
  Size,
  infer H extends Size,
  infer L extends Size,
]
  ? W extends readonly [infer C extends Size, Size, infer KH extends Size, infer KW extends Size]
    ? readonly [
        N,
        C,
        WindowSize<H, KH, At<Get<O, "stride", 1>, 0>, PaddingAt<O, 0>, At<Get<O, "dilation", 1>, 0>>,
        WindowSize<L, KW, At<Get<O, "stride", 1>, 1>, PaddingAt<O, 1>, At<Get<O, "dilation", 1>, 1>>,
      ]
    : readonly [N, number, number, number]
  : Ranked<X> extends false
    ? readonly [number, W extends readonly [infer C extends Size, ...Shape] ? C : number, number, number]
    : Shape;
type PaddingAt<O, I extends 0 | 1> =
  Get<O, "padding", 0> extends infer P ? (P extends "same" ? "same" : At<P, I>) : never;

/** Input `[N, C, L]`, weight `[O, C / groups, K]`. */
export type Conv1d<X extends Shape, W extends Shape, O> = X extends readonly [
  infer N extends Size,
  Size,
  infer L extends Size,
]
  ? W extends readonly [infer C extends Size, Size, infer K extends Size]
    ? readonly [N, C, WindowSize<L, K, At<Get<O, "stride", 1>, 0>, PaddingAt<O, 0>, At<Get<O, "dilation", 1>, 0>>]
    : readonly [N, number, number]
  : Ranked<X> extends false
    ? readonly [number, W extends readonly [infer C extends Size, ...Shape] ? C : number, number]
    : Shape;

/** `unknown` if ranks and channels fit, else the sentence. */
export type Convolvable<Name extends string, X extends Shape, W extends Shape, O, Rank extends number> = Checked<
  DoConvolve<Name, X, W, O, Rank>
>;
type DoConvolve<Name extends string, X extends Shape, W extends Shape, O, Rank extends number> =
  Ranked<X> extends false
    ? unknown
    : Ranked<W> extends false
      ? unknown
      : X["length"] extends Rank
        ? W["length"] extends Rank
          ? Same<X[1] & number, Multiply<W[1] & number, Get<O, "groups", 1> & number>> extends true
            ? unknown
            : Wrong<`${Name}: an input of shape [${Write<X>}] has ${X[1] & number} channels, a weight of shape [${Write<W>}] takes ${Multiply<W[1] & number, Get<O, "groups", 1> & number>}`>
          : Wrong<`${Name}: a weight of shape [${Write<W>}] where ${Rank} axes are needed`>
        : Wrong<`${Name}: an input of shape [${Write<X>}] where ${Rank} axes are needed`>;

/** `unknown` unless a size of the output is `never`: the window is larger than the padded input. */
export type Covers<Name extends string, Out extends Shape, X extends Shape> = Checked<DoesCover<Name, Out, X>>;
type DoesCover<Name extends string, Out extends Shape, X extends Shape> =
  Impossible<Out> extends true ? Wrong<`${Name}: a window does not fit into shape [${Write<X>}]`> : unknown;

/** Pooling: input `[N, C, H, W]`, stride = kernel unless given. */
export type Pool2d<X extends Shape, K, O> = X extends readonly [
  infer N extends Size,
  infer C extends Size,
  infer H extends Size,
  infer L extends Size,
]
  ? readonly [
      N,
      C,
      WindowSize<H, At<K, 0>, At<Get<O, "stride", K>, 0>, PaddingAt<O, 0>, At<Get<O, "dilation", 1>, 0>>,
      WindowSize<L, At<K, 1>, At<Get<O, "stride", K>, 1>, PaddingAt<O, 1>, At<Get<O, "dilation", 1>, 1>>,
    ]
  : Ranked<X> extends false
    ? readonly [number, number, number, number]
    : Shape;

/** `unknown` if the input has as many axes as needed. */
export type RankIs<Name extends string, X extends Shape, Rank extends number> = Checked<HasRank<Name, X, Rank>>;
type HasRank<Name extends string, X extends Shape, Rank extends number> =
  Ranked<X> extends false
    ? unknown
    : X["length"] extends Rank
      ? unknown
      : Wrong<`${Name}: an input of shape [${Write<X>}] where ${Rank} axes are needed`>;

/** Everything a window needs at run time, on both spatial axes. */
export interface Window {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly padding: readonly [number, number, number, number];
  readonly groups: number;
}

export function checkRank(name: string, what: string, shape: Shape, rank: number): void {
  if (shape.length !== rank)
    throw new ShapeError(`${name}: ${what} of shape ${writeShape(shape)} where ${rank} axes are needed`);
}

export function checkChannels(name: string, x: Shape, w: Shape, groups: number): void {
  if (x[1] !== w[1]! * groups)
    throw new ShapeError(
      `${name}: an input of shape ${writeShape(x)} has ${x[1]} channels, a weight of shape ${writeShape(w)} takes ${w[1]! * groups}`,
    );
  if (w[0]! % groups !== 0)
    throw new ShapeError(`${name}: ${w[0]} output channels do not divide into ${groups} groups`);
}

/** The spatial size of the output on one axis (0 height, 1 width). */
export function windowSize(name: string, shape: Shape, window: Window, axis: 0 | 1): number {
  const length = shape[2 + axis]! + window.padding[axis] + window.padding[axis + 2]!;
  const span = window.dilation[axis] * (window.kernel[axis] - 1) + 1;
  if (span > length) throw new ShapeError(`${name}: a window does not fit into shape ${writeShape(shape)}`);
  return Math.floor((length - span) / window.stride[axis]) + 1;
}

export function toPair(pair: Pair): readonly [number, number] {
  return typeof pair === "number" ? [pair, pair] : pair;
}

/** Options with PyTorch's defaults filled in. */
export function toWindow(kernel: readonly [number, number], options: ConvolutionOptions, stride: Pair = 1): Window {
  const dilation = toPair(options.dilation ?? 1);
  const strides = toPair(options.stride ?? stride);
  if (options.padding !== "same") {
    const [h, w] = toPair(options.padding ?? 0);
    return { kernel, stride: strides, dilation, padding: [h, w, h, w], groups: options.groups ?? 1 };
  }
  if (strides[0] !== 1 || strides[1] !== 1)
    throw new RangeError(`padding "same" needs stride 1, got [${strides.join(", ")}].`);
  const total = [dilation[0] * (kernel[0] - 1), dilation[1] * (kernel[1] - 1)] as const;
  const [top, left] = [Math.floor(total[0] / 2), Math.floor(total[1] / 2)];
  return {
    kernel,
    stride: strides,
    dilation,
    padding: [top, left, total[0] - top, total[1] - left],
    groups: options.groups ?? 1,
  };
}
