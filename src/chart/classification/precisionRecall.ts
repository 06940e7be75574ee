import { sumSteps } from "../../metric/averagePrecision.ts";
import type { Labels } from "../../metric/input.ts";
import { type PrecisionRecallCurve, tracePrecision } from "../../metric/precisionRecallCurve.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toCount, toList, toText } from "../text.ts";
import { GUIDE } from "../theme.ts";
import { type CurveOptions, type CurveScores, toQuestions } from "./curves.ts";
import { drawCurves, findWorst } from "./drawCurves.ts";

export interface PrecisionRecallOptions extends ChartOptions, CurveOptions {
  /** Marks the point of this threshold on every curve; the reader moves it by a slider. None unless given. */
  threshold?: number;
}

export interface PrecisionRecallNumbers extends PrecisionRecallCurve {
  /** The model or class; nothing for a single curve. */
  readonly name: string | undefined;
  /** `Σ (Rₙ – Rₙ₋₁) Pₙ`, without interpolation. */
  readonly averagePrecision: number;
  /** The share of positives: the precision of guessing. */
  readonly prevalence: number;
}

/**
 * Precision against recall, over all thresholds, as steps, with the average precision of each curve; dashed is guessing. Where positives are rare it says more than a ROC curve.
 * CurveScores as in `chart.rocCurve`; of more than 20 curves the 20 with the least average precision are drawn. scikit-learn's `PrecisionRecallDisplay`.
 *
 * Options: `threshold` (none), `posLabel`, `labels`, `classNames`, `sampleWeight`, `title`, `width`, `height`.
 *
 * @example
 * chart.precisionRecall([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
 * // "The average precision is 0.833; guessing has 0.5."
 * @throws RangeError `precisionRecall: 1 class (1) where 2 are needed.`
 */
export function precisionRecall(
  yTrue: Labels,
  yScore: CurveScores,
  options: PrecisionRecallOptions = {},
): Chart<readonly PrecisionRecallNumbers[]> {
  const { threshold, posLabel, labels, classNames, sampleWeight, ...look } = options;
  if (threshold !== undefined && !Number.isFinite(threshold))
    throw new RangeError(`precisionRecall: threshold must be finite, got ${threshold}.`);
  const numbers = toQuestions("precisionRecall", yTrue, yScore, options).map(({ name, truth, scores, ...positive }) => {
    const curve = tracePrecision("precisionRecall", truth, scores, { ...positive, sampleWeight });
    // Where everything is called positive, the lowest threshold, precision is the share of positives.
    return { name, ...curve, averagePrecision: sumSteps(curve), prevalence: curve.precision[0]! };
  });
  const drawn = findWorst(numbers, ({ averagePrecision: area }) => area);
  const { spec, rows } = drawCurves(
    drawn.map(({ name, averagePrecision: area, precision, recall, thresholds }) => ({
      label: `${name === undefined ? "" : `${name}: `}AP ${area.toFixed(3)}`,
      x: recall,
      y: precision,
      thresholds,
    })),
    {
      fields: ["recall", "precision"],
      titles: ["recall", "precision"],
      interpolate: "step-after",
      threshold,
      guides: toGuides(drawn),
      options: { title: "Precision and recall", ...look },
    },
  );
  return new Chart(spec, describe(numbers, drawn.length), numbers, rows);
}

/** Guessing, where it is the same for all curves. */
function toGuides(numbers: readonly PrecisionRecallNumbers[]): object[] {
  const { prevalence } = numbers[0]!;
  if (numbers.some((each) => each.prevalence !== prevalence)) return [];
  return [
    {
      data: { values: [{ prevalence }] },
      mark: { type: "rule", ...GUIDE },
      encoding: { y: { field: "prevalence", type: "quantitative" } },
    },
  ];
}

function describe(numbers: readonly PrecisionRecallNumbers[], drawn: number): string {
  const [first] = numbers;
  const write = ({ name, averagePrecision: area }: PrecisionRecallNumbers) => `${toText(area)} (${name})`;
  if (numbers.length === 1)
    return `The average precision${first!.name ? ` of ${first!.name}` : ""} is ${toText(first!.averagePrecision)}; guessing has ${toText(first!.prevalence)}.`;
  if (numbers.length <= 4)
    return `The average precisions of ${numbers.length} curves are ${toList(numbers.map(write))}.`;
  const order = numbers.toSorted((a, b) => a.averagePrecision - b.averagePrecision);
  const left = drawn < numbers.length ? ` The ${drawn} with the least are drawn.` : "";
  return `The average precisions of ${toCount(numbers.length, "curve")} run from ${write(order[0]!)} to ${write(order.at(-1)!)}.${left}`;
}
