import { Tensor } from "../../tensor/tensor.ts";
import type { Tree } from "../../tensor/tree.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { thin } from "../decimate.ts";
import { toLegendSelection, toOpacity, toStrokes } from "../series.ts";
import type { Specification } from "../specification.ts";
import { toCount, toList, toText } from "../text.ts";
import { type Contour, findContours, type Grid } from "./contour.ts";
import { type Around, toPlane } from "./plane.ts";

/** Where an optimizer went: a point for each step, or a tensor `[T, 2]`. */
export type Trajectory = Tensor | readonly ArrayLike<number>[];

export interface LossLandscapeOptions extends ChartOptions {
  /** From where to where. Default [-1, 1]; of a grid its own. */
  x?: readonly [number, number];
  y?: readonly [number, number];
  /** How many points each way. Default 51; 25 around the parameters of a model. A finer grid of one's own is drawn with 61. */
  steps?: number;
  /** How many contours, at the quantiles of the loss, or their levels. Default 10. */
  levels?: number | readonly number[];
  /** Colours by the logarithm of the loss. What is not above 0 has no colour then. Default false. */
  log?: boolean;
  /** The ways of optimizers, by name, or a single one. */
  trajectories?: Trajectory | { readonly [name: string]: Trajectory };
  /** The names of the axes. Default x and y; direction 1 and direction 2 around parameters. */
  axes?: readonly [string, string];
}

export interface LossLandscapeNumbers {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** A row for each y, a loss for each x. */
  readonly values: readonly (readonly number[])[];
  readonly lowest: { readonly x: number; readonly y: number; readonly loss: number };
  readonly contours: readonly { readonly level: number; readonly lines: readonly Contour[] }[];
}

/**
 * The loss over a plane as colours, with contours and the ways that optimizers took over it: of a function of two numbers, of a grid, or of a model on a plane through
 * its parameters along two directions.
 *
 * @example
 * chart.lossLandscape((x, y) => x ** 2 + 4 * y ** 2, { x: [-2, 2], y: [-1, 1], trajectories: { sgd: [[2, 1], [0, 0]] } })
 * // "The loss over x from -2 to 2 and y from -1 to 1 lies between 0 and 8, lowest at x 0, y 0; sgd goes from (2, 1) to (0, 0) in 1 step."
 * // around the parameters of a model:
 * chart.lossLandscape({ params: { w: tensor([[1, 2]]) }, loss: (p) => p.w.square().sum() }, { steps: 3 }).numbers.values[1][1] // 5
 * @throws RangeError `lossLandscape: x must go from a number to a larger one, got [1, -1].`
 * @throws RangeError `lossLandscape: no value of the loss is finite.`
 * @throws RangeError `lossLandscape: the trajectory sgd has a point of 3 numbers where x and y are needed.`
 * @see Li et al. 2018 (arXiv:1712.09913) for the directions
 */
export function lossLandscape<P extends Tree>(
  loss: ((x: number, y: number) => number | Tensor) | Grid | Around<P>,
  { x, y, steps, levels = 10, log = false, trajectories = {}, axes, ...options }: LossLandscapeOptions = {},
): Chart<LossLandscapeNumbers> {
  const ways = toWays(trajectories);
  const grid = toGrid(loss as Parameters<typeof toGrid>[0], { x, y, steps });
  const names = axes ?? ("params" in loss ? ["direction 1", "direction 2"] : ["x", "y"]);
  const heights = findLevels(grid, levels);
  const contours = heights.map((level) => ({ level, lines: findContours(grid, level) }));
  const numbers = {
    x: [...toArray(grid.x)],
    y: [...toArray(grid.y)],
    values: grid.values.map(toArray),
    lowest: findLowest(grid),
    contours,
  };
  const rows = toRows(grid, log);
  const spec = {
    title: "Loss landscape",
    width: 360,
    height: 360,
    ...options,
    ...draw(grid, rows, contours, ways, { log, axes: names }),
  };
  return new Chart(spec, describe(numbers, ways, names), numbers, rows);
}

/** Cells each way: more are smaller than what can be told apart, and heavier than a page should be. */
const MOST_CELLS = 61;

interface Way {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

function toWays(trajectories: NonNullable<LossLandscapeOptions["trajectories"]>): Way[] {
  const named =
    Array.isArray(trajectories) || trajectories instanceof Tensor ? { trajectory: trajectories } : trajectories;
  return Object.entries(named as { readonly [name: string]: Trajectory }).map(([name, way]) => {
    const points = way instanceof Tensor ? (way.toArray() as unknown as number[][]) : Array.from(way, toArray);
    if (points.length === 0) throw new RangeError(`lossLandscape: the trajectory ${name} has no point.`);
    const odd = points.find((point) => point.length !== 2);
    if (odd)
      throw new RangeError(
        `lossLandscape: the trajectory ${name} has a point of ${toCount(odd.length, "number")} where x and y are needed.`,
      );
    return { name, points: points as unknown as Way["points"] };
  });
}

function toGrid(
  loss: ((x: number, y: number) => number | Tensor) | Grid | Around,
  {
    x = [-1, 1],
    y = [-1, 1],
    steps,
  }: {
    x?: LossLandscapeOptions["x"] | undefined;
    y?: LossLandscapeOptions["y"] | undefined;
    steps?: number | undefined;
  },
): Grid {
  if (typeof loss !== "function" && "values" in loss) return coarsen(checkGrid(loss));
  const isAround = typeof loss !== "function";
  const count = steps ?? (isAround ? 25 : 51);
  if (!Number.isInteger(count) || count < 2 || count > MOST_CELLS)
    throw new RangeError(`lossLandscape: steps must be a whole number from 2 to ${MOST_CELLS}, got ${count}.`);
  const f = isAround ? toPlane(loss) : loss;
  const [across, up] = [spread("x", x, count), spread("y", y, count)];
  const values = up.map((b) =>
    across.map((a) => {
      const value = f(a, b);
      return value instanceof Tensor ? value.item() : value;
    }),
  );
  return checkGrid({ x: across, y: up, values });
}

function spread(name: string, [from, to]: readonly [number, number], count: number): number[] {
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to))
    throw new RangeError(`lossLandscape: ${name} must go from a number to a larger one, got [${from}, ${to}].`);
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

function checkGrid(grid: Grid): Grid {
  const [rows, columns] = [grid.values.length, grid.values[0]?.length ?? 0];
  if (grid.y.length !== rows || grid.values.some((row) => row.length !== grid.x.length))
    throw new RangeError(
      `lossLandscape: values of shape [${rows}, ${columns}] where [${grid.y.length}, ${grid.x.length}], a row for each y, is needed.`,
    );
  if (rows < 2 || columns < 2)
    throw new RangeError(`lossLandscape: a grid of at least 2 by 2 points is needed, got ${rows} by ${columns}.`);
  for (const [name, axis] of [
    ["x", grid.x],
    ["y", grid.y],
  ] as const)
    for (let i = 0; i < axis.length; i++)
      if (!Number.isFinite(axis[i]) || (i > 0 && !(axis[i]! > axis[i - 1]!)))
        throw new RangeError(`lossLandscape: ${name} must rise from number to number, got ${axis[i]} at ${i}.`);
  if (!grid.values.some((row) => toArray(row).some(Number.isFinite)))
    throw new RangeError("lossLandscape: no value of the loss is finite.");
  return grid;
}

/** Every so many points, the ends included. */
function coarsen({ x, y, values }: Grid): Grid {
  const [across, up] = [x, y].map(({ length }) => {
    const count = Math.min(length, MOST_CELLS);
    return Array.from({ length: count }, (_, i) => Math.round((i * (length - 1)) / (count - 1)));
  });
  return {
    x: across!.map((i) => x[i]!),
    y: up!.map((i) => y[i]!),
    values: up!.map((row) => across!.map((column) => values[row]![column]!)),
  };
}

/** Quantiles, so that flat and steep parts both have lines. */
function findLevels(grid: Grid, levels: number | readonly number[]): readonly number[] {
  if (typeof levels !== "number") {
    const odd = levels.find((level) => !Number.isFinite(level));
    if (odd !== undefined) throw new RangeError(`lossLandscape: a level must be finite, got ${odd}.`);
    return levels;
  }
  if (!Number.isInteger(levels) || levels < 0 || levels > 50)
    throw new RangeError(`lossLandscape: levels must be a whole number from 0 to 50 or a list, got ${levels}.`);
  const sorted = Float64Array.from(grid.values.flatMap(toArray).filter(Number.isFinite)).sort();
  const quantiles = Array.from({ length: levels }, (_, i) => {
    const at = ((i + 1) / (levels + 1)) * (sorted.length - 1);
    const low = Math.floor(at);
    return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
  });
  return [...new Set(quantiles)];
}

function findLowest({ x, y, values }: Grid): LossLandscapeNumbers["lowest"] {
  let lowest = { x: Number.NaN, y: Number.NaN, loss: Number.POSITIVE_INFINITY };
  values.forEach((row, j) => {
    for (let i = 0; i < row.length; i++) if (row[i]! < lowest.loss) lowest = { x: x[i]!, y: y[j]!, loss: row[i]! };
  });
  return lowest;
}

/** Five digits are more than can be seen, and half the size. */
function toRows({ x, y, values }: Grid, log: boolean): { x: number; y: number; loss: number }[] {
  return values.flatMap((row, j) =>
    toArray(row).flatMap((loss, i) =>
      Number.isFinite(loss) && (!log || loss > 0) ? [{ x: round(x[i]!), y: round(y[j]!), loss: round(loss) }] : [],
    ),
  );
}

function draw(
  grid: Grid,
  rows: readonly object[],
  contours: LossLandscapeNumbers["contours"],
  ways: readonly Way[],
  { log, axes }: { log: boolean; axes: readonly string[] },
): Specification {
  const position = (title: string, axis: ArrayLike<number>) => ({
    type: "quantitative",
    title,
    scale: { domain: [axis[0], axis[axis.length - 1]], nice: false, zero: false },
    axis: { grid: false, tickCount: 6 },
  });
  const [x, y] = [position(axes[0]!, grid.x), position(axes[1]!, grid.y)];
  const half = (axis: ArrayLike<number>) => (axis[axis.length - 1]! - axis[0]!) / (axis.length - 1) / 2;
  const lines = contours.flatMap(({ level, lines }) =>
    lines.flatMap((line, part) =>
      line.map((point) => ({ level: round(level), part, x: round(point[0]), y: round(point[1]) })),
    ),
  );
  const place = (field: string) => ({ field, type: "quantitative", format: ".4~g" });
  return {
    layer: [
      {
        data: { values: rows },
        // a cell reaches a little into the next one: no seams
        transform: (["x", "y"] as const).flatMap((field) => [
          { calculate: `datum.${field} - ${half(grid[field])}`, as: `${field}From` },
          { calculate: `datum.${field} + ${half(grid[field]) * 1.08}`, as: `${field}To` },
        ]),
        mark: { type: "rect", clip: true },
        encoding: {
          x: { ...x, field: "xFrom" },
          x2: { field: "xTo" },
          y: { ...y, field: "yFrom" },
          y2: { field: "yTo" },
          color: {
            field: "loss",
            type: "quantitative",
            title: "loss",
            scale: { range: HEAT, ...(log ? { type: "log" } : { zero: false }) },
            legend: { format: ".4~g", tickCount: 5 },
          },
          tooltip: [{ ...place("x"), title: axes[0] }, { ...place("y"), title: axes[1] }, place("loss")],
        },
      },
      ...(lines.length === 0 ? [] : [toContours(lines, x, y)]),
      // in a layer of their own: they share their colours, but not with the heat map
      ...(ways.length === 0 ? [] : [{ layer: drawWays(ways, x, y, axes) }]),
    ],
    resolve: { scale: { color: "independent", strokeDash: "independent" } },
  };
}

/** Light, so that lines in the colours of the palette stand out on it. */
const HEAT = ["#f7fbff", "#c6dbef", "#8fb8da"];

function toContours(lines: readonly object[], x: Specification, y: Specification): Specification {
  return {
    data: { values: lines },
    // its points in the order of the rows
    mark: { type: "line", color: "#5b7b99", strokeWidth: 0.8, clip: true, order: false },
    encoding: {
      x: { ...x, field: "x" },
      y: { ...y, field: "y" },
      detail: ["level", "part"].map((field) => ({ field, type: "nominal" })),
      tooltip: { field: "level", type: "quantitative", title: "loss", format: ".4~g" },
    },
  };
}

/** A line for each way, a ring where it begins, a dot where it ends. */
function drawWays(ways: readonly Way[], x: Specification, y: Specification, axes: readonly string[]): Specification[] {
  const rows = ways.flatMap(({ name, points }) => toSteps(name, points, Math.floor(2000 / ways.length)));
  const names = ways.map(({ name }) => name);
  const isSeveral = names.length > 1;
  const { color, strokeDash } = toStrokes(names, { orient: names.length > 4 ? "right" : "top" });
  const opacity = isSeveral ? toOpacity() : { value: 1 };
  const place = { x: { ...x, field: "x" }, y: { ...y, field: "y" } };
  const ends = (key: string, mark: Specification) => ({
    data: { values: rows.filter((row) => row.end === key || row.end === "both") },
    mark: { type: "point", clip: true, ...mark },
    encoding: { ...place, color, opacity },
  });
  const tooltip = [
    { field: "series", type: "nominal", title: "run" },
    { field: "step", type: "quantitative" },
    { field: "x", type: "quantitative", title: axes[0], format: ".4~g" },
    { field: "y", type: "quantitative", title: axes[1], format: ".4~g" },
  ];
  return [
    {
      data: { values: rows },
      ...(isSeveral && { params: [toLegendSelection()] }),
      mark: { type: "line", clip: true, strokeWidth: 2, point: rows.length <= 200 && { size: 14, filled: true } },
      encoding: { ...place, color, strokeDash, opacity, order: { field: "step" }, tooltip },
    },
    ends("start", { filled: false, size: 80, strokeWidth: 2 }),
    ends("end", { filled: true, size: 110 }),
  ];
}

function toSteps(series: string, points: Way["points"], limit: number) {
  const last = points.length - 1;
  return [...new Set([...thin(points.length, limit), last])].flatMap((step) => {
    const [x, y] = points[step]!;
    if (!(Number.isFinite(x) && Number.isFinite(y))) return [];
    const end = last === 0 ? "both" : step === 0 ? "start" : step === last ? "end" : "";
    return [{ series, step, x: round(x), y: round(y), ...(end && { end }) }];
  });
}

function describe(
  { x, y, values, lowest }: LossLandscapeNumbers,
  ways: readonly Way[],
  axes: readonly string[],
): string {
  const highest = values
    .flat()
    .reduce((most, loss) => (Number.isFinite(loss) ? Math.max(most, loss) : most), Number.NEGATIVE_INFINITY);
  const span = (axis: readonly number[]) => `from ${toText(axis[0]!)} to ${toText(axis.at(-1)!)}`;
  const area = `${axes[0]} ${span(x)} and ${axes[1]} ${span(y)}`;
  const low = `lies between ${toText(lowest.loss)} and ${toText(highest)}, lowest at ${axes[0]} ${toText(lowest.x)}, ${axes[1]} ${toText(lowest.y)}`;
  const at = (point: readonly number[]) => `(${point.map(toText).join(", ")})`;
  const parts = ways.map(
    ({ name, points }) =>
      `${name} goes from ${at(points[0]!)} to ${at(points.at(-1)!)} in ${toCount(points.length - 1, "step")}`,
  );
  return `The loss over ${area} ${low}${parts.length > 0 ? `; ${toList(parts, 4)}` : ""}.`;
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}

function toArray(values: ArrayLike<number>): number[] {
  return Array.from(values);
}
