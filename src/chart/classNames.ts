import type { Label } from "../metric/input.ts";

/**
 * What classes are called on a chart: by label where labels count the names (as those of a data set do), else in their order; the labels themselves
 * unless names are given.
 *
 * @throws RangeError `confusionMatrix: 2 class names do not match 3 classes.`
 * @throws RangeError `confusionMatrix: the class name "cat" stands twice.`
 */
export function toClassNames(name: string, classes: readonly Label[], given?: readonly string[] | undefined): string[] {
  if (given === undefined) return classes.map(String);
  const isIndex = classes.every((label) => typeof label === "number" && given[label] !== undefined);
  if (!isIndex && given.length !== classes.length)
    throw new RangeError(`${name}: ${given.length} class names do not match ${classes.length} classes.`);
  const names = classes.map((label, i) => given[isIndex ? (label as number) : i]!);
  const twice = names.find((each, i) => names.indexOf(each) < i);
  if (twice !== undefined) throw new RangeError(`${name}: the class name "${twice}" stands twice.`);
  return names;
}
