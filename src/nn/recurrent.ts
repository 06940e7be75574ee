import { concat, stack } from "../op/function/concat.ts";
import { zeros } from "../tensor/create.ts";
import type { Multiply } from "../tensor/shape/arithmetic.ts";
import { checkFit } from "../tensor/shape/fit.ts";
import type { Ranked, Same, Shape, Size, WriteSize, Wrong } from "../tensor/shape/shape.ts";
import { ShapeError } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { cells, type Kind } from "./cell.ts";
import { checkSizes } from "./check.ts";
import type { Close, Flow, Gives, Input, Takes, WriteOpen } from "./flow.ts";
import { within } from "./initializer.ts";
import { type Layer, layer, type None } from "./layer.ts";
import { affine } from "./linear.ts";
import { checkParameters, type Declarations } from "./parameters.ts";
import { agree, isOpen, type Sketch, sizeAt, writeSketch } from "./sketch.ts";

export interface RecurrentOptions {
  /** Layers on top of each other: 1 unless given. */
  readonly numLayers?: number;
  /** Biases; true unless given. */
  readonly bias?: boolean;
  /** `[N, T, …]` instead of PyTorch's `[T, N, …]`; false unless given. */
  readonly batchFirst?: boolean;
  /** A second one that reads from the end; their outputs stand side by side. False unless given. */
  readonly bidirectional?: boolean;
}

export interface RnnOptions extends RecurrentOptions {
  /** `"tanh"` unless given. */
  readonly nonlinearity?: "tanh" | "relu";
}

export type Width<H extends number, O> = O extends { readonly bidirectional: true } ? Multiply<H, 2> : H;

export interface RecurrentFlow<Name extends string, I extends number, H extends number> extends Flow {
  readonly out: Input<this> extends readonly [infer A extends Size, infer B extends Size, Size]
    ? readonly [A, B, H]
    : readonly [number, number, H];
  readonly wrong: Sequence<Name, Input<this>, I>;
}
type Sequence<Name extends string, X extends Shape, I extends number> =
  Ranked<X> extends false
    ? unknown
    : X extends readonly [Size, Size, infer N extends Size]
      ? Same<N, I> extends true
        ? unknown
        : Wrong<`${Name}: an input of shape [${WriteOpen<X>}] where [?, ?, ${WriteSize<I>}] is needed`>
      : Wrong<`${Name}: an input of shape [${WriteOpen<X>}] where [?, ?, ${WriteSize<I>}] is needed`>;

/** `weightIhL0`, `weightHhL0`, `biasIhL0`, `biasHhL0`, then `…L0Reverse`, `…L1`: PyTorch's. */
export type RecurrentParams = {
  readonly weightIhL0: Tensor;
  readonly weightHhL0: Tensor;
  readonly [name: string]: Tensor;
};

/** Where a run begins and ends: `[layers · directions, N, hiddenSize]`; zeros unless given. `cell` for `lstm` only. */
export type Hidden = { readonly hidden?: Tensor; readonly cell?: Tensor };

export interface Recurrent<F extends Flow> extends Layer<F, RecurrentParams, None> {
  /** The output of every step, and where the run ended: to go on from there, or to decode. */
  run<X extends Tensor>(
    params: RecurrentParams,
    x: X & Takes<F, X["shape"]>,
    start?: Hidden,
  ): { readonly output: Tensor<Close<Gives<F, X["shape"]>>>; readonly hidden: Tensor; readonly cell?: Tensor };
}

/**
 * `hₜ = tanh(W xₜ + b + U hₜ₋₁ + c)`: `[T, N, inputSize]` to `[T, N, hiddenSize]`. `apply` gives the outputs of the last layer; `run` also the last hidden
 * state, and takes a first one.
 *
 * @example
 * const layer = nn.rnn(8, 16);
 * layer.apply(layer.init(random(0)), zeros([5, 2, 8])).shape // [5, 2, 16]
 * @throws ShapeError `rnn: an input of shape [5, 2, 7] where [?, ?, 8] is needed`
 * @see Elman, Finding Structure in Time (1990)
 */
export function rnn<const I extends number, const H extends number, const O extends RnnOptions = {}>(
  inputSize: I,
  hiddenSize: H,
  options?: O,
): Recurrent<RecurrentFlow<"rnn", I, Width<H, O>>> {
  const { nonlinearity = "tanh", ...rest }: RnnOptions = options ?? {};
  if (nonlinearity !== "tanh" && nonlinearity !== "relu")
    throw new RangeError(`rnn: nonlinearity must be "tanh" or "relu", got "${String(nonlinearity)}".`);
  return recurrent("rnn", nonlinearity, inputSize, hiddenSize, rest);
}

/**
 * Long short-term memory, with gates in the order i, f, g, o: `cₜ = σ(f) cₜ₋₁ + σ(i) tanh(g)`, `hₜ = σ(o) tanh(cₜ)`. Otherwise as {@link rnn}. PyTorch starts
 * the forget gate's bias like any other, where Keras starts it at 1.
 *
 * @example
 * const layer = nn.lstm(8, 16);
 * layer.run(layer.init(random(0)), zeros([5, 2, 8])).hidden.shape // [1, 2, 16]
 * @throws ShapeError `lstm: an input of shape [5, 2, 7] where [?, ?, 8] is needed`
 * @see Hochreiter and Schmidhuber, Long Short-Term Memory (1997)
 */
export function lstm<const I extends number, const H extends number, const O extends RecurrentOptions = {}>(
  inputSize: I,
  hiddenSize: H,
  options?: O,
): Recurrent<RecurrentFlow<"lstm", I, Width<H, O>>> {
  return recurrent("lstm", "lstm", inputSize, hiddenSize, options ?? {});
}

/**
 * Gated recurrent unit, with gates in the order r, z, n: `hₜ = (1 – σ(z)) tanh(W x + b + σ(r) (U h + c)) + σ(z) hₜ₋₁`. Otherwise as {@link rnn}. The reset gate
 * multiplies after the product with U, as in PyTorch and in Keras with `reset_after`; the paper has it before.
 *
 * @example
 * const layer = nn.gru(8, 16, { batchFirst: true });
 * layer.apply(layer.init(random(0)), zeros([2, 5, 8])).shape // [2, 5, 16]
 * @throws ShapeError `gru: an input of shape [2, 5, 7] where [?, ?, 8] is needed`
 * @see Cho et al., Learning Phrase Representations using RNN Encoder-Decoder (2014)
 */
export function gru<const I extends number, const H extends number, const O extends RecurrentOptions = {}>(
  inputSize: I,
  hiddenSize: H,
  options?: O,
): Recurrent<RecurrentFlow<"gru", I, Width<H, O>>> {
  return recurrent("gru", "gru", inputSize, hiddenSize, options ?? {});
}

function recurrent<F extends Flow>(
  name: string,
  kind: Kind,
  inputSize: number,
  hiddenSize: number,
  { numLayers = 1, bias = true, batchFirst = false, bidirectional = false }: RecurrentOptions,
): Recurrent<F> {
  checkSizes(name, { inputSize, hiddenSize, numLayers });
  const { gates, hasCell, step } = cells[kind];
  const directions = bidirectional ? ["", "Reverse"] : [""];
  const width = hiddenSize * directions.length;
  const initializer = within(1 / Math.sqrt(hiddenSize));
  const rows = gates * hiddenSize;
  const parameters: Declarations = Object.fromEntries(
    Array.from({ length: numLayers }, (_, l) =>
      directions.flatMap((direction) => {
        const at = `L${l}${direction}`;
        return [
          [`weightIh${at}`, { shape: [rows, l === 0 ? inputSize : width], initializer }],
          [`weightHh${at}`, { shape: [rows, hiddenSize], initializer }],
          ...(bias
            ? [
                [`biasIh${at}`, { shape: [rows], initializer }],
                [`biasHh${at}`, { shape: [rows], initializer }],
              ]
            : []),
        ] as const;
      }),
    ).flat(),
  );

  const flow = (x: Sketch): Sketch => {
    if (!isOpen(x) && (x.length !== 3 || !agree(x[2], inputSize)))
      throw new ShapeError(`${name}: an input of shape ${writeSketch(x)} where [?, ?, ${inputSize}] is needed`);
    return [sizeAt(x, 0), sizeAt(x, 1), width];
  };

  /** One layer in one direction: the outputs in the order of time, and the last states. */
  const runOne = (params: RecurrentParams, x: Tensor, at: string, reverse: boolean, hidden: Tensor, cell: Tensor) => {
    const affineOf = (input: Tensor, which: "Ih" | "Hh") => {
      const bias = params[`bias${which}${at}`];
      return affine(input, { weight: params[`weight${which}${at}`]!, ...(bias && { bias }) });
    };
    const inputs = affineOf(x, "Ih");
    const outputs: Tensor[] = [];
    let [h, c] = [hidden, cell];
    const length = x.shape[0]!;
    for (let t = 0; t < length; t++) {
      const now = reverse ? length - 1 - t : t;
      [h, c] = step(inputs.at(now), affineOf(h, "Hh"), h, c);
      outputs[now] = h;
    }
    return { output: stack(outputs) as Tensor, hidden: h, cell: c };
  };

  const run = (params: RecurrentParams, given: Tensor, start: Hidden = {}) => {
    flow(given.shape);
    checkParameters(name, parameters, params);
    let x = batchFirst ? given.transpose(0, 1) : given;
    if (x.shape[0] === 0)
      throw new ShapeError(`${name}: an input of shape ${writeSketch(given.shape)} where at least 1 step is needed`);
    const shape = [numLayers * directions.length, x.shape[1]!, hiddenSize];
    const before = {
      hidden: start.hidden ?? zeros(shape, { dtype: x.dtype }),
      cell: start.cell ?? zeros(shape, { dtype: x.dtype }),
    };
    checkFit(`${name}: a first hidden state`, before.hidden.shape, shape);
    checkFit(`${name}: a first cell state`, before.cell.shape, shape);
    const ends: { hidden: Tensor; cell: Tensor }[] = [];
    for (let l = 0; l < numLayers; l++) {
      const below = x;
      const runs = directions.map((direction, k) => {
        const i = l * directions.length + k;
        return runOne(params, below, `L${l}${direction}`, k === 1, before.hidden.at(i), before.cell.at(i));
      });
      ends.push(...runs);
      x =
        runs.length === 1
          ? runs[0]!.output
          : (concat(
              runs.map((each) => each.output),
              -1,
            ) as Tensor);
    }
    return {
      output: (batchFirst ? x.transpose(0, 1) : x) as never,
      hidden: stack(ends.map((each) => each.hidden)) as Tensor,
      ...(hasCell && { cell: stack(ends.map((each) => each.cell)) as Tensor }),
    };
  };

  const settings = [
    inputSize,
    hiddenSize,
    ...(numLayers > 1 ? [`${numLayers} layers`] : []),
    ...(bidirectional ? ["bidirectional"] : []),
  ];
  const made = layer<F, RecurrentParams, None>({
    name,
    settings,
    parameters,
    flow,
    run: (params, x) => run(params, x).output,
  });
  return Object.assign(made, { run });
}
