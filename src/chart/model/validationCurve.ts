import type { Numbers } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toCount, toText } from "../text.ts";
import { drawScores, type FoldedScores, type ScoreNumbers, toScores } from "./scores.ts";

/** FoldedScores for values of a hyper-parameter. */
export interface ValidationCurveData extends FoldedScores {
  /** The values of the hyper-parameter, `[V]`. */
  readonly values: Numbers;
}

export interface ValidationCurveOptions extends ChartOptions {
  /** The name of the hyper-parameter. Default "value". */
  name?: string;
  /** The name of the score. Default "score". */
  score?: string;
  /** A logarithmic axis of values; one that is not positive cannot be drawn on it and is refused. Default false. */
  log?: boolean;
  /** Which end of the score is good. Default "max". */
  direction?: "min" | "max";
  /** A logarithmic axis of scores, for errors that differ by factors, leaves out what is not positive. Default "linear". */
  yScale?: "linear" | "log";
}

/**
 * Score on the training and the validation part against a hyper-parameter: means over the folds with a band of one standard deviation, the best value marked. On one side
 * the model is too stiff for both, on the other it only remembers.
 *
 * @example
 * chart.validationCurve({ values: [1, 10], train: [[1, 0.8], [0.7, 0.7]], validation: [[0.5, 0.7], [0.6, 0.8]] }, { name: "alpha" })
 * // "Validation score against alpha for 2 values: best, 0.7 ± 0.1, at alpha 10, where training has 0.7."
 * @throws RangeError `validationCurve: 2 values do not match 3 rows of scores.`
 * @throws RangeError `validationCurve: a value of 0 cannot be drawn on a logarithmic axis.`
 * @see scikit-learn `ValidationCurveDisplay`
 */
export function validationCurve(
  data: ValidationCurveData,
  {
    name = "value",
    score = "score",
    log = false,
    direction = "max",
    yScale = "linear",
    ...options
  }: ValidationCurveOptions = {},
): Chart<ScoreNumbers> {
  const numbers = toScores("validationCurve", data.values, data, direction);
  const odd = numbers.values.find((value) => log && value <= 0);
  if (odd !== undefined)
    throw new RangeError(`validationCurve: a value of ${odd} cannot be drawn on a logarithmic axis.`);
  const { rows, body } = drawScores(numbers, { x: name, score, log, yScale, isMarked: true });
  const spec = { title: "Validation curve", width: 420, height: 280, ...options, ...body };
  return new Chart(spec, describe(numbers, name, score), numbers, rows);
}

function describe({ values, train, best }: ScoreNumbers, name: string, score: string): string {
  const head = `${best ? "Validation" : "Training"} ${score} against ${name} for ${toCount(values.length, "value")}`;
  if (!best) return `${head}.`;
  const trained = train?.mean[values.indexOf(best.value)];
  const beside = trained === undefined ? "" : `, where training has ${toText(trained)}`;
  const spread = best.std > 0 ? ` ± ${toText(best.std)}` : "";
  return `${head}: best, ${toText(best.score)}${spread}, at ${name} ${toText(best.value)}${beside}.`;
}
