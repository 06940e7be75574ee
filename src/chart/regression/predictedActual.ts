import { type Numbers, toVector } from "../../metric/input.ts";
import { mae } from "../../metric/mae.ts";
import { r2 } from "../../metric/r2.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { thin } from "../decimate.ts";
import { COLOURS } from "../palette.ts";
import { toCount, toText } from "../text.ts";
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
 * Prediction against truth, a point for each example: on the diagonal the model is right, above it says too much. 2,000 points are drawn at most; the numbers are those
 * of all.
 *
 * @example
 * chart.predictedActual([1.8, 3.1, 0.9], [2, 3, 1.2], { name: "price (million)" })
 * // "3 predictions of price (million) are off by 0.2 on average; R² is 0.914."
 * @throws RangeError `predictedActual: 2 predictions do not match 3 truths.`
 * @throws RangeError `predictedActual: at least one prediction is needed, got none.`
 * @throws RangeError `predictedActual: no pair of a prediction and a truth is finite.`
 * @see scikit-learn `PredictionErrorDisplay(kind="actual_vs_predicted")`, which has the axes the other way round
 */
export function predictedActual(
  predicted: Numbers,
  actual: Numbers,
  { name = "value", ...options }: PredictedActualOptions = {},
): Chart<PredictedActualNumbers> {
  const guesses = toVector("predictedActual", "predictions", predicted);
  const truths = toVector("predictedActual", "truths", actual);
  if (guesses.length !== truths.length)
    throw new RangeError(`predictedActual: ${guesses.length} predictions do not match ${truths.length} truths.`);
  if (truths.length === 0) throw new RangeError("predictedActual: at least one prediction is needed, got none.");
  const points = toPoints(guesses, truths);
  if (points.length === 0) throw new RangeError("predictedActual: no pair of a prediction and a truth is finite.");
  const drawn = thin(points.length).map((i) => points[i]!);
  const [low, high] = findEnds(drawn);
  const scale = { zero: false, nice: true };
  const isDense = drawn.length > 300;
  const spec = {
    title: "Prediction against truth",
    width: 320,
    height: 320,
    ...options,
    layer: [
      {
        data: { values: [low, high].map((end) => ({ end })) },
        mark: { type: "line", ...GUIDE },
        encoding: {
          x: { field: "end", type: "quantitative", scale },
          y: { field: "end", type: "quantitative", scale },
        },
      },
      {
        data: { values: drawn },
        mark: { type: "point", filled: true, color: COLOURS[0], opacity: isDense ? 0.4 : 0.8 },
        encoding: {
          x: { field: "actual", type: "quantitative", title: `true ${name}`, scale },
          y: { field: "predicted", type: "quantitative", title: `predicted ${name}`, scale },
          tooltip: ["actual", "predicted"].map((field) => ({ field, type: "quantitative" })),
        },
      },
    ],
  };
  const numbers = toNumbers(points);
  return new Chart(spec, describe(truths.length, points.length, name, numbers), numbers, drawn);
}

type Point = Readonly<Record<"actual" | "predicted", number>>;

function toPoints(guesses: ArrayLike<number>, truths: ArrayLike<number>): Point[] {
  return Array.from(truths, (actual, i) => ({ actual, predicted: guesses[i]! })).filter(
    ({ actual, predicted }) => Number.isFinite(actual) && Number.isFinite(predicted),
  );
}

/** Of the diagonal. */
function findEnds(points: readonly Point[]): [low: number, high: number] {
  const ends = points.flatMap(({ actual, predicted }) => [actual, predicted]);
  return [Math.min(...ends), Math.max(...ends)];
}

function toNumbers(points: readonly Point[]): PredictedActualNumbers {
  const [truths, guesses] = [points.map(({ actual }) => actual), points.map(({ predicted }) => predicted)];
  const share = r2(truths, guesses, { forceFinite: false });
  return { meanAbsoluteError: mae(truths, guesses), r2: Number.isFinite(share) ? share : Number.NaN };
}

function describe(
  count: number,
  finite: number,
  name: string,
  { meanAbsoluteError, r2 }: PredictedActualNumbers,
): string {
  const left = finite < count ? ` (${count - finite} that are not finite are left out)` : "";
  const fit = Number.isFinite(r2) ? `; R² is ${toText(r2)}` : "";
  return `${toCount(count, "prediction")} of ${name}${left} ${count === 1 ? "is" : "are"} off by ${toText(meanAbsoluteError)} on average${fit}.`;
}
