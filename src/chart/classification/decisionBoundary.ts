import { findClasses, toNumbers } from "../../metric/classes.ts";
import { type Labels, type Numbers, toLabels, toRows } from "../../metric/input.ts";
import { ShapeError, writeShape } from "../../tensor/shape/shape.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toClassNames } from "../classNames.ts";
import { thin } from "../decimate.ts";
import type { Row } from "../row.ts";
import { toPoints } from "../series.ts";
import { toCount, toPercent } from "../text.ts";
import { type Predictor, predictClasses } from "./predictClasses.ts";

export interface DecisionBoundaryOptions extends ChartOptions {
  /** Cells of the grid along each axis, from 2 to 80. Default 50. */
  gridResolution?: number;
  /** The space around the points, as a part of their range. Default 0.1. */
  margin?: number;
  /** The names of both features, with their units. Default "x1" and "x2". */
  featureNames?: readonly string[];
  /** What the classes are called: those of a data set. */
  classNames?: readonly string[] | undefined;
}

export interface DecisionBoundaryNumbers {
  readonly classes: readonly string[];
  /** The middles of the columns and rows of cells. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The number of the class of each cell, by row from below. */
  readonly cells: readonly (readonly number[])[];
  /** The share of points that lie in a region of their class. */
  readonly accuracy: number;
}

/** Points that are drawn: more hide the regions. */
const MOST_POINTS = 1000;

/**
 * The regions of a classifier over two features, with the points it is judged by: the colour is the class, the stronger the surer. A model of ours, or a function from features
 * `[N, 2]` to labels `[N]` or probabilities `[N, K]`. scikit-learn's `DecisionBoundaryDisplay`.
 *
 * Options: `gridResolution` (50), `margin` (0.1), `featureNames`, `classNames`, `title`, `width`, `height`.
 *
 * @example
 * const { features, target } = data.moons(200, { seed: 1 });
 * chart.decisionBoundary(model.logisticRegression(features, target), features, target)
 * // "Regions of 2 classes over x1 and x2: 86.5% of 200 points lie in those of their own class."
 * @throws ShapeError `decisionBoundary: features of shape [150, 4] where [N, 2] is needed.`
 * @throws RangeError `decisionBoundary: row 0 of the probabilities sums to 3.2 where 1 is needed: softmax makes probabilities of logits.`
 * @throws RangeError `decisionBoundary: "cat" is predicted, which is not one of the classes 0, 1.`
 */
export function decisionBoundary(
  predictor: Predictor,
  features: Numbers,
  target: Labels,
  options: DecisionBoundaryOptions = {},
): Chart<DecisionBoundaryNumbers> {
  const { gridResolution: side = 50, margin = 0.1, featureNames = ["x1", "x2"], classNames, ...look } = options;
  if (!Number.isInteger(side) || side < 2 || side > 80)
    throw new RangeError(`decisionBoundary: gridResolution must be a whole number from 2 to 80, got ${side}.`);
  if (!(margin >= 0 && margin <= 10))
    throw new RangeError(`decisionBoundary: margin must lie in [0, 10], got ${margin}.`);
  const points = toRows("decisionBoundary", "features", features);
  if (points.columns !== 2 || points.isVector)
    throw new ShapeError(
      `decisionBoundary: features of shape ${writeShape(points.isVector ? [points.rows] : [points.rows, points.columns])} where [N, 2] is needed.`,
    );
  const labels = toLabels("decisionBoundary", "labels", target);
  if (labels.length !== points.rows)
    throw new ShapeError(`decisionBoundary: ${points.rows} rows of features do not match ${labels.length} labels.`);
  if (labels.length === 0) throw new ShapeError("decisionBoundary: at least one point is needed, got none.");
  const classes = findClasses("decisionBoundary", labels);
  const names = toClassNames("decisionBoundary", classes, classNames);
  const finite = findFinite(points.data, points.rows);
  if (finite.length === 0) throw new RangeError("decisionBoundary: none of the points is finite.");
  const own = Float64Array.from({ length: 2 * finite.length }, (_, i) => points.data[2 * finite[i >> 1]! + (i & 1)]!);
  const [xs, ys] = [0, 1].map((axis) => toMiddles(own, axis, side, margin)) as [Axis, Axis];
  const grid = Float32Array.from({ length: 2 * side * side }, (_, i) =>
    i % 2 === 0 ? xs.middles[(i >> 1) % side]! : ys.middles[Math.floor((i >> 1) / side)]!,
  );
  const cells = predictClasses(predictor, grid, classes);
  const { guess } = predictClasses(predictor, Float32Array.from(own), classes);
  const truth = toNumbers(labels, classes);
  const right = finite.filter((i, n) => truth[i] === guess[n]).length;
  const numbers = {
    classes: names,
    x: xs.middles,
    y: ys.middles,
    cells: ys.middles.map((_, row) => Array.from(cells.guess.slice(row * side, (row + 1) * side))),
    accuracy: right / finite.length,
  };
  const kept = thin(finite.length, MOST_POINTS);
  const rows = kept.map((n) => ({
    x1: points.data[2 * finite[n]!]!,
    x2: points.data[2 * finite[n]! + 1]!,
    class: names[truth[finite[n]!]!]!,
    predicted: names[guess[n]!]!,
  }));
  const regions = Array.from(cells.guess, (guess, i) => ({
    x1: round(xs.edges[i % side]!),
    x2: round(ys.edges[Math.floor(i / side)]!),
    class: names[guess]!,
    ...(cells.sure && { probability: Number(cells.sure[i]!.toFixed(3)) }),
  }));
  const spec = draw({ regions, rows, names, xs, ys, featureNames, isSure: cells.sure !== undefined, look });
  return new Chart(spec, describe(numbers, finite.length, points.rows, kept.length, featureNames), numbers, rows);
}

interface Axis {
  readonly middles: readonly number[];
  readonly edges: readonly number[];
  readonly step: number;
}

function findFinite(data: ArrayLike<number>, rows: number): number[] {
  const finite: number[] = [];
  for (let i = 0; i < rows; i++) if (Number.isFinite(data[2 * i]) && Number.isFinite(data[2 * i + 1])) finite.push(i);
  return finite;
}

/** Cells of equal width along one axis of points `[N, 2]`, with a margin. */
function toMiddles(points: Float64Array, axis: number, side: number, margin: number): Axis {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = axis; i < points.length; i += 2) {
    low = Math.min(low, points[i]!);
    high = Math.max(high, points[i]!);
  }
  const range = high > low ? high - low : 1;
  const step = (range * (1 + 2 * margin) + (high > low ? 0 : 1)) / side;
  const start = (low + high) / 2 - (step * side) / 2;
  const edges = Array.from({ length: side + 1 }, (_, i) => start + i * step);
  return { edges, middles: edges.slice(0, side).map((edge) => edge + step / 2), step };
}

/** Five digits are finer than a pixel. */
function round(value: number): number {
  return Number(value.toPrecision(5));
}

interface Drawing {
  readonly regions: readonly Row[];
  readonly rows: readonly Row[];
  readonly names: readonly string[];
  readonly xs: Axis;
  readonly ys: Axis;
  readonly featureNames: readonly string[];
  readonly isSure: boolean;
  readonly look: ChartOptions;
}

function draw({ regions, rows, names, xs, ys, featureNames, isSure, look }: Drawing): Record<string, unknown> {
  const side = xs.middles.length;
  // A whole number of pixels for each cell: no seams between them.
  const pixels = side * Math.round(350 / side);
  const [x, y] = [xs, ys].map((axis, i) => ({
    field: `x${i + 1}`,
    type: "quantitative",
    title: featureNames[i],
    scale: { domain: [axis.edges[0], axis.edges[side]], nice: false, zero: false },
    axis: { grid: false, tickCount: 6 },
  }));
  const channels = toPoints(names, { field: "class", orient: "right" });
  const classes = [{ field: "class", type: "nominal" }];
  const lowest = 1 / names.length;
  return {
    title: "Decision boundary",
    width: pixels,
    height: pixels,
    ...look,
    layer: [
      {
        data: { values: regions },
        transform: [xs, ys].map(({ step }, i) => ({ calculate: `datum.x${i + 1} + ${step}`, as: `end${i + 1}` })),
        mark: { type: "rect", ...(isSure ? {} : { opacity: 0.35 }), clip: true },
        encoding: {
          x,
          y,
          x2: { field: "end1" },
          y2: { field: "end2" },
          color: channels["color"],
          ...(isSure && {
            opacity: {
              field: "probability",
              type: "quantitative",
              scale: { domain: [lowest === 1 ? 0 : lowest, 1], range: [0.08, 0.55], clamp: true },
              legend: null,
            },
          }),
          tooltip: [
            ...classes,
            ...(isSure ? [{ field: "probability", type: "quantitative", format: ".3f" }] : []),
            { field: "x1", type: "quantitative", title: featureNames[0], format: ".4~g" },
            { field: "x2", type: "quantitative", title: featureNames[1], format: ".4~g" },
          ],
        },
      },
      {
        data: { values: rows },
        mark: { type: "point", filled: true, size: 50, opacity: 1, stroke: "white", strokeWidth: 0.8 },
        encoding: {
          x,
          y,
          ...channels,
          tooltip: [
            ...classes,
            { field: "predicted", type: "nominal" },
            { field: "x1", type: "quantitative", title: featureNames[0], format: ".4~g" },
            { field: "x2", type: "quantitative", title: featureNames[1], format: ".4~g" },
          ],
        },
      },
    ],
  };
}

function describe(
  { classes, accuracy }: DecisionBoundaryNumbers,
  finite: number,
  points: number,
  drawn: number,
  [x, y]: readonly string[],
): string {
  const own = classes.length === 1 ? "that of its class" : "those of their own class";
  const notes = [
    ...(finite < points ? [`${points - finite} that are not finite are left out`] : []),
    ...(drawn < finite ? [`one of ${Math.ceil(finite / drawn)} is drawn`] : []),
  ];
  const said = notes.length > 0 ? ` (${notes.join(", ")})` : "";
  return `Regions of ${toCount(classes.length, "class")} over ${x} and ${y}: ${toPercent(accuracy)} of ${toCount(finite, "point")}${said} lie in ${own}.`;
}
