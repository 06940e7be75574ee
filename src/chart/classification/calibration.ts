import { type CalibrationCurve, calibrationCurve } from "../../metric/calibrationCurve.ts";
import { calibrationError } from "../../metric/calibrationError.ts";
import { type Labels, type Numbers, toVector } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import type { Row } from "../row.ts";
import { toLegendSelection, toOpacity, toStrokedPoints } from "../series.ts";
import { toCount, toList, toText } from "../text.ts";
import { GUIDE } from "../theme.ts";
import { type CurveOptions, type CurveScores, toQuestions } from "./curves.ts";
import { findWorst } from "./drawCurves.ts";

export interface CalibrationOptions extends ChartOptions, Omit<CurveOptions, "sampleWeight"> {
  /** Bins of the curve and of the histogram. Default 10 (scikit-learn's display has 5). */
  bins?: number;
  /** Bins of equal width (`"uniform"`, unless given) or of equally many rows. */
  strategy?: "uniform" | "quantile";
}

export interface CalibrationNumbers extends CalibrationCurve {
  /** The model or class; nothing for a single curve. */
  readonly name: string | undefined;
  /** The expected calibration error: the mean gap between share and probability, over as many bins of equal width. */
  readonly error: number;
  /** How many probabilities lie in each of the histogram's bins, which are of equal width. */
  readonly histogram: readonly number[];
}

/**
 * How often what was given a probability came true, with a histogram of the probabilities below: on the diagonal a model is calibrated, under it too sure. Probabilities
 * `[N]` give one curve, `[N, C]` one for each class against the rest, a record of them one for each model; of more than 20 the 20 with the largest error are drawn.
 * scikit-learn's `CalibrationDisplay`; Guo et al. 2017 for the error (ECE).
 *
 * Options: `bins` (10), `strategy` ("uniform"), `posLabel`, `labels`, `classNames`, `title`, `width`, `height` (of the curve).
 *
 * @example
 * chart.calibration([0, 1, 1, 0, 1], [0.2, 0.8, 0.9, 0.4, 0.6])
 * // "Probabilities are off by 0.26 on average, over 10 bins."
 * @throws RangeError `calibrationCurve: probability 1.5 at 0 does not lie in [0, 1].`
 * @throws RangeError `calibration: 1 class (1) where 2 are needed.`
 */
export function calibration(
  yTrue: Labels,
  yProb: CurveScores,
  options: CalibrationOptions = {},
): Chart<readonly CalibrationNumbers[]> {
  const { bins = 10, strategy = "uniform", posLabel, labels, classNames, ...look } = options;
  const numbers = toQuestions("calibration", yTrue, yProb, options).map(({ name, truth, scores, ...positive }) => ({
    name,
    ...calibrationCurve(truth, scores, { bins, strategy, ...positive }),
    error: calibrationError(truth, scores, { bins, ...positive }),
    histogram: toHistogram(scores, bins),
  }));
  const drawn = findWorst(numbers, ({ error }) => -error);
  const { rows, spec } = draw(drawn, bins, look);
  return new Chart(spec, describe(numbers, bins, drawn.length), numbers, rows);
}

/** How many lie in each of the bins of equal width; 1 in the last. */
function toHistogram(scores: Numbers, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  const values = toVector("calibration", "probabilities", scores);
  for (let i = 0; i < values.length; i++) counts[Math.min(bins - 1, Math.floor(values[i]! * bins))]!++;
  return counts;
}

function draw(
  numbers: readonly CalibrationNumbers[],
  bins: number,
  { title, width = 340, height = 300 }: ChartOptions,
): { rows: Row[]; spec: Record<string, unknown> } {
  const names = numbers.map(({ name, error }) => `${name === undefined ? "" : `${name}: `}ECE ${error.toFixed(3)}`);
  const rows = numbers.flatMap(({ truth, prediction, counts }, i) =>
    truth.map((share, bin) => ({ curve: names[i]!, probability: prediction[bin]!, share, count: counts[bin]! })),
  );
  const bars = numbers.flatMap(({ histogram }, i) =>
    histogram.map((count, bin) => ({ curve: names[i]!, from: bin / bins, to: (bin + 1) / bins, count })),
  );
  const series = { field: "curve", orient: "right" };
  const unit = { type: "quantitative", scale: { domain: [0, 1], nice: false } };
  const axis = { values: [0, 0.2, 0.4, 0.6, 0.8, 1], format: ".1f" };
  const position = {
    x: { field: "probability", ...unit, axis: { ...axis, title: null, labels: false } },
    y: { field: "share", ...unit, axis, title: "share of positives" },
  };
  const { color, strokeDash, shape } = toStrokedPoints(names, series);
  const opacity = toOpacity();
  const curve = {
    width,
    height,
    layer: [
      {
        data: { values: [{ end: 0 }, { end: 1 }] },
        mark: { type: "line", ...GUIDE },
        encoding: { x: { field: "end", type: "quantitative" }, y: { field: "end", type: "quantitative" } },
      },
      {
        params: [toLegendSelection("curve")],
        data: { values: rows },
        mark: { type: "line" },
        encoding: { ...position, color, strokeDash, opacity },
      },
      {
        data: { values: rows },
        mark: { type: "point", filled: true, size: 60 },
        encoding: {
          ...position,
          color,
          shape,
          opacity,
          tooltip: [
            { field: "curve", type: "nominal" },
            { field: "probability", type: "quantitative", title: "mean probability", format: ".3f" },
            { field: "share", type: "quantitative", title: "share of positives", format: ".3f" },
            { field: "count", type: "quantitative", title: "rows", format: ",d" },
          ],
        },
      },
    ],
  };
  const histogram = {
    width,
    height: 70,
    data: { values: bars },
    mark: { type: "bar", binSpacing: 1 },
    encoding: {
      x: { field: "from", ...unit, axis, title: "probability" },
      x2: { field: "to" },
      y: { field: "count", type: "quantitative", title: "rows", stack: null, axis: { tickCount: 3, format: "~s" } },
      y2: { datum: 0 },
      color,
      opacity: numbers.length > 1 ? toOpacity(0.55) : toOpacity(),
      tooltip: [
        { field: "curve", type: "nominal" },
        { field: "from", type: "quantitative" },
        { field: "to", type: "quantitative" },
        { field: "count", type: "quantitative", title: "rows", format: ",d" },
      ],
    },
  };
  return { rows, spec: { title: title ?? "Calibration", spacing: 12, vconcat: [curve, histogram] } };
}

function describe(numbers: readonly CalibrationNumbers[], bins: number, drawn: number): string {
  const over = `on average, over ${toCount(bins, "bin")}`;
  const [first] = numbers;
  if (numbers.length === 1)
    return `Probabilities${first!.name ? ` of ${first!.name}` : ""} are off by ${toText(first!.error)} ${over}.`;
  const write = ({ name, error }: CalibrationNumbers) => `${toText(error)} (${name})`;
  if (numbers.length <= 4) return `Probabilities are off by ${toList(numbers.map(write))} ${over}.`;
  const order = numbers.toSorted((a, b) => a.error - b.error);
  const left = drawn < numbers.length ? ` The ${drawn} with the largest error are drawn.` : "";
  return `Probabilities of ${numbers.length} curves are off by ${write(order[0]!)} to ${write(order.at(-1)!)} ${over}.${left}`;
}
