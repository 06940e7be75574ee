import { describe } from "../tensor/describe.ts";
import {
  type Checked,
  type Same,
  type Shape,
  ShapeError,
  type Size,
  type Wrong,
  writeShape,
} from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** What a label may be. */
export type Label = number | string | boolean;

/** Labels: a tensor of shape `[N]`, an array or a typed array of numbers, strings or booleans. */
export type Labels = Tensor | ArrayLike<Label>;

/** Numbers: a tensor, an array, a typed array, or for several columns an array of rows. */
export type Numbers = Tensor | ArrayLike<number> | readonly ArrayLike<number>[];

/** How much each row counts. */
export interface Weighted {
  /** One weight for each row: 1 unless given. */
  readonly sampleWeight?: Tensor | ArrayLike<number> | undefined;
}

/** Rows of equally many columns; one column is a vector. */
export interface Rows {
  readonly data: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
  readonly isVector: boolean;
}

/** Two lists of labels of one length. */
export function checkLabels(
  name: string,
  yTrue: Labels,
  yPred: Labels,
): readonly [yTrue: ArrayLike<Label>, yPred: ArrayLike<Label>] {
  const pair = [toLabels(name, "labels", yTrue), toLabels(name, "predictions", yPred)] as const;
  checkLengths(name, pair[0].length, pair[1].length);
  checkNotNaN(name, "labels", pair[0]);
  checkNotNaN(name, "predictions", pair[1]);
  return pair;
}

/** NaN is no label: it is equal to none, not even to itself. */
function checkNotNaN(name: string, what: string, labels: ArrayLike<Label>): void {
  for (let i = 0; i < labels.length; i++)
    if (Number.isNaN(labels[i])) throw new RangeError(`${name}: ${what} have NaN at ${i}.`);
}

/** `accuracy: 4 labels do not match 5 predictions.` */
export function checkLengths(name: string, labels: number, predictions: number, what = "predictions"): void {
  if (labels !== predictions) throw new ShapeError(`${name}: ${labels} labels do not match ${predictions} ${what}.`);
  if (labels === 0) throw new ShapeError(`${name}: 0 labels where at least 1 is needed.`);
}

/** `unknown` unless labels and what stands beside them are two tensors `[N]` of lengths that are known and differ; else the sentence of {@link checkLengths}. */
export type Paired<Name extends string, What extends string, T, P> = Checked<
  readonly [T, P] extends readonly [Tensor<readonly [infer N extends Size]>, Tensor<readonly [infer M extends Size]>]
    ? Same<N, M> extends true
      ? unknown
      : Wrong<`${Name}: ${N} labels do not match ${M} ${What}.`>
    : unknown
>;

/** Labels in one axis. */
export function toLabels(name: string, what: string, labels: Labels): ArrayLike<Label> {
  if (!(labels instanceof Tensor)) {
    if (!isList(labels)) throw new TypeError(`${name}: ${what} must be a list, got ${describe(labels)}.`);
    return labels;
  }
  if (labels.shape.length === 2 && what === "predictions")
    throw new ShapeError(
      `${name}: ${what} of shape ${writeShape(labels.shape)} where [N] is needed: argmax(-1) makes labels of scores.`,
    );
  checkRank(name, what, labels.shape, "[N]", [1]);
  return labels.data;
}

/** Numbers in one or two axes; an array of rows is checked for even width. */
export function toRows(name: string, what: string, numbers: Numbers): Rows {
  if (numbers instanceof Tensor) {
    checkRank(name, what, numbers.shape, "[N] or [N, C]", [1, 2]);
    const [rows, columns] = numbers.shape;
    return { data: numbers.data, rows: rows!, columns: columns ?? 1, isVector: columns === undefined };
  }
  if (!isList(numbers)) throw new TypeError(`${name}: ${what} must be numbers, got ${describe(numbers)}.`);
  const first: unknown = numbers[0];
  if (!isList(first)) {
    checkNumbers(name, what, numbers as ArrayLike<number>);
    return { data: numbers as ArrayLike<number>, rows: numbers.length, columns: 1, isVector: true };
  }
  const table = Array.from(numbers as ArrayLike<ArrayLike<number>>);
  const odd = table.findIndex((row) => row.length !== first.length);
  if (odd >= 0)
    throw new ShapeError(`${name}: ${what} have ${table[odd]!.length} values in row ${odd}, ${first.length} in row 0.`);
  for (const row of table) checkNumbers(name, what, row);
  return { data: table.flatMap((row) => Array.from(row)), rows: table.length, columns: first.length, isVector: false };
}

/** An array, or what is like one. */
function isList(value: unknown): value is ArrayLike<unknown> {
  return typeof value === "object" && value !== null && "length" in value;
}

/** Text that looks like numbers would be drawn, and added up, as text. */
function checkNumbers(name: string, what: string, values: ArrayLike<unknown>): void {
  if (ArrayBuffer.isView(values) && typeof values[0] === "number") return;
  for (let i = 0; i < values.length; i++)
    if (typeof values[i] !== "number")
      throw new TypeError(`${name}: ${what} must be numbers, got ${describe(values[i])} at ${i}.`);
}

/** One number for each row. */
export function toVector(name: string, what: string, numbers: Numbers): ArrayLike<number> {
  const { data, isVector, rows, columns } = toRows(name, what, numbers);
  if (!isVector) throw new ShapeError(`${name}: ${what} of shape [${rows}, ${columns}] where [N] is needed.`);
  return data;
}

/** A weight for each of `rows` rows: ones unless given. */
export function toWeights(name: string, { sampleWeight }: Weighted, rows: number): ArrayLike<number> {
  if (sampleWeight === undefined) return new Float64Array(rows).fill(1);
  const weights = toVector(name, "weights", sampleWeight);
  if (weights.length !== rows) throw new ShapeError(`${name}: ${weights.length} weights do not match ${rows} labels.`);
  for (let i = 0; i < rows; i++)
    if (!Number.isFinite(weights[i])) throw new RangeError(`${name}: weight ${weights[i]} at ${i} is not finite.`);
  return weights;
}

/** Scores that can be compared: no NaN. */
export function checkComparable(name: string, scores: ArrayLike<number>): void {
  for (let i = 0; i < scores.length; i++)
    if (Number.isNaN(scores[i])) throw new RangeError(`${name}: score NaN at ${i} cannot be compared.`);
}

/** Probabilities lie between 0 and 1. */
export function checkProbabilities(name: string, scores: ArrayLike<number>): void {
  for (let i = 0; i < scores.length; i++)
    if (!(scores[i]! >= 0 && scores[i]! <= 1))
      throw new RangeError(`${name}: probability ${scores[i]} at ${i} does not lie in [0, 1].`);
}

function checkRank(name: string, what: string, shape: Shape, want: string, ranks: readonly number[]): void {
  if (!ranks.includes(shape.length))
    throw new ShapeError(`${name}: ${what} of shape ${writeShape(shape)} where ${want} is needed.`);
}
