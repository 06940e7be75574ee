import { auc } from "../../metric/auc.ts";
import type { Labels } from "../../metric/input.ts";
import { type RocCurve, traceRoc } from "../../metric/rocCurve.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toCount, toList, toText } from "../text.ts";
import { GUIDE } from "../theme.ts";
import { type CurveOptions, type CurveScores, toQuestions } from "./curves.ts";
import { drawCurves, findWorst } from "./drawCurves.ts";

export interface RocCurveOptions extends ChartOptions, CurveOptions {
  /** Marks the point of this threshold on every curve; the reader moves it by a slider. None unless given. */
  threshold?: number;
}

export interface RocCurveNumbers extends RocCurve {
  /** The model or class; nothing for a single curve. */
  readonly name: string | undefined;
  /** The area under the curve, by trapezoids. */
  readonly auc: number;
}

/**
 * How many positives are found at how many false alarms, over all thresholds, with the area under each curve. CurveScores `[N]` give one curve, `[N, C]` one for each class against
 * the rest, a record of scores one for each model; of more than 20 the 20 with the least area are drawn. scikit-learn's `RocCurveDisplay`.
 *
 * Options: `threshold` (none), `posLabel`, `labels`, `classNames`, `sampleWeight`, `title`, `width`, `height`.
 *
 * @example
 * chart.rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
 * // "The area under the ROC curve is 0.75."
 * @example
 * chart.rocCurve([0, 1, 1], { logistic: [0.2, 0.7, 0.9], guess: [0.5, 0.4, 0.6] }, { threshold: 0.5 })
 * // "The areas under 2 ROC curves are 1 (logistic) and 0.5 (guess)."
 * @throws RangeError `rocCurve: 1 class (1) where 2 are needed.`
 */
export function rocCurve(
  yTrue: Labels,
  yScore: CurveScores,
  options: RocCurveOptions = {},
): Chart<readonly RocCurveNumbers[]> {
  const { threshold, posLabel, labels, classNames, sampleWeight, ...look } = options;
  if (threshold !== undefined && !Number.isFinite(threshold))
    throw new RangeError(`rocCurve: threshold must be finite, got ${threshold}.`);
  // The slider needs the points that a straight line does not.
  const dropIntermediate = threshold === undefined;
  const numbers = toQuestions("rocCurve", yTrue, yScore, options).map(({ name, truth, scores, ...positive }) => {
    const curve = traceRoc("rocCurve", truth, scores, { ...positive, sampleWeight, dropIntermediate });
    return { name, ...curve, auc: auc(curve.falsePositiveRate, curve.truePositiveRate) };
  });
  const drawn = findWorst(numbers, ({ auc: area }) => area);
  const { spec, rows } = drawCurves(
    drawn.map(({ name, auc: area, falsePositiveRate, truePositiveRate, thresholds }) => ({
      label: `${name === undefined ? "" : `${name}: `}AUC ${area.toFixed(3)}`,
      x: falsePositiveRate,
      y: truePositiveRate,
      thresholds,
    })),
    {
      fields: ["falsePositiveRate", "truePositiveRate"],
      titles: ["false positive rate", "true positive rate"],
      interpolate: "linear",
      threshold,
      guides: [DIAGONAL],
      options: { title: "ROC curve", ...look },
    },
  );
  return new Chart(spec, describe(numbers, drawn.length), numbers, rows);
}

/** Guessing. */
const DIAGONAL = {
  data: { values: [{ end: 0 }, { end: 1 }] },
  mark: { type: "line", ...GUIDE },
  encoding: { x: { field: "end", type: "quantitative" }, y: { field: "end", type: "quantitative" } },
};

function describe(numbers: readonly RocCurveNumbers[], drawn: number): string {
  const [first] = numbers;
  if (numbers.length === 1)
    return `The area under the ROC curve${first!.name ? ` of ${first!.name}` : ""} is ${toText(first!.auc)}.`;
  const areas = numbers.map(({ name, auc: area }) => `${toText(area)} (${name})`);
  if (numbers.length <= 4) return `The areas under ${numbers.length} ROC curves are ${toList(areas)}.`;
  const order = numbers.toSorted((a, b) => a.auc - b.auc);
  const [low, high] = [order[0]!, order.at(-1)!].map(({ name, auc: area }) => `${toText(area)} (${name})`);
  const left = drawn < numbers.length ? ` The ${drawn} with the least area are drawn.` : "";
  return `The areas under ${toCount(numbers.length, "ROC curve")} run from ${low} to ${high}.${left}`;
}
