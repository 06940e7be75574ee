import { Chart, type ChartOptions } from "../chart.ts";
import { COLOURS } from "../palette.ts";
import { toText } from "../text.ts";
import { GUIDE } from "../theme.ts";

export interface PredictedActualOptions extends ChartOptions {
  /** What is predicted, with its unit: the name of both axes. Default "value". */
  name?: string;
}

export interface PredictedActualNumbers {
  /** `mean |ŷ − y|`, in the units of the data. */
  meanAbsoluteError: number;
  /** `1 − Σ(ŷ − y)² / Σ(y − ȳ)²`; NaN when all truths are equal. */
  r2: number;
}

/**
 * Prediction against truth, a point for each example: on the diagonal the model is right, above it says too much.
 *
 * @example
 * chart.predictedActual([1.8, 3.1, 0.9], [2, 3, 1.2], { name: "price (million)" })
 * // "3 predictions of price (million) are off by 0.2 on average; R² is 0.914."
 * @throws RangeError `predictedActual: 2 predictions do not match 3 truths.`
 */
export function predictedActual(
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
  { name = "value", ...options }: PredictedActualOptions = {},
): Chart<PredictedActualNumbers> {
  if (predicted.length !== actual.length)
    throw new RangeError(`predictedActual: ${predicted.length} predictions do not match ${actual.length} truths.`);
  if (actual.length === 0) throw new RangeError("predictedActual: at least one prediction is needed, got none.");
  const points = Array.from(actual, (truth, i) => ({ actual: truth, predicted: predicted[i]! })).filter(
    (point) => Number.isFinite(point.actual) && Number.isFinite(point.predicted),
  );
  const ends = points.flatMap((point) => [point.actual, point.predicted]);
  const [low, high] = ends.reduce(
    ([a, b], end) => [Math.min(a, end), Math.max(b, end)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const scale = { zero: false, nice: true };
  const spec = {
    title: "Prediction against truth",
    width: 320,
    height: 320,
    ...options,
    layer: [
      {
        data: { values: points.length === 0 ? [] : [low, high].map((end) => ({ end })) },
        mark: { type: "line", ...GUIDE },
        encoding: {
          x: { field: "end", type: "quantitative", scale },
          y: { field: "end", type: "quantitative", scale },
        },
      },
      {
        data: { values: points },
        mark: { type: "point", filled: true, color: COLOURS[0], opacity: 0.8 },
        encoding: {
          x: { field: "actual", type: "quantitative", title: `true ${name}`, scale },
          y: { field: "predicted", type: "quantitative", title: `predicted ${name}`, scale },
          tooltip: ["actual", "predicted"].map((field) => ({ field, type: "quantitative" })),
        },
      },
    ],
  };
  const numbers = toNumbers(points);
  return new Chart(spec, describe(actual.length, points.length, name, numbers), numbers, points);
}

function toNumbers(points: { actual: number; predicted: number }[]): PredictedActualNumbers {
  const mean = points.reduce((sum, { actual }) => sum + actual, 0) / points.length;
  const total = points.reduce((sum, { actual }) => sum + (actual - mean) ** 2, 0);
  const left = points.reduce((sum, { actual, predicted }) => sum + (predicted - actual) ** 2, 0);
  const absolute = points.reduce((sum, { actual, predicted }) => sum + Math.abs(predicted - actual), 0);
  return { meanAbsoluteError: absolute / points.length, r2: total === 0 ? Number.NaN : 1 - left / total };
}

function describe(
  count: number,
  finite: number,
  name: string,
  { meanAbsoluteError, r2 }: PredictedActualNumbers,
): string {
  const left = finite < count ? ` (${count - finite} that are not finite are left out)` : "";
  const fit = Number.isFinite(r2) ? `; R² is ${toText(r2)}` : "";
  return `${count} prediction${count === 1 ? "" : "s"} of ${name}${left} are off by ${toText(meanAbsoluteError)} on average${fit}.`;
}
