import type { Fit } from "../tensor/shape/fit.ts";
import {
  type Checked,
  type Ranked,
  type Same,
  type Shape,
  ShapeError,
  type Size,
  type Write,
  type Wrong,
} from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { toMean } from "./average.ts";
import { checkLengths, type Numbers, type Rows, toRows, toWeights, type Weighted } from "./input.ts";

/** How the numbers of several outputs become one. */
export type Multioutput = "uniformAverage" | "rawValues";

export interface RegressionOptions<M extends string = Multioutput> extends Weighted {
  /** For targets `[N, M]`: the mean over the outputs (`"uniformAverage"`, unless given), or one number for each (`"rawValues"`). */
  readonly multioutput?: M;
}

/** One number, or one for each output. */
export type Outputs<M extends string> = M extends "rawValues" ? number[] : number;

/** Targets and predictions of one shape, with weights. */
export interface Pair {
  readonly truth: Rows;
  readonly guess: Rows;
  readonly weights: ArrayLike<number>;
}

/** `unknown` unless targets and predictions are two tensors of shapes that are known and differ; else the sentence of {@link checkPair}. */
export type Aligned<Name extends string, T, P> = Checked<
  readonly [T, P] extends readonly [Tensor<infer A extends Shape>, Tensor<infer B extends Shape>]
    ? readonly [Ranked<A>, Ranked<B>] extends readonly [true, true]
      ? AreAligned<Name, A, B>
      : unknown
    : unknown
>;
type Column = readonly [] | readonly [Size];
type AreAligned<Name extends string, A extends Shape, B extends Shape> = readonly [A, B] extends readonly [
  readonly [infer N extends Size, ...infer C extends Column],
  readonly [infer M extends Size, ...infer D extends Column],
]
  ? Fit<C, D> extends true
    ? Same<N, M> extends true
      ? unknown
      : Wrong<`${Name}: ${N} labels do not match ${M} predictions.`>
    : Wrong<`${Name}: targets of shape [${Write<A>}] do not match predictions of shape [${Write<B>}].`>
  : unknown;

/** `mse: 4 labels do not match 5 predictions.`, and `[N]` never goes with `[N, 1]`. */
export function checkPair(name: string, yTrue: Numbers, yPred: Numbers, options: Weighted): Pair {
  const [truth, guess] = [toRows(name, "targets", yTrue), toRows(name, "predictions", yPred)];
  if (truth.isVector !== guess.isVector || truth.columns !== guess.columns)
    throw new ShapeError(
      `${name}: targets of shape ${write(truth)} do not match predictions of shape ${write(guess)}.`,
    );
  checkLengths(name, truth.rows, guess.rows);
  return { truth, guess, weights: toWeights(name, options, truth.rows) };
}

/** The weighted mean of a function of target and prediction, by output. */
export function meanOf({ truth, guess, weights }: Pair, error: (y: number, p: number) => number): number[] {
  const totals = new Float64Array(truth.columns);
  let total = 0;
  for (let row = 0, at = 0; row < truth.rows; row++) {
    total += weights[row]!;
    for (let i = 0; i < truth.columns; i++, at++) totals[i]! += weights[row]! * error(truth.data[at]!, guess.data[at]!);
  }
  return Array.from(totals, (n) => n / total);
}

/** The numbers of the outputs as they were asked for. */
export function combine<M extends string>(
  name: string,
  values: readonly number[],
  multioutput: M | undefined,
): Outputs<M> {
  const how: string = multioutput ?? "uniformAverage";
  if (how === "rawValues") return values as Outputs<M>;
  if (how === "uniformAverage") return toMean(values) as Outputs<M>;
  throw new RangeError(`${name}: multioutput must be "uniformAverage" or "rawValues", got "${how}".`);
}

function write({ rows, columns, isVector }: Rows): string {
  return isVector ? `[${rows}]` : `[${rows}, ${columns}]`;
}
