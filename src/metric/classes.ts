import { checkLabels, type Label, type Labels, toWeights, type Weighted } from "./input.ts";

/** Labels as numbers of their classes. */
export interface Encoded {
  /** The classes in order. */
  readonly classes: readonly Label[];
  /** The number of the class, by row; −1 for one that was not asked for. */
  readonly truth: Int32Array;
  readonly guess: Int32Array;
  readonly weights: ArrayLike<number>;
}

/** How rows are counted: weights, and which classes in which order. */
export interface ClassOptions extends Weighted {
  /** The classes to look at, in this order: all that occur, sorted, unless given. */
  readonly labels?: readonly Label[];
}

/** The classes of two lists of labels, and both lists in terms of them. */
export function encode(name: string, yTrue: Labels, yPred: Labels, options: ClassOptions = {}): Encoded {
  const [truth, guess] = checkLabels(name, yTrue, yPred);
  const weights = toWeights(name, options, truth.length);
  const classes = options.labels ?? findClasses(name, truth, guess);
  if (classes.length === 0) throw new RangeError(`${name}: 0 labels to look at where at least 1 is needed.`);
  return { classes, truth: toNumbers(truth, classes), guess: toNumbers(guess, classes), weights };
}

/** All labels that occur, numbers by size, text by its characters. */
export function findClasses(name: string, ...lists: readonly ArrayLike<Label>[]): Label[] {
  const seen = new Set<Label>();
  for (const list of lists) for (let i = 0; i < list.length; i++) seen.add(list[i]!);
  const classes = [...seen];
  const odd = classes.find((label) => typeof label !== typeof classes[0]);
  if (odd !== undefined)
    throw new TypeError(`${name}: labels ${JSON.stringify(classes[0])} and ${JSON.stringify(odd)} are of two kinds.`);
  return classes.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Each label's place in `classes`, −1 if it has none. */
export function toNumbers(labels: ArrayLike<Label>, classes: readonly Label[]): Int32Array {
  const places = new Map(classes.map((label, i) => [label, i]));
  return Int32Array.from({ length: labels.length }, (_, i) => places.get(labels[i]!) ?? -1);
}

/** Per class: what was guessed right, what was guessed, what there was; weights added up. */
export interface Counts {
  readonly hits: Float64Array;
  readonly guessed: Float64Array;
  readonly there: Float64Array;
}

export function count({ classes, truth, guess, weights }: Encoded): Counts {
  const make = () => new Float64Array(classes.length);
  const counts = { hits: make(), guessed: make(), there: make() };
  for (let i = 0; i < truth.length; i++) {
    const [is, says, weight] = [truth[i]!, guess[i]!, weights[i]!];
    if (is >= 0) counts.there[is]! += weight;
    if (says >= 0) counts.guessed[says]! += weight;
    if (is >= 0 && is === says) counts.hits[is]! += weight;
  }
  return counts;
}

/** Rows are targets, columns predictions; weights added up. */
export function cross({ classes, truth, guess, weights }: Encoded): Float64Array {
  const k = classes.length;
  const matrix = new Float64Array(k * k);
  for (let i = 0; i < truth.length; i++)
    if (truth[i]! >= 0 && guess[i]! >= 0) matrix[truth[i]! * k + guess[i]!]! += weights[i]!;
  return matrix;
}

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
