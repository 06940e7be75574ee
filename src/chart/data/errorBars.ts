import { type Numbers, toRows, toVector } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { decimateAll, MOST_POINTS } from "../decimate.ts";
import { toJson } from "../row.ts";
import { toLegendSelection, toOpacity, toStrokedPoints } from "../series.ts";
import { toCount, toText } from "../text.ts";
import { type Named, toEntries } from "./named.ts";
import { findStudent } from "./student.ts";

export interface ErrorBarsData {
  /** One for each column of the runs. Default 1, 2, 3, … */
  x?: Numbers;
  /** Runs (seeds, folds) `[R, N]`: a row for each run; or several series of runs by name. */
  y: Named<Numbers>;
}

export interface ErrorBarsOptions extends ChartOptions {
  /** The names of the axes, with their units. Default "x" and "y". */
  xTitle?: string;
  yTitle?: string;
  /**
   * What the band shows: the standard deviation over runs (`"std"`, unless given; with R – 1, as PyTorch), the standard error of the mean (`"sem"`), its 95% confidence interval by
   * Student's t (`"ci"`), or the lowest and highest run (`"range"`).
   */
  error?: "std" | "sem" | "ci" | "range";
  /** A band around a line (unless given), bars on points, or both. */
  style?: "band" | "bars" | "both";
  xScale?: "linear" | "log";
  yScale?: "linear" | "log";
}

export interface ErrorBarsNumbers {
  readonly name: string;
  readonly x: readonly number[];
  /** Over the runs that are finite there; NaN without one. */
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** How many runs are finite there. */
  readonly runs: readonly number[];
}

/**
 * The mean over several runs – seeds, folds – with a band for how far they lie apart: what a difference between two losses has to be measured by. A run that is not finite at some
 * place does not count there. scikit-learn's `LearningCurveDisplay` and `ValidationCurveDisplay`.
 *
 * Options: `error` ("std"), `style` ("band"), `xTitle` ("x"), `yTitle` ("y"), `xScale`, `yScale` ("linear"), `title`, `width`, `height`.
 *
 * @example
 * chart.errorBars({ x: [10, 100], y: { mse: [[0.5, 0.8], [0.7, 0.9]], huber: [[0.6, 0.7], [0.6, 0.9]] } })
 * // "Mean ± standard deviation of 2 runs: mse ends at 0.85 ± 0.0707; huber ends at 0.8 ± 0.141."
 * @throws RangeError `errorBars: error must be "std", "sem", "ci" or "range", got "sd".`
 * @throws RangeError `errorBars: nothing can be drawn of 3 points.`
 * @throws RangeError `errorBars: 3 x do not match 2 columns.`
 */
export function errorBars(
  { x, y }: ErrorBarsData,
  {
    xTitle = "x",
    yTitle = "y",
    error = "std",
    style = "band",
    xScale = "linear",
    yScale = "linear",
    ...options
  }: ErrorBarsOptions = {},
): Chart<readonly ErrorBarsNumbers[]> {
  if (!Object.hasOwn(SPREADS, error))
    throw new RangeError(`errorBars: error must be "std", "sem", "ci" or "range", got "${error}".`);
  if (!Object.hasOwn(STYLES, style))
    throw new RangeError(`errorBars: style must be "band", "bars" or "both", got "${style}".`);
  const numbers = toEntries(y, yTitle).map(([name, runs]) => summarise(name, runs, x, error));
  if (numbers.length === 0) throw new RangeError("errorBars: at least one run is needed, got none.");
  const names = numbers.map(({ name }) => name);
  const places = decimateAll(
    numbers.map(({ mean }) => mean),
    MOST_POINTS,
  );
  const rows = numbers.flatMap((each, i) =>
    places[i]!.map((at) => ({
      series: each.name,
      x: toJson(each.x[at]!),
      mean: toJson(each.mean[at]!),
      low: toJson(each.low[at]!),
      high: toJson(each.high[at]!),
      runs: each.runs[at]!,
    })).filter((row) => row.x !== null && (xScale === "linear" || row.x > 0)),
  );
  if (rows.every(({ mean }) => mean === null || (yScale === "log" && mean <= 0)))
    throw new RangeError(`errorBars: nothing can be drawn of ${toCount(numbers[0]!.x.length, "point")}.`);
  const channels = toStrokedPoints(names);
  const look = { xTitle, yTitle, xScale, yScale, options };
  const drawn = yScale === "log" ? toPositive(rows) : rows;
  return new Chart(
    draw(drawn, names, channels, { ...look, ...STYLES[style], spread: SPREADS[error].name }),
    describe(numbers, error),
    numbers,
    drawn,
  );
}

/** What has a logarithm; a band that reaches below 0 goes down to the lowest number that is drawn. */
function toPositive<R extends Readonly<Record<"mean" | "low" | "high", number | null>>>(rows: readonly R[]): R[] {
  const drawn = rows.filter(({ mean }) => mean === null || mean > 0);
  const bottom = drawn.reduce(
    (least, { low, mean }) => (mean === null ? least : Math.min(least, low! > 0 ? low! : mean)),
    Number.POSITIVE_INFINITY,
  );
  return drawn.map((row) => (row.low === null ? row : { ...row, low: Math.max(row.low, bottom) }));
}

interface Spread {
  readonly name: string;
  /** How far below and above the mean. */
  readonly find: (runs: readonly number[], mean: number) => readonly [below: number, above: number];
}

const SPREADS: Readonly<Record<NonNullable<ErrorBarsOptions["error"]>, Spread>> = {
  std: { name: "standard deviation", find: (runs, mean) => both(findDeviation(runs, mean)) },
  sem: { name: "standard error", find: (runs, mean) => both(findDeviation(runs, mean) / Math.sqrt(runs.length)) },
  ci: {
    name: "95% confidence",
    find: (runs, mean) =>
      both(runs.length < 2 ? 0 : (findStudent(runs.length - 1) * findDeviation(runs, mean)) / Math.sqrt(runs.length)),
  },
  range: { name: "range", find: (runs, mean) => [mean - Math.min(...runs), Math.max(...runs) - mean] },
};

const STYLES = {
  band: { hasBand: true, hasBars: false },
  bars: { hasBand: false, hasBars: true },
  both: { hasBand: true, hasBars: true },
} as const;

const both = (distance: number) => [distance, distance] as const;

/** Of a sample; 0 for a single run. */
function findDeviation(runs: readonly number[], mean: number): number {
  if (runs.length < 2) return 0;
  return Math.sqrt(runs.reduce((sum, run) => sum + (run - mean) ** 2, 0) / (runs.length - 1));
}

function summarise(
  name: string,
  runs: Numbers,
  x: Numbers | undefined,
  error: NonNullable<ErrorBarsOptions["error"]>,
): ErrorBarsNumbers {
  const { data, rows, columns, isVector } = toRows("errorBars", "runs", runs);
  const [many, length] = isVector ? [Math.min(1, rows), rows] : [rows, columns];
  if (many === 0 || length === 0) throw new RangeError("errorBars: at least one run is needed, got none.");
  const xs = x === undefined ? Array.from({ length }, (_, i) => i + 1) : Array.from(toVector("errorBars", "x", x));
  if (xs.length !== length) throw new RangeError(`errorBars: ${xs.length} x do not match ${length} columns.`);
  const points = xs.map((_, at) => {
    const finite: number[] = [];
    for (let run = 0; run < many; run++)
      if (Number.isFinite(data[run * length + at])) finite.push(data[run * length + at]!);
    const mean = finite.reduce((a, b) => a + b, 0) / finite.length;
    const [below, above] = finite.length === 0 ? [Number.NaN, Number.NaN] : SPREADS[error].find(finite, mean);
    return { mean, low: mean - below, high: mean + above, runs: finite.length };
  });
  return {
    name,
    x: xs,
    mean: points.map(({ mean }) => mean),
    low: points.map(({ low }) => low),
    high: points.map(({ high }) => high),
    runs: points.map(({ runs: count }) => count),
  };
}

interface Look {
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xScale: "linear" | "log";
  readonly yScale: "linear" | "log";
  readonly hasBand: boolean;
  readonly hasBars: boolean;
  readonly spread: string;
  readonly options: ChartOptions;
}

function draw(
  rows: readonly { readonly x: number | null }[],
  names: readonly string[],
  { color, strokeDash, shape }: Readonly<Record<string, object>>,
  { xTitle, yTitle, xScale, yScale, hasBand, hasBars, spread, options }: Look,
): Record<string, unknown> {
  const isMany = names.length > 1;
  const scale = (type: "linear" | "log") => (type === "log" ? { type, nice: false } : { zero: false });
  const y = { type: "quantitative", title: yTitle, scale: scale(yScale), axis: { tickCount: 6 } };
  const range = { y: { ...y, field: "low", stack: null }, y2: { field: "high" }, color };
  const opacity = (shown: number) => (isMany ? toOpacity(shown) : { value: shown });
  // On a line of many points they would hide it.
  // A logarithmic axis of few places is named at these, not at every tenth.
  const places = [...new Set(rows.map((row) => row.x))];
  const named = xScale === "log" && places.length <= 12 ? { values: places, labelOverlap: "greedy" } : {};
  const hasPoints = hasBars || rows.length <= 60 * names.length;
  return {
    width: 440,
    height: 280,
    ...options,
    data: { values: rows },
    encoding: {
      x: { field: "x", type: "quantitative", title: xTitle, scale: scale(xScale), axis: { grid: false, ...named } },
    },
    layer: [
      ...(hasBand ? [{ mark: { type: "area" }, encoding: { ...range, opacity: opacity(0.2) } }] : []),
      ...(hasBars ? [{ mark: { type: "rule", strokeWidth: 1.5 }, encoding: { ...range, opacity: opacity(0.9) } }] : []),
      {
        params: isMany ? [toLegendSelection()] : [],
        mark: { type: "line" },
        encoding: { y: { ...y, field: "mean" }, color, strokeDash, opacity: opacity(1) },
      },
      {
        mark: { type: "point", filled: true, size: hasPoints ? 45 : 0 },
        encoding: {
          y: { ...y, field: "mean" },
          color,
          shape,
          opacity: opacity(1),
          tooltip: [
            ...(isMany ? [{ field: "series", type: "nominal" }] : []),
            { field: "x", type: "quantitative", title: xTitle, format: ".4~g" },
            { field: "mean", type: "quantitative", title: `${yTitle}, mean`, format: ".4~g" },
            { field: "low", type: "quantitative", title: `low (${spread})`, format: ".4~g" },
            { field: "high", type: "quantitative", title: `high (${spread})`, format: ".4~g" },
            { field: "runs", type: "quantitative", format: "d" },
          ],
        },
      },
    ],
  };
}

const MOST_SAID = 4;

function describe(numbers: readonly ErrorBarsNumbers[], error: NonNullable<ErrorBarsOptions["error"]>): string {
  const many = numbers.reduce((most, { runs }) => runs.reduce((a, b) => Math.max(a, b), most), 0);
  const write = ({ name, mean, low, high }: ErrorBarsNumbers) => {
    const last = mean.findLastIndex(Number.isFinite);
    if (last < 0) return `${name} has no finite value`;
    const spread =
      error === "range"
        ? `(${toText(low[last]!)} to ${toText(high[last]!)})`
        : `± ${toText(high[last]! - mean[last]!)}`;
    return `${name} ends at ${toText(mean[last]!)} ${spread}`;
  };
  const left = numbers.length > MOST_SAID ? `; and ${numbers.length - MOST_SAID} more` : "";
  const what = error === "range" ? "Mean and range" : `Mean ± ${SPREADS[error].name}`;
  return `${what} of ${toCount(many, "run")}: ${numbers.slice(0, MOST_SAID).map(write).join("; ")}${left}.`;
}
