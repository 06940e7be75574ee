import {
  type AveragePoolOptions,
  avgPool2d as average,
  type MaxPoolOptions,
  maxPool2d as maximum,
} from "../op/function/pooling.ts";
import type { Covers, Pair, Pool2d, RankIs } from "../tensor/shape/convolution.ts";
import type { Shape, Size } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { checkSizes } from "./check.ts";
import { describe } from "./convolution.ts";
import type { Flow, Input } from "./flow.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { slide, spread } from "./window.ts";

/** A last window that hangs over the edge counts too; false unless given. */
export interface CeilOption {
  readonly ceilMode?: boolean;
}

type MaxOptions = MaxPoolOptions & CeilOption;
type AverageOptions = AveragePoolOptions & CeilOption;
type OptionsOf1d<O> = { readonly [K in keyof O]: O[K] extends Pair | undefined ? number : O[K] };

/** What comes out; sizes that are rounded up are for the runtime. */
type Pooled<X extends Shape, K, O> = O extends { readonly ceilMode: true }
  ? X extends readonly [infer N extends Size, infer C extends Size, Size, Size]
    ? readonly [N, C, number, number]
    : readonly [number, number, number, number]
  : Pool2d<X, K, O>;

export interface Pool2dFlow<Name extends string, K, O> extends Flow {
  readonly out: Pooled<Input<this>, K, O>;
  readonly wrong: RankIs<Name, Input<this>, 4> extends infer E
    ? unknown extends E
      ? Covers<Name, Pooled<Input<this>, K, O>, Input<this>>
      : E
    : unknown;
}

/** A sequence as an image of one row. */
type Row<X extends Shape> = X extends readonly [infer N extends Size, infer C extends Size, infer L extends Size]
  ? readonly [N, C, 1, L]
  : readonly [number, number, 1, number];
type Flat<S extends Shape> = S extends readonly [infer N extends Size, infer C extends Size, Size, infer L]
  ? [L] extends [Size]
    ? readonly [N, C, L]
    : Shape
  : Shape;

export interface Pool1dFlow<Name extends string, K extends number, O> extends Flow {
  readonly out: Flat<Pooled<Row<Input<this>>, readonly [1, K], O>>;
  readonly wrong: RankIs<Name, Input<this>, 3> extends infer E
    ? unknown extends E
      ? Covers<Name, Flat<Pooled<Row<Input<this>>, readonly [1, K], O>>, Input<this>>
      : E
    : unknown;
}

/**
 * The largest of each window of `[N, C, H, W]`; the stride is the kernel size unless given. Options as in PyTorch: `stride`, `padding`, `dilation`, `ceilMode`.
 *
 * @example
 * nn.maxPool2d(2).apply({}, zeros([8, 16, 28, 28])).shape // [8, 16, 14, 14]
 * @throws ShapeError `maxPool2d: a window does not fit into shape [8, 16, 1, 1]`
 */
export function maxPool2d<const K extends Pair, const O extends MaxOptions = {}>(
  kernelSize: K,
  options?: O,
): Layer<Pool2dFlow<"maxPool2d", K, O>, None, None> {
  return pool("maxPool2d", spread(kernelSize, 2), options ?? {}, maximumOf);
}

/**
 * The mean of each window of `[N, C, H, W]`; the stride is the kernel size unless given. Padding counts as zeros unless `countIncludePad` is false, as in
 * PyTorch; Keras does not count it.
 *
 * @example
 * nn.avgPool2d(2).apply({}, zeros([8, 16, 28, 28])).shape // [8, 16, 14, 14]
 */
export function avgPool2d<const K extends Pair, const O extends AverageOptions = {}>(
  kernelSize: K,
  options?: O,
): Layer<Pool2dFlow<"avgPool2d", K, O>, None, None> {
  return pool("avgPool2d", spread(kernelSize, 2), options ?? {}, averageOf);
}

/**
 * {@link maxPool2d} for sequences `[N, C, L]`.
 *
 * @example
 * nn.maxPool1d(2).apply({}, tensor([[[1, 3, 2, 0]]])).toArray() // [[[3, 2]]]
 */
export function maxPool1d<const K extends number, const O extends OptionsOf1d<MaxOptions> = {}>(
  kernelSize: K,
  options?: O,
): Layer<Pool1dFlow<"maxPool1d", K, O>, None, None> {
  return pool("maxPool1d", [kernelSize], options ?? {}, maximumOf);
}

/**
 * {@link avgPool2d} for sequences `[N, C, L]`.
 *
 * @example
 * nn.avgPool1d(2).apply({}, tensor([[[1, 3, 2, 0]]])).toArray() // [[[2, 1]]]
 */
export function avgPool1d<const K extends number, const O extends OptionsOf1d<AverageOptions> = {}>(
  kernelSize: K,
  options?: O,
): Layer<Pool1dFlow<"avgPool1d", K, O>, None, None> {
  return pool("avgPool1d", [kernelSize], options ?? {}, averageOf);
}

/** How images are pooled by windows that all fit, after `over` rows and columns have been added at their ends. */
type Pool = (x: Tensor, windows: Windows2d, over: Pair2, countIncludePad: boolean) => Tensor;
type Pair2 = readonly [number, number];
interface Windows2d extends Record<"kernel" | "stride" | "padding" | "dilation", Pair2> {}

function pool<F extends Flow>(
  name: string,
  kernel: readonly number[],
  options: MaxOptions & AverageOptions,
  run: Pool,
): Layer<F, None, None> {
  checkSizes(name, { kernelSize: Math.min(...kernel) });
  const axes = kernel.length;
  const windows = {
    kernel,
    stride: spread(options.stride ?? kernel, axes),
    padding: spread(options.padding ?? 0, axes),
    dilation: spread(options.dilation ?? 1, axes),
    ceil: options.ceilMode ?? false,
  };
  checkSizes(name, { stride: Math.min(...windows.stride), dilation: Math.min(...windows.dilation) });
  const flow = (x: Parameters<typeof slide>[1]) => slide(name, x, undefined, windows);
  const pair = (values: readonly number[], first: number): Pair2 =>
    values.length === 1 ? [first, values[0]!] : [values[0]!, values[1]!];
  const images: Windows2d = {
    kernel: pair(kernel, 1),
    stride: pair(windows.stride, 1),
    padding: pair(windows.padding, 0),
    dilation: pair(windows.dilation, 1),
  };
  return layer<F>({
    name,
    settings: [kernel.join("×"), ...describe(options)],
    flow,
    run: (_, x) => {
      const image: Tensor = axes === 1 ? x.unsqueeze(2) : x;
      const out = flow(x.shape).slice(2) as number[];
      const sizes = axes === 1 ? [1, ...out] : out;
      const over = sizes.map((n, i) => Math.max(0, overhang(n, image.shape[i + 2]!, images, i as 0 | 1)));
      const y = run(image, images, over as unknown as Pair2, options.countIncludePad ?? true);
      return axes === 1 ? (y.squeeze(2) as Tensor) : y;
    },
  });
}

/** How far the last window reaches over the padded end. */
function overhang(count: number, length: number, windows: Windows2d, axis: 0 | 1): number {
  const span = windows.dilation[axis] * (windows.kernel[axis] - 1) + 1;
  return (count - 1) * windows.stride[axis] + span - (length + 2 * windows.padding[axis]);
}

const maximumOf: Pool = (x, { kernel, ...rest }, [high, wide]) => {
  if (high === 0 && wide === 0) return maximum(x, kernel, rest);
  const [h, w] = rest.padding;
  return maximum(frame(x, h, h + high, w, w + wide, Number.NEGATIVE_INFINITY), kernel, { ...rest, padding: 0 });
};

const averageOf: Pool = (x, { kernel, stride, padding }, [high, wide], countIncludePad) => {
  if (high === 0 && wide === 0) return average(x, kernel, { stride, padding, countIncludePad });
  const [h, w] = padding;
  const mean: Tensor = average(frame(x, h, h + high, w, w + wide, 0), kernel, { stride });
  // what hangs over is not counted, other than the padding
  const kept = frame(onesOf(x, countIncludePad ? padding : [0, 0]), ...edges(padding, countIncludePad, high, wide), 0);
  return mean.div(average(kept, kernel, { stride }));
};

function edges([h, w]: Pair2, counted: boolean, high: number, wide: number): [number, number, number, number] {
  return counted ? [0, high, 0, wide] : [h, h + high, w, w + wide];
}

function onesOf({ shape, dtype }: Tensor, [h, w]: Pair2): Tensor {
  const [high, wide] = [shape[2]! + 2 * h, shape[3]! + 2 * w];
  const data = dtype === "float64" ? new Float64Array(high * wide) : new Float32Array(high * wide);
  return new Tensor(data.fill(1), [1, 1, high, wide], dtype === "float64" ? dtype : "float32");
}

function frame(x: Tensor, top: number, bottom: number, left: number, right: number, value: number): Tensor {
  return x.pad(
    [
      [0, 0],
      [0, 0],
      [top, bottom],
      [left, right],
    ],
    value,
  );
}
