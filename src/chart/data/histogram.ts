import { type Numbers, toVector } from "../../metric/input.ts";
import { type BinRule, countValues, findQuantile, isBinRule, MOST_BINS, toBinEdges } from "../bins.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toLegendSelection, toOpacity, toStrokedPoints } from "../series.ts";
import { toCount, toText } from "../text.ts";
import { type Named, toEntries } from "./named.ts";

export interface HistogramOptions extends ChartOptions {
  /** How many bins, from 1 to 500, or a rule of NumPy's: `"auto"` unless given (Freedman and Diaconis, or Sturges where values are few). */
  bins?: number | BinRule;
  /** Heights such that the area of the bars is 1. Default false: counts. */
  density?: boolean;
  /** What is measured, with its unit. Default "value". */
  xTitle?: string;
}

export interface HistogramNumbers {
  /** One more than bins. */
  readonly edges: readonly number[];
  readonly series: readonly {
    readonly name: string;
    readonly counts: readonly number[];
    readonly density: readonly number[];
    /** How many are finite, and how many are not and left out. */
    readonly count: number;
    readonly left: number;
    /** NaN where no value is finite. */
    readonly lowest: number;
    readonly highest: number;
    readonly mean: number;
    readonly median: number;
  }[];
}

/**
 * How often values occur, in bins of equal width, those of NumPy's `histogram`; several sets over each other, in the same bins. What is not finite is left out.
 *
 * Options: `bins` ("auto"), `density` (false), `xTitle` ("value"), `title`, `width`, `height`.
 *
 * @example
 * chart.histogram([1, 2, 2, 3, 3, 3], { bins: 3 })
 * // "6 values from 1 to 3 in 3 bins: mean 2.33, median 2.5."
 * @throws RangeError `histogram: bins must be a whole number from 1 to 500 or one of auto, fd, scott, rice, sturges, sqrt, got 0.`
 * @throws RangeError `histogram: nothing can be drawn of 2 values.`
 * @throws RangeError `histogram: 30 sets where at most 20 can be told apart.`
 */
export function histogram(
  values: Named<Numbers>,
  { bins = "auto", density = false, xTitle = "value", ...options }: HistogramOptions = {},
): Chart<HistogramNumbers> {
  if (!isBinRule(bins) && !(Number.isInteger(bins) && bins >= 1 && bins <= MOST_BINS))
    throw new RangeError(
      `histogram: bins must be a whole number from 1 to ${MOST_BINS} or one of auto, fd, scott, rice, sturges, sqrt, got ${bins}.`,
    );
  const sets = toEntries(values, "values").map(([name, each]) => {
    const all = toVector("histogram", "values", each);
    const finite = Float64Array.from(all).filter(Number.isFinite).sort();
    return { name, finite, left: all.length - finite.length };
  });
  if (sets.length > MOST_SETS)
    throw new RangeError(`histogram: ${toCount(sets.length, "set")} where at most ${MOST_SETS} can be told apart.`);
  const total = sets.reduce((sum, { finite }) => sum + finite.length, 0);
  const left = sets.reduce((sum, set) => sum + set.left, 0);
  if (total + left === 0) throw new RangeError("histogram: at least one value is needed, got none.");
  if (total === 0) throw new RangeError(`histogram: nothing can be drawn of ${toCount(left, "value")}.`);
  const numbers = toNumbers(sets, total, bins);
  return draw(numbers, { density, xTitle, options });
}

/** Outlines on top of each other. */
const MOST_SETS = 20;

interface Set {
  readonly name: string;
  /** Sorted. */
  readonly finite: Float64Array;
  readonly left: number;
}

function toNumbers(sets: readonly Set[], total: number, bins: number | BinRule): HistogramNumbers {
  const pooled = sets.length === 1 ? sets[0]!.finite : pool(sets, total);
  const edges = toBinEdges(pooled, bins);
  const series = sets.map(({ name, finite, left }) => {
    const counts = countValues(finite, edges);
    const count = finite.length;
    return {
      name,
      counts,
      density: counts.map((n, i) => (count === 0 ? 0 : n / count / (edges[i + 1]! - edges[i]!))),
      count,
      left,
      lowest: finite[0] ?? Number.NaN,
      highest: finite.at(-1) ?? Number.NaN,
      mean: finite.reduce((a, b) => a + b, 0) / count,
      median: findQuantile(finite, 0.5),
    };
  });
  return { edges, series };
}

function pool(sets: readonly Set[], total: number): Float64Array {
  const all = new Float64Array(total);
  let at = 0;
  for (const { finite } of sets) {
    all.set(finite, at);
    at += finite.length;
  }
  return all.sort();
}

interface Look {
  readonly density: boolean;
  readonly xTitle: string;
  readonly options: ChartOptions;
}

function draw(numbers: HistogramNumbers, { density, xTitle, options }: Look): Chart<HistogramNumbers> {
  const { edges, series } = numbers;
  const rows = series.flatMap(({ name, counts, density: heights }) =>
    counts.map((count, i) => ({ series: name, from: edges[i]!, to: edges[i + 1]!, count, density: heights[i]! })),
  );
  const height = density ? "density" : "count";
  const isMany = series.length > 1;
  const { color, strokeDash } = toStrokedPoints(series.map(({ name }) => name));
  const spec = {
    title: "Histogram",
    width: 420,
    height: 240,
    ...options,
    data: { values: rows },
    params: [toLegendSelection()],
    // outlines as well as colours: bars of several sets lie on each other
    mark: {
      type: "bar",
      ...(isMany && { fillOpacity: 0.45, strokeWidth: 1.5, strokeOpacity: 0.9 }),
      binSpacing: isMany ? 0 : 1,
    },
    encoding: {
      x: {
        field: "from",
        type: "quantitative",
        title: xTitle,
        scale: { zero: false, nice: false },
        axis: { grid: false },
      },
      x2: { field: "to" },
      y: {
        field: height,
        type: "quantitative",
        title: height,
        stack: null,
        axis: { tickCount: 6, ...(density ? {} : { tickMinStep: 1 }) },
      },
      y2: { datum: 0 },
      ...(isMany ? { fill: color, stroke: color, strokeDash } : { color }),
      opacity: toOpacity(),
      tooltip: [
        ...(isMany ? [{ field: "series", type: "nominal" }] : []),
        { field: "from", type: "quantitative", format: ".4~g" },
        { field: "to", type: "quantitative", format: ".4~g" },
        { field: "count", type: "quantitative", format: ",d" },
        { field: "density", type: "quantitative", format: ".3~g" },
      ],
    },
  };
  return new Chart(spec, describe(numbers), numbers, rows);
}

const MOST_SAID = 4;

function describe({ edges, series }: HistogramNumbers): string {
  const bins = toCount(edges.length - 1, "bin");
  const left = series.reduce((sum, each) => sum + each.left, 0);
  const gaps =
    left > 0
      ? ` ${toCount(left, "value")} that ${left === 1 ? "is" : "are"} not finite ${left === 1 ? "is" : "are"} left out.`
      : "";
  const said = series.map(({ name, count, mean, median }) => {
    const what = series.length === 1 ? "" : `${name}, `;
    return count === 0 ? `${what}no values` : `${what}mean ${toText(mean)}, median ${toText(median)}`;
  });
  const total = toCount(
    series.reduce((sum, { count }) => sum + count, 0),
    "value",
  );
  const filled = series.filter(({ count }) => count > 0);
  const low = filled.reduce((least, { lowest }) => Math.min(least, lowest), Number.POSITIVE_INFINITY);
  const high = filled.reduce((most, { highest }) => Math.max(most, highest), Number.NEGATIVE_INFINITY);
  const rest = said.length > MOST_SAID ? [`${said.length - MOST_SAID} more sets`] : [];
  const list = [...said.slice(0, MOST_SAID), ...rest].join("; ");
  return `${total} from ${toText(low)} to ${toText(high)} in ${bins}: ${list}.${gaps}`;
}
