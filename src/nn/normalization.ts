import { full } from "../tensor/create.ts";
import { type Shape, ShapeError, writeShape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkAtLeast, checkSizes } from "./check.ts";
import { checkGroups } from "./convolution.ts";
import type { ChannelsAre, Flow, Input, LastAre } from "./flow.ts";
import { constant } from "./initializer.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { checkChannels, checkTrail } from "./sketch.ts";

export interface BatchNormFlow<C extends number> extends Flow {
  readonly out: Input<this>;
  readonly wrong: ChannelsAre<"batchNorm", Input<this>, C>;
}

/** Weight and bias, unless the options say no. */
export type Affine<S extends Shape, A extends boolean> = A extends true
  ? { readonly weight: Tensor<S>; readonly bias: Tensor<S> }
  : None;

export interface BatchNormOptions<A extends boolean = boolean> {
  /** 1e-5 unless given (Keras: 0.001). */
  readonly eps?: number;
  /** The part of the *new* statistics in the running ones: 0.1 unless given. Keras and ONNX mean the part of the old (0.99, 0.9). */
  readonly momentum?: number;
  /** Scale and shift at the end; true unless given. */
  readonly affine?: A;
}

/** What a batch norm has seen; for evaluation. */
export type Statistics<C extends number> = {
  readonly runningMean: Tensor<readonly [C]>;
  readonly runningVar: Tensor<readonly [C]>;
};

/**
 * `(x – mean) / √(variance + eps) · weight + bias`, for each channel (axis 1) of `[N, C]`, `[N, C, L]` or `[N, C, H, W]`.
 *
 * In training, mean and (biased) variance are those of the batch, and the next state takes a tenth of them – of the unbiased variance, as in PyTorch,
 * where ONNX takes the biased; at evaluation they are those of the state.
 *
 * @example
 * const layer = nn.batchNorm(2);
 * const params = layer.init(random(0));
 * const [y, state] = layer.train(params, tensor([[1, 2], [3, 6]]), { state: layer.initState() });
 * y.round().toArray() // [[-1, -1], [1, 1]]
 * state.runningMean.toString() // [0.2 0.4]
 * layer.apply(params, zeros([5, 2]), state).shape // [5, 2]
 * @throws ShapeError `batchNorm: an input of shape [8, 3] where [?, 16, …] is needed`
 * @see Ioffe and Szegedy, Batch Normalization (2015)
 */
export function batchNorm<const C extends number, const A extends boolean = true>(
  features: C,
  { eps = 1e-5, momentum = 0.1, affine }: BatchNormOptions<A> = {},
): Layer<BatchNormFlow<C>, Affine<readonly [C], A>, Statistics<C>> {
  checkSizes("batchNorm", { features });
  checkAtLeast("batchNorm", "eps", eps, 0);
  if (!(momentum >= 0 && momentum <= 1))
    throw new RangeError(`batchNorm: momentum must lie in [0, 1], got ${momentum}.`);
  const shape = [features] as const;
  return layer<BatchNormFlow<C>, Affine<readonly [C], A>, Statistics<C>>({
    name: "batchNorm",
    settings: [features],
    parameters: affine === false ? {} : scaleAndShift(shape),
    initState: (options) => ({ runningMean: full(shape, 0, options), runningVar: full(shape, 1, options) }),
    flow: (x) => {
      checkChannels("batchNorm", x, features);
      return x;
    },
    run: (params, x, { training, state }) => {
      if (state === undefined)
        throw new TypeError(
          training
            ? "batchNorm: training moves the statistics on: train(params, x, { state }), at first { state: layer.initState() }."
            : "batchNorm: evaluation needs the statistics: apply(params, x, state).",
        );
      const row = [features, ...x.shape.slice(2).map(() => 1)];
      const normalize = (mean: Tensor, variance: Tensor) =>
        scale(x.sub(mean.reshape(row)).div(variance.reshape(row).add(eps).sqrt()), params, row);
      if (!training) return [normalize(state.runningMean, state.runningVar), state];
      const count = x.size / features;
      if (count <= 1)
        throw new ShapeError(`batchNorm: training on shape ${writeShape(x.shape)} has one value per channel`);
      const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
      const mean: Tensor = x.mean(axes);
      const variance: Tensor = x.sub(mean.reshape(row)).square().mean(axes);
      const move = (old: Tensor, now: Tensor) =>
        old.mul(1 - momentum).add(now.stopGradient().mul(momentum).to(old.dtype));
      const next = {
        runningMean: move(state.runningMean, mean),
        runningVar: move(state.runningVar, variance.mul(count / (count - 1))),
      } as Statistics<C>;
      return [normalize(mean, variance), next];
    },
  });
}

export interface LayerNormFlow<Name extends string, N extends Shape> extends Flow {
  readonly out: Input<this>;
  readonly wrong: LastAre<Name, Input<this>, N>;
}

/** One size, or several. */
export type Sizes<N extends number | Shape> = N extends number ? readonly [N] : N extends Shape ? N : Shape;

export interface LayerNormOptions<A extends boolean = boolean> {
  /** 1e-5 unless given (Keras: 0.001). */
  readonly eps?: number;
  /** Scale and shift at the end; true unless given. */
  readonly elementwiseAffine?: A;
}

/**
 * `(x – mean) / √(variance + eps) · weight + bias` over the last axes, those of `normalizedShape`: for each sample alone, the same in training and at
 * evaluation.
 *
 * @example
 * const layer = nn.layerNorm(64);
 * layer.apply(layer.init(random(0)), zeros([8, 10, 64])).shape // [8, 10, 64]
 * @throws ShapeError `layerNorm: an input of shape [8, 10, 32] where […, 64] is needed`
 * @see Ba, Kiros and Hinton, Layer Normalization (2016)
 */
export function layerNorm<const N extends number | Shape, const A extends boolean = true>(
  normalizedShape: N,
  { eps = 1e-5, elementwiseAffine }: LayerNormOptions<A> = {},
): Layer<LayerNormFlow<"layerNorm", Sizes<N>>, Affine<Sizes<N>, A>, None> {
  return normalization(
    "layerNorm",
    normalizedShape,
    eps,
    elementwiseAffine === false ? {} : scaleAndShift(toSizes(normalizedShape)),
    (x, axes) => standardize(x, axes, eps),
  );
}

/**
 * `x / √(mean of x² + eps) · weight` over the last axes: layer normalization without the mean. eps is 1e-5 unless given; PyTorch's default is the dtype's.
 *
 * @example
 * const layer = nn.rmsNorm(2);
 * layer.apply(layer.init(random(0)), tensor([3, 4])).toArray() // [0.8485278, 1.1313704]
 * @throws ShapeError `rmsNorm: an input of shape [8, 10, 32] where […, 64] is needed`
 * @see Zhang and Sennrich, Root Mean Square Layer Normalization (2019)
 */
export function rmsNorm<const N extends number | Shape>(
  normalizedShape: N,
  { eps = 1e-5 }: { readonly eps?: number } = {},
): Layer<LayerNormFlow<"rmsNorm", Sizes<N>>, { readonly weight: Tensor<Sizes<N>> }, None> {
  const parameters = { weight: { shape: toSizes(normalizedShape), initializer: constant(1) } };
  return normalization("rmsNorm", normalizedShape, eps, parameters, (x, axes) =>
    x.div(x.square().mean(axes, { keepDims: true }).add(eps).sqrt()),
  );
}

export interface GroupNormFlow<C extends number> extends Flow {
  readonly out: Input<this>;
  readonly wrong: ChannelsAre<"groupNorm", Input<this>, C>;
}

/**
 * `(x – mean) / √(variance + eps) · weight + bias` over groups of channels (axis 1) of one sample: between {@link layerNorm} and {@link batchNorm}, the same
 * in training and at evaluation. eps is 1e-5 unless given.
 *
 * @example
 * const layer = nn.groupNorm(4, 16);
 * layer.apply(layer.init(random(0)), zeros([8, 16, 7, 7])).shape // [8, 16, 7, 7]
 * @throws RangeError `groupNorm: 16 numChannels do not divide into 3 groups.`
 * @see Wu and He, Group Normalization (2018)
 */
export function groupNorm<const C extends number, const A extends boolean = true>(
  numGroups: number,
  numChannels: C,
  { eps = 1e-5, affine }: { readonly eps?: number; readonly affine?: A } = {},
): Layer<GroupNormFlow<C>, Affine<readonly [C], A>, None> {
  checkSizes("groupNorm", { numGroups, numChannels });
  checkGroups("groupNorm", { numChannels }, numGroups);
  checkAtLeast("groupNorm", "eps", eps, 0);
  return layer<GroupNormFlow<C>, Affine<readonly [C], A>, None>({
    name: "groupNorm",
    settings: [numGroups, numChannels],
    parameters: affine === false ? {} : scaleAndShift([numChannels]),
    flow: (x) => {
      checkChannels("groupNorm", x, numChannels);
      return x;
    },
    run: (params, x) => {
      const grouped: Tensor = x.reshape([x.shape[0]!, numGroups, -1]);
      const y = standardize(grouped, [-1], eps).reshape(x.shape);
      return scale(y, params, [numChannels, ...x.shape.slice(2).map(() => 1)]);
    },
  });
}

/** Mean 0 and variance 1 over some axes. */
function standardize(x: Tensor, axes: readonly number[], eps: number): Tensor {
  const centred: Tensor = x.sub(x.mean(axes, { keepDims: true }));
  return centred.div(centred.square().mean(axes, { keepDims: true }).add(eps).sqrt());
}

function normalization<F extends Flow, P extends Partial<Affine<Shape, true>>>(
  name: string,
  normalizedShape: number | Shape,
  eps: number,
  parameters: Partial<ReturnType<typeof scaleAndShift>>,
  normalize: (x: Tensor, axes: readonly number[]) => Tensor,
): Layer<F, P, None> {
  const sizes = toSizes(normalizedShape);
  checkSizes(name, Object.fromEntries(sizes.map((size) => ["normalizedShape", size])));
  checkAtLeast(name, "eps", eps, 0);
  return layer<F, P>({
    name,
    settings: [sizes.join("×")],
    parameters: parameters as ReturnType<typeof scaleAndShift>,
    flow: (x) => {
      checkTrail(name, x, sizes);
      return x;
    },
    run: (params, x) =>
      scale(
        normalize(
          x,
          sizes.map((_, i) => i - sizes.length),
        ),
        params,
        sizes,
      ),
  });
}

function scaleAndShift(shape: Shape) {
  return { weight: { shape, initializer: constant(1) }, bias: { shape, initializer: constant(0) } };
}

function scale(x: Tensor, { weight, bias }: Partial<Affine<Shape, true>>, shape: Shape): Tensor {
  const scaled: Tensor = weight === undefined ? x : x.mul(weight.reshape(shape));
  return bias === undefined ? scaled : scaled.add(bias.reshape(shape));
}

function toSizes(shape: number | Shape): Shape {
  return typeof shape === "number" ? [shape] : shape;
}
