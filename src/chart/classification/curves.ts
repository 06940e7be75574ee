import { type Label, type Labels, type Numbers, toLabels, toRows, type Weighted } from "../../metric/input.ts";
import { findColumns } from "../../metric/topKAccuracy.ts";
import { ShapeError } from "../../tensor/shape/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { toClassNames } from "../classNames.ts";

/** CurveScores of one model, `[N]` for the positive class or `[N, C]` for each; or several models by name. */
export type CurveScores = Numbers | Readonly<Record<string, Numbers>>;

/** Which class is positive, and what classes are called. */
export interface CurveOptions extends Weighted {
  /** The positive class: 1 unless given; labels other than 0, 1 and –1, 1 need it. */
  posLabel?: Label;
  /** What the columns of scores stand for: the classes in the target, sorted, unless given. */
  labels?: readonly Label[];
  /** What the classes are called: those of a data set. */
  classNames?: readonly string[] | undefined;
}

/** One question with two answers, and scores for the positive one. */
export interface Question {
  /** The name of the model or of the class; nothing for a single curve. */
  readonly name: string | undefined;
  readonly truth: Labels;
  readonly scores: Numbers;
  readonly posLabel?: Label;
}

/** The curves to draw: one for scores `[N]`, one for each class against the rest, one for each model. */
export function toQuestions(name: string, yTrue: Labels, yScore: CurveScores, options: CurveOptions): Question[] {
  const labels = toLabels(name, "labels", yTrue);
  if (labels.length === 0) throw new ShapeError(`${name}: 0 labels where at least 1 is needed.`);
  const positive = options.posLabel === undefined ? {} : { posLabel: options.posLabel };
  if (isByName(yScore)) {
    checkTwo(name, labels);
    const entries = Object.entries(yScore);
    if (entries.length === 0) throw new RangeError(`${name}: scores of at least one model are needed, got none.`);
    return entries.map(([model, scores]) => ({ name: model, truth: labels, scores, ...positive }));
  }
  const rows = toRows(name, "scores", yScore);
  if (rows.isVector) {
    checkTwo(name, labels);
    return [{ name: undefined, truth: labels, scores: yScore, ...positive }];
  }
  if (rows.rows !== labels.length)
    throw new ShapeError(`${name}: ${labels.length} labels do not match ${rows.rows} rows of scores.`);
  const classes = findColumns(name, labels, rows.columns, options.labels);
  const names = toClassNames(name, classes, options.classNames);
  return classes.map((label, k) => ({
    name: names[k]!,
    truth: Uint8Array.from({ length: labels.length }, (_, i) => Number(labels[i] === label)),
    scores: Float64Array.from({ length: rows.rows }, (_, i) => rows.data[i * rows.columns + k]!),
  }));
}

function isByName(scores: CurveScores): scores is Readonly<Record<string, Numbers>> {
  return !(scores instanceof Tensor) && !Array.isArray(scores) && !ArrayBuffer.isView(scores);
}

/** A rate over no rows is no number. */
function checkTwo(name: string, labels: ArrayLike<Label>): void {
  for (let i = 1; i < labels.length; i++) if (labels[i] !== labels[0]) return;
  throw new RangeError(`${name}: 1 class (${JSON.stringify(labels[0])}) where 2 are needed.`);
}
