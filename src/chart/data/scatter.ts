import { findClasses, toNumbers } from "../../metric/classes.ts";
import { type Labels, type Numbers, toLabels, toVector } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toClassNames } from "../classNames.ts";
import { toCount, toText } from "../text.ts";
import { type Drawn, describeDrawn, drawPoints, findDrawn } from "./drawPoints.ts";

/** A point for each row. */
export interface ScatterData {
  x: Numbers;
  y: Numbers;
  /** The class of each point: its colour and shape. */
  label?: Labels;
  /** The area of each point; negative ones cannot be drawn. */
  size?: Numbers;
}

export interface ScatterOptions extends ChartOptions {
  /** The names of the axes, with their units. Default "x" and "y". */
  xTitle?: string;
  yTitle?: string;
  /** What the size says. Default "size". */
  sizeTitle?: string;
  /** A logarithmic axis leaves out what is not positive. Default "linear". */
  xScale?: "linear" | "log";
  yScale?: "linear" | "log";
  /** What the classes are called: those of a data set. */
  classNames?: readonly string[] | undefined;
}

export interface ScatterNumbers {
  /** How many points can be drawn. */
  readonly count: number;
  readonly classes: readonly string[];
  /** Pearson's, over all points that can be drawn; NaN where x or y does not vary. */
  readonly correlation: number;
}

/**
 * A point for each pair of numbers, classes by colour and shape. Drag to move, turn the wheel to zoom, click a name of the legend to see one class. Of more than 2,000 points every
 * k-th is drawn.
 *
 * Options: `xTitle`, `yTitle`, `sizeTitle`, `xScale`, `yScale` ("linear"), `classNames`, `title`, `width`, `height`.
 *
 * @example
 * chart.scatter({ x: [1, 2, 3], y: [2, 4, 5], label: ["a", "a", "b"] })
 * // "3 points of 2 classes; x and y correlate with 0.982."
 * @throws RangeError `scatter: 3 x do not match 2 y.`
 * @throws RangeError `scatter: at least one point is needed, got none.`
 * @throws RangeError `scatter: nothing can be drawn of 3 points.`
 */
export function scatter(
  { x, y, label, size }: ScatterData,
  {
    xTitle = "x",
    yTitle = "y",
    sizeTitle = "size",
    xScale = "linear",
    yScale = "linear",
    classNames,
    ...options
  }: ScatterOptions = {},
): Chart<ScatterNumbers> {
  const [xs, ys] = [toVector("scatter", "x", x), toVector("scatter", "y", y)];
  const sizes = size === undefined ? undefined : toVector("scatter", "sizes", size);
  const labels = label === undefined ? undefined : toLabels("scatter", "labels", label);
  for (const [what, each] of [
    ["y", ys],
    ["sizes", sizes],
    ["labels", labels],
  ] as const)
    if (each && each.length !== xs.length)
      throw new RangeError(`scatter: ${xs.length} x do not match ${each.length} ${what}.`);
  if (xs.length === 0) throw new RangeError("scatter: at least one point is needed, got none.");
  const classes = labels ? findClasses("scatter", labels) : [];
  const names = toClassNames("scatter", classes, labels && classNames);
  const places = labels && toNumbers(labels, classes);
  const points = { x: xs, y: ys, label: places && Array.from(places, (k) => names[k]!), size: sizes, classes: names };
  const drawn = findDrawn(points, { xScale, yScale });
  if (drawn.finite === 0) throw new RangeError(`scatter: nothing can be drawn of ${toCount(xs.length, "point")}.`);
  const look = { xTitle, yTitle, sizeTitle, xScale, yScale, options };
  const { spec, rows } = drawPoints(points, drawn, look);
  const numbers = { count: drawn.finite, classes: names, correlation: correlate(xs, ys) };
  return new Chart(spec, describe(numbers, drawn, look), numbers, rows);
}

/** In two passes, over pairs of finite numbers. */
function correlate(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const isPair = (i: number) => Number.isFinite(x[i]) && Number.isFinite(y[i]);
  let [n, sumX, sumY] = [0, 0, 0];
  for (let i = 0; i < x.length; i++)
    if (isPair(i)) {
      n++;
      sumX += x[i]!;
      sumY += y[i]!;
    }
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++)
    if (isPair(i)) {
      const [dx, dy] = [x[i]! - sumX / n, y[i]! - sumY / n];
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}

function describe(
  { classes, correlation }: ScatterNumbers,
  drawn: Drawn,
  { xTitle, yTitle }: { xTitle: string; yTitle: string },
): string {
  const of = classes.length > 0 ? ` of ${toCount(classes.length, "class")}` : "";
  const relation = Number.isNaN(correlation) ? "" : `; ${xTitle} and ${yTitle} correlate with ${toText(correlation)}`;
  return `${toCount(drawn.finite, "point")}${of}${relation}.${describeDrawn(drawn)}`;
}
