import type { Numbers } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toCount, toList, toText } from "../text.ts";
import { type Curve, drawCurves } from "./curves.ts";
import { type Runs, toRuns, toSeries } from "./run.ts";
import { checkSmoothing } from "./smooth.ts";

/** What was measured beside the loss: a list of numbers for each metric. */
export interface MetricHistory {
  readonly metrics: { readonly [metric: string]: Numbers };
}

export interface MetricCurveOptions extends ChartOptions {
  /** The metrics to draw: all that there are unless given. */
  metric?: string | readonly string[];
  /** Which end is good: `"min"` for names that speak of a loss or an error (`mae`, `logLoss`, `perplexity` …), else `"max"`. */
  direction?: "min" | "max";
  /** A logarithmic axis. Default false. */
  log?: boolean;
  /** What one step of the history is called. Default "epoch". */
  step?: string;
  /** As in `lossCurve`. Default 0. */
  smoothing?: number;
}

/** One line of the chart. */
export interface MetricCurve {
  readonly first: number;
  readonly last: number;
  /** The best value and the epoch, counted from 1, after which it stood; nothing where no value is finite. */
  readonly best: { readonly value: number; readonly epoch: number } | undefined;
}

/** By the name of the line: the metric, or the run and the metric. */
export type MetricCurveNumbers = Readonly<Record<string, MetricCurve>>;

/**
 * Metrics against epoch; the best epoch of each is marked. Takes what `train.fit` returns, a history, runs by name, or lists of numbers under `metrics`, as
 * `{ metrics: { train: [0.5, 0.9], validation: [0.4, 0.6] } }`.
 *
 * @example
 * chart.metricCurve({ metrics: { accuracy: [0.5, 0.9, 0.8] } })
 * // "Accuracy goes from 0.5 to 0.8 in 3 epochs; it is best, 0.9, at epoch 2."
 * @throws RangeError `metricCurve: there is no metric f1; there are accuracy.`
 * @throws RangeError `metricCurve: direction must be "min" or "max", got "up".`
 */
export function metricCurve(
  runs: Runs<MetricHistory>,
  { metric, direction, log = false, step = "epoch", smoothing = 0, ...options }: MetricCurveOptions = {},
): Chart<MetricCurveNumbers> {
  checkSmoothing("metricCurve", smoothing);
  if (direction !== undefined && direction !== "min" && direction !== "max")
    throw new RangeError(`metricCurve: direction must be "min" or "max", got ${JSON.stringify(direction)}.`);
  const lines = toLines(runs, metric, step);
  const measured = lines.map((line) => measure(line.values, direction ?? findDirection(line.metric)));
  const names = [...new Set(lines.map((line) => line.metric))];
  const value = names.length === 1 ? names[0]! : "metric";
  const { rows, body } = drawCurves(
    lines.map(({ name, values }, i): Curve => {
      const { best } = measured[i]!;
      return { name, values, best: best && best.epoch - 1 };
    }),
    { step, value, from: 1, log, smoothing, label: (direction ?? findDirection(value)) === "max" ? "bottom" : "top" },
  );
  const title = names.length === 1 ? toCapital(value) : "Metrics";
  const spec = { title, width: 480, height: 260, ...options, ...body };
  const numbers = Object.fromEntries(lines.map(({ name }, i) => [name, measured[i]!]));
  return new Chart(spec, describe(lines, measured, step), numbers, rows);
}

interface Line {
  readonly name: string;
  readonly metric: string;
  readonly values: ArrayLike<number>;
}

function toLines(runs: Runs<MetricHistory>, metric: MetricCurveOptions["metric"], step: string): Line[] {
  const wanted = metric === undefined ? undefined : [metric].flat();
  return toRuns<MetricHistory>("metricCurve", runs, "metrics").flatMap(([run, { metrics }]) => {
    const found = Object.keys(metrics);
    const missing = wanted?.find((name) => !found.includes(name));
    if (missing !== undefined || found.length === 0)
      throw new RangeError(
        `metricCurve: there is no metric${missing === undefined ? "" : ` ${missing}`}; there are ${found.join(", ") || "none"}.`,
      );
    const drawn = wanted ?? found;
    return drawn.map((name) => ({
      name: run === "" ? name : drawn.length === 1 ? run : `${run}, ${name}`,
      metric: name,
      values: toSeries("metricCurve", name, metrics[name]!, step),
    }));
  });
}

const LOW_IS_GOOD = /loss|error|entropy|perplexity|brier|nll|m[as]p?e\b|rmse|msle|divergence|distance/i;

function findDirection(metric: string): "min" | "max" {
  return LOW_IS_GOOD.test(metric) ? "min" : "max";
}

function measure(values: ArrayLike<number>, direction: "min" | "max"): MetricCurve {
  let best: MetricCurve["best"];
  const sign = direction === "max" ? 1 : -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value) && (best === undefined || sign * value > sign * best.value))
      best = { value, epoch: i + 1 };
  }
  return { first: values[0]!, last: values[values.length - 1]!, best };
}

function describe(lines: readonly Line[], measured: readonly MetricCurve[], step: string): string {
  const steps = toCount(Math.max(...lines.map(({ values }) => values.length)), step);
  const write = ({ best }: MetricCurve) =>
    best ? `${toText(best.value)}, at ${step} ${best.epoch.toLocaleString("en")}` : "nowhere";
  if (lines.length > 1) {
    const parts = lines.map(({ name }, i) => `${name} (${write(measured[i]!)})`);
    return `${toCapital(toCount(lines.length, "line"))} over ${steps}, best: ${toList(parts, 5)}.`;
  }
  const [{ first, last, best }] = measured as [MetricCurve];
  const end = best ? `; it is best, ${write({ first, last, best })}` : "";
  return `${toCapital(lines[0]!.metric)} goes from ${toText(first)} to ${toText(last)} in ${steps}${end}.`;
}

function toCapital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
