import { findClasses, toNumbers } from "../../metric/classes.ts";
import { type Labels, type Numbers, toLabels, toRows } from "../../metric/input.ts";
import { ShapeError } from "../../tensor/shape/shape.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toClassNames } from "../classNames.ts";
import { toCount, toPercent } from "../text.ts";
import { type Drawn, describeDrawn, drawPoints, findDrawn } from "./drawPoints.ts";
import { findPrincipal } from "./principal.ts";

export interface EmbeddingOptions extends ChartOptions {
  /** What the classes are called: those of a data set. */
  classNames?: readonly string[] | undefined;
  /** The names of the two dimensions, of points that have no more. Default "dimension 1" and "dimension 2". */
  featureNames?: readonly string[];
}

export interface EmbeddingNumbers {
  /** The place of each row, `[N, 2]`, row by row. */
  readonly points: Float64Array;
  /** The share of the variance along each axis; nothing for points of two dimensions, which stay as they are. */
  readonly explained: readonly [number, number] | undefined;
  /** What the features weigh in each axis; nothing for points of two dimensions. */
  readonly components: readonly [readonly number[], readonly number[]] | undefined;
  readonly classes: readonly string[];
}

/** An eigenproblem of this size takes seconds. */
const MOST_FEATURES = 1024;

/**
 * Rows of features as points on a page, by class: those of two dimensions as they are (t-SNE and UMAP make such), others along their two principal components. Features are not
 * scaled: `data.standardize` does that. Zoom, move, and click a name of the legend to see one class.
 *
 * Options: `classNames`, `featureNames`, `title`, `width`, `height`.
 *
 * @example
 * const { features, target, classNames } = data.iris();
 * chart.embedding(features, target, { classNames })
 * // "150 points of 3 classes along two principal components, which hold 92.5% and 5.31% of the variance."
 * @throws ShapeError `embedding: rows of 1 feature where at least 2 are needed.`
 * @throws RangeError `embedding: nothing can be drawn of 3 points.`
 * @throws ShapeError `embedding: 150 rows of features do not match 100 labels.`
 */
export function embedding(
  features: Numbers,
  target?: Labels,
  { classNames, featureNames = ["dimension 1", "dimension 2"], ...options }: EmbeddingOptions = {},
): Chart<EmbeddingNumbers> {
  const { data, rows, columns, isVector } = toRows("embedding", "features", features);
  if (rows === 0) throw new ShapeError("embedding: at least one point is needed, got none.");
  if (isVector || columns < 2) throw new ShapeError("embedding: rows of 1 feature where at least 2 are needed.");
  if (columns > MOST_FEATURES)
    throw new ShapeError(`embedding: rows of ${columns} features where at most ${MOST_FEATURES} can be decomposed.`);
  const labels = target === undefined ? undefined : toLabels("embedding", "labels", target);
  if (labels && labels.length !== rows)
    throw new ShapeError(`embedding: ${rows} rows of features do not match ${labels.length} labels.`);
  const classes = labels ? findClasses("embedding", labels) : [];
  const names = toClassNames("embedding", classes, labels && classNames);
  const found = columns === 2 ? undefined : reduce(data, rows, columns);
  const points = found?.points ?? Float64Array.from(data);
  const places = labels && toNumbers(labels, classes);
  const shown = {
    x: points.filter((_, i) => i % 2 === 0),
    y: points.filter((_, i) => i % 2 === 1),
    label: places && Array.from(places, (k) => names[k]!),
    size: undefined,
    classes: names,
  };
  const titles = found
    ? found.explained.map((share, i) => `component ${i + 1} (${toPercent(share)} of variance)`)
    : featureNames;
  const scales = { xScale: "linear", yScale: "linear" } as const;
  const drawn = findDrawn(shown, scales);
  if (drawn.finite === 0) throw new RangeError(`embedding: nothing can be drawn of ${toCount(rows, "point")}.`);
  const look = {
    xTitle: titles[0]!,
    yTitle: titles[1]!,
    sizeTitle: "",
    ...scales,
    options: { title: "Embedding", ...options },
  };
  const { spec, rows: table } = drawPoints(shown, drawn, look);
  const numbers = { points, explained: found?.explained, components: found?.components, classes: names };
  return new Chart(spec, describe(numbers, drawn), numbers, table);
}

/** Rows with something that is not finite have no place, and no say. */
function reduce(data: ArrayLike<number>, rows: number, columns: number): ReturnType<typeof findPrincipal> {
  const whole: number[] = [];
  for (let i = 0; i < rows; i++) {
    let isWhole = true;
    for (let a = 0; a < columns; a++) isWhole &&= Number.isFinite(data[i * columns + a]);
    if (isWhole) whole.push(i);
  }
  if (whole.length === rows) return findPrincipal(data, rows, columns);
  const kept = new Float64Array(whole.length * columns);
  whole.forEach((row, i) => {
    for (let a = 0; a < columns; a++) kept[i * columns + a] = data[row * columns + a]!;
  });
  const found = findPrincipal(kept, whole.length, columns);
  const points = new Float64Array(2 * rows).fill(Number.NaN);
  whole.forEach((row, i) => {
    points.set(found.points.subarray(2 * i, 2 * i + 2), 2 * row);
  });
  return { ...found, points };
}

function describe({ explained, classes }: EmbeddingNumbers, drawn: Drawn): string {
  const of = classes.length > 0 ? ` of ${toCount(classes.length, "class")}` : "";
  const along = explained
    ? ` along two principal components, which hold ${explained.map(toPercent).join(" and ")} of the variance`
    : " in two dimensions";
  return `${toCount(drawn.finite, "point")}${of}${along}.${describeDrawn(drawn)}`;
}
