import type { Numbers } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toText } from "../text.ts";
import { drawScores, type FoldedScores, type ScoreNumbers, toScores } from "./scores.ts";

/** FoldedScores for numbers of rows to train on. */
export interface LearningCurveData extends FoldedScores {
  /** The numbers of rows, `[V]`. */
  readonly sizes: Numbers;
}

export interface LearningCurveOptions extends ChartOptions {
  /** The name of the score. Default "score". */
  score?: string;
  /** A logarithmic axis of sizes. Default false. */
  log?: boolean;
  /** Which end of the score is good. Default "max". */
  direction?: "min" | "max";
  /** A logarithmic axis of scores, for errors that differ by factors, leaves out what is not positive. Default "linear". */
  yScale?: "linear" | "log";
}

/**
 * Score on the training and the validation part against the number of rows trained on: means over the folds with a band of one standard deviation. Where both have met,
 * more rows will not help; where a gap is left, they will.
 *
 * @example
 * chart.learningCurve({ sizes: [10, 100], train: [[1, 1], [0.9, 0.9]], validation: [[0.5, 0.7], [0.8, 0.8]] })
 * // "Score against the number of rows, from 10 to 100: validation goes from 0.6 to 0.8, training from 1 to 0.9; at the end they are 0.1 apart."
 * @throws RangeError `learningCurve: 2 values do not match 3 rows of scores.`
 * @throws RangeError `learningCurve: a size must be above 0, got 0.`
 * @see scikit-learn `LearningCurveDisplay`
 */
export function learningCurve(
  data: LearningCurveData,
  { score = "score", log = false, direction = "max", yScale = "linear", ...options }: LearningCurveOptions = {},
): Chart<ScoreNumbers> {
  const numbers = toScores("learningCurve", data.sizes, data, direction);
  const odd = numbers.values.find((size) => size <= 0);
  if (odd !== undefined) throw new RangeError(`learningCurve: a size must be above 0, got ${odd}.`);
  const { rows, body } = drawScores(numbers, { x: "rows trained on", score, log, yScale, isMarked: false });
  const spec = { title: "Learning curve", width: 420, height: 280, ...options, ...body };
  return new Chart(spec, describe(numbers, score), numbers, rows);
}

function describe({ values, train, validation }: ScoreNumbers, score: string): string {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const [first, last] = [order[0]!, order.at(-1)!];
  const course = (name: string, mean: readonly number[] | undefined) =>
    mean ? [`${name} goes from ${toText(mean[first]!)} to ${toText(mean[last]!)}`] : [];
  const parts = [...course("validation", validation?.mean), ...course("training", train?.mean)];
  const gap =
    train && validation
      ? `; at the end they are ${toText(Math.abs(train.mean[last]! - validation.mean[last]!))} apart`
      : "";
  const head = `${score.charAt(0).toUpperCase()}${score.slice(1)} against the number of rows, from ${toText(values[first]!)} to ${toText(values[last]!)}`;
  return `${head}: ${parts.join(", ").replace(", training goes from", ", training from")}${gap}.`;
}
