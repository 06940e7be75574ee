import { type Numbers, toVector } from "../../metric/input.ts";
import { checkPair } from "../../metric/regression.ts";
import { countValues, spaceEdges } from "../bins.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { thin } from "../decimate.ts";
import { COLOURS } from "../palette.ts";
import { toCount, toText } from "../text.ts";
import { GUIDE } from "../theme.ts";

export interface ResidualsOptions extends ChartOptions {
  /** What is predicted, with its unit: in the names of the axes. Default "value". */
  name?: string;
}

export interface ResidualsNumbers {
  /** Of the histogram: one more than there are bins, evenly spaced. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** The mean of the residuals: away from 0 the model is wrong on the whole. */
  readonly mean: number;
  /** Their standard deviation `√(Σ (r – r̄)² / n)`. */
  readonly std: number;
  /** The residual that is farthest from 0. */
  readonly largest: number;
}

/**
 * Residual `y – ŷ` against prediction, with a smooth line (loess) and a histogram beside: what is left should be a band around 0, without a bend and as
 * wide everywhere. 2,000 points are drawn at most; the histogram counts all.
 *
 * @example
 * chart.residuals([1.8, 3.1, 0.9], [2, 3, 1.2], { name: "price (million)" })
 * // "3 residuals of price (million): mean 0.133, standard deviation 0.17, the largest 0.3."
 * @throws ShapeError `residuals: 3 labels do not match 2 predictions.`
 * @throws RangeError `residuals: no pair of a prediction and a truth is finite.`
 * @see scikit-learn `PredictionErrorDisplay(kind="residual_vs_predicted")`; Cleveland 1979 for the line
 */
export function residuals(
  predicted: Numbers,
  actual: Numbers,
  { name = "value", ...options }: ResidualsOptions = {},
): Chart<ResidualsNumbers> {
  const [guesses, truths] = [toVector("residuals", "predictions", predicted), toVector("residuals", "truths", actual)];
  checkPair("residuals", truths, guesses, {});
  const points = toPoints(guesses, truths);
  if (points.length === 0) throw new RangeError("residuals: no pair of a prediction and a truth is finite.");
  const left = points.map(({ residual }) => residual);
  const edges = toEdges(left);
  const counts = countValues(left, edges);
  const numbers = { ...measure(left), edges, counts };
  const drawn = thin(points.length).map((i) => points[i]!);
  const bars = counts.map((count, i) => ({ from: edges[i]!, to: edges[i + 1]!, zero: 0, count }));
  const { title = "Residuals", width = 360, height = 280 } = options;
  const spec = {
    title,
    spacing: 10,
    hconcat: [scatter(drawn, name, width, height), histogram(bars, height)],
    resolve: { scale: { y: "shared" } },
  };
  return new Chart(spec, describe(points.length, guesses.length, name, numbers), numbers, drawn);
}

/** Of the histogram. */
const BINS = 25;

/** From the lowest to the highest; around all of them where they are equal. */
function toEdges(left: readonly number[]): number[] {
  const low = left.reduce((least, r) => Math.min(least, r));
  const high = left.reduce((most, r) => Math.max(most, r));
  const half = Math.abs(high) / 20 || 0.5;
  return low < high ? spaceEdges(low, high, BINS) : [low - half, high + half];
}

function toPoints(guesses: ArrayLike<number>, truths: ArrayLike<number>): { predicted: number; residual: number }[] {
  return Array.from(guesses, (predicted, i) => ({ predicted, residual: truths[i]! - predicted })).filter(
    ({ predicted, residual }) => Number.isFinite(predicted) && Number.isFinite(residual),
  );
}

function measure(left: readonly number[]): { mean: number; std: number; largest: number } {
  const mean = left.reduce((sum, r) => sum + r, 0) / left.length;
  const variance = left.reduce((sum, r) => sum + (r - mean) ** 2, 0) / left.length;
  const largest = left.reduce((most, r) => (Math.abs(r) > Math.abs(most) ? r : most), 0);
  return { mean, std: Math.sqrt(variance), largest };
}

function scatter(points: readonly { predicted: number }[], name: string, width: number, height: number) {
  const x = { field: "predicted", type: "quantitative", title: `predicted ${name}`, scale: { zero: false } };
  const y = {
    field: "residual",
    type: "quantitative",
    title: `residual of ${name}`,
    scale: { zero: false },
  };
  // a line needs places to lead through
  const isSmooth = new Set(points.map(({ predicted }) => predicted)).size >= 5;
  return {
    width,
    height,
    data: { values: points },
    layer: [
      {
        mark: { type: "point", filled: true, color: COLOURS[0], opacity: points.length > 300 ? 0.4 : 0.7, clip: true },
        encoding: { x, y, tooltip: [x, y].map(({ field }) => ({ field, type: "quantitative", format: ".4~g" })) },
      },
      { data: { values: [{ residual: 0 }] }, mark: { type: "rule", ...GUIDE }, encoding: { y } },
      ...(isSmooth
        ? [
            {
              transform: [{ loess: "residual", on: "predicted", bandwidth: 0.4 }],
              mark: { type: "line", color: COLOURS[1], strokeWidth: 2.5, clip: true },
              encoding: { x, y },
            },
          ]
        : []),
    ],
  };
}

/** Lying on its side, on the residual axis of the points. */
function histogram(bars: readonly object[], height: number) {
  return {
    width: 70,
    height,
    data: { values: bars },
    mark: { type: "rect", color: COLOURS[0], opacity: 0.7 },
    encoding: {
      y: {
        field: "from",
        type: "quantitative",
        title: null,
        scale: { zero: false },
        axis: { labels: false, ticks: false },
      },
      y2: { field: "to" },
      x: { field: "zero", type: "quantitative", title: "count", axis: { tickCount: 2, format: "~s" } },
      x2: { field: "count" },
      tooltip: [
        { field: "from", type: "quantitative", format: ".4~g" },
        { field: "to", type: "quantitative", format: ".4~g" },
        { field: "count", type: "quantitative", format: "," },
      ],
    },
  };
}

function describe(finite: number, count: number, name: string, { mean, std, largest }: ResidualsNumbers): string {
  const left = finite < count ? ` (${(count - finite).toLocaleString("en")} that are not finite are left out)` : "";
  // what rounding leaves of a mean of 0
  const middle = Math.abs(mean) < 1e-9 * std ? 0 : mean;
  return `${toCount(count, "residual")} of ${name}${left}: mean ${toText(middle)}, standard deviation ${toText(std)}, the largest ${toText(largest)}.`;
}
