import { type ClassOptions, type Counts, count, encode, findClasses, sum } from "./classes.ts";
import { checkLabels, type Label, type Labels } from "./input.ts";

/** How the numbers of several classes become one: `"binary"` looks at one class only, `"none"` gives one number for each class. */
export type Average = "binary" | "micro" | "macro" | "weighted" | "none";

export interface AverageOptions<A extends Average = Average> extends ClassOptions {
  /**
   * `"binary"` (unless given): the class `posLabel` of two. `"micro"`: counts added up over the classes. `"macro"`: the mean over the classes.
   * `"weighted"`: the mean weighted by the size of each class. `"none"`: one number for each class.
   */
  readonly average?: A;
  /** The positive class for `"binary"`: 1 unless given. */
  readonly posLabel?: Label;
  /** The value of 0 / 0: 0 unless given; NaN is left out of a mean. */
  readonly zeroDivision?: number;
}

/** One number, or one for each class. */
export type Averaged<A extends Average> = A extends "none" ? number[] : number;

/** A share from what was hit, guessed and there. */
export type Ratio = (hits: number, guessed: number, there: number) => readonly [over: number, under: number];

/** A ratio of each class, averaged: what precision, recall and F have in common. */
export function averageRatio<A extends Average>(
  name: string,
  yTrue: Labels,
  yPred: Labels,
  options: AverageOptions<A>,
  ratio: Ratio,
): Averaged<A> {
  const { average = "binary", zeroDivision = 0 } = options as AverageOptions;
  if (!["binary", "micro", "macro", "weighted", "none"].includes(average))
    throw new RangeError(
      `${name}: average must be "binary", "micro", "macro", "weighted" or "none", got "${average}".`,
    );
  const labels = average === "binary" ? [findPositive(name, yTrue, yPred, options)] : undefined;
  const counts = count(encode(name, yTrue, yPred, labels ? { ...options, labels } : options));
  const values = toRatios(average === "micro" ? addUp(counts) : counts, ratio, zeroDivision);
  if (average === "none") return values as Averaged<A>;
  if (average === "weighted") return toMean(values, counts.there) as Averaged<A>;
  return toMean(values) as Averaged<A>;
}

export function toRatios({ hits, guessed, there }: Counts, ratio: Ratio, zeroDivision: number): number[] {
  return Array.from(hits, (_, i) => {
    const [over, under] = ratio(hits[i]!, guessed[i]!, there[i]!);
    return under === 0 ? zeroDivision : over / under;
  });
}

/** The counts of all classes as those of one. */
export function addUp({ hits, guessed, there }: Counts): Counts {
  const add = (values: Float64Array) => Float64Array.of(sum(values));
  return { hits: add(hits), guessed: add(guessed), there: add(there) };
}

/** The mean of what is not NaN; without weights where all of them are 0. */
export function toMean(values: readonly number[], weights?: ArrayLike<number>): number {
  const used = values.flatMap((value, i) => (Number.isNaN(value) ? [] : [[value, weights?.[i] ?? 1] as const]));
  if (used.length === 0) return Number.NaN;
  const total = used.reduce((all, [, weight]) => all + weight, 0);
  if (total === 0) return used.reduce((all, [value]) => all + value, 0) / used.length;
  return used.reduce((all, [value, weight]) => all + value * weight, 0) / total;
}

function findPositive(name: string, yTrue: Labels, yPred: Labels, { posLabel = 1 }: AverageOptions): Label {
  const classes = findClasses(name, ...checkLabels(name, yTrue, yPred));
  const written = classes.map((label) => JSON.stringify(label)).join(", ");
  if (classes.length > 2)
    throw new RangeError(
      `${name}: average "binary" does not fit ${classes.length} classes (${written}): say "macro", "micro", "weighted" or "none".`,
    );
  const positive = typeof classes[0] === "boolean" && posLabel === 1 ? true : posLabel;
  if (classes.length === 2 && !classes.includes(positive))
    throw new RangeError(`${name}: posLabel ${JSON.stringify(posLabel)} is not one of ${written}.`);
  return positive;
}
