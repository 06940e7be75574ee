import type { Numbers } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toCount, toList, toText } from "../text.ts";
import { type Curve, drawCurves } from "./curves.ts";
import { toRuns, toSeries } from "./run.ts";

/** The rate at a step; the first is 0. */
export type Rate = (step: number) => number;

/** The rate of each epoch, as `train.fit` recorded it. */
export interface RateHistory {
  readonly learningRate: Numbers;
}

/** A schedule, or what a training recorded. */
export type RateSource = Rate | RateHistory | { readonly history: RateHistory };

export interface LearningRateOptions extends ChartOptions {
  /** How many steps of a schedule to draw: needed for one. */
  steps?: number;
  /** A logarithmic axis; a rate of 0 cannot be drawn on it and is left out. Default false. */
  log?: boolean;
  /** What one step is called. Default "step" for schedules, "epoch" for histories. */
  step?: string;
}

export interface RateCurve {
  readonly first: number;
  readonly last: number;
  /** The highest rate and the step where it is reached first: from 0 for a schedule, from 1 for the epochs of a history. */
  readonly highest: { readonly rate: number; readonly step: number };
}

/** By the name of the schedule or run; `learning rate` for a single one. */
export type LearningRateNumbers = Readonly<Record<string, RateCurve>>;

/**
 * The learning rate at each step: of a schedule before the training, or of a history after it; several by name. The rate holds
 * during its step, which is drawn as stairs up to 60 of them.
 *
 * @example
 * chart.learningRate(optim.schedule.warmup(0.1, { totalIters: 2, startFactor: 0.5 }), { steps: 4 })
 * // "The learning rate goes from 0.05 to 0.1 in 4 steps; it is highest, 0.1, at step 2."
 * chart.learningRate({ learningRate: [0.1, 0.05] }).numbers["learning rate"].last // 0.05
 * @throws RangeError `learningRate: steps must be a whole number of at least 1, got 0.`
 * @throws TypeError `learningRate: a schedule needs steps, the number of steps to draw.`
 */
export function learningRate(
  source: RateSource | { readonly [name: string]: RateSource },
  { steps, log = false, step, ...options }: LearningRateOptions = {},
): Chart<LearningRateNumbers> {
  if (steps !== undefined && !(Number.isInteger(steps) && steps >= 1))
    throw new RangeError(`learningRate: steps must be a whole number of at least 1, got ${steps}.`);
  const { from, curves } = toCurves(source, steps);
  const unit = step ?? (from === 0 ? "step" : "epoch");
  const { rows, body } = drawCurves(curves, {
    step: unit,
    value: "learning rate",
    from,
    log,
    interpolate: curves.some(({ values }) => values.length > MOST_STAIRS) ? "linear" : "step-after",
    zero: true,
  });
  const spec = { title: "Learning rate", width: 480, height: 200, ...options, ...body };
  const numbers = curves.map(({ values }) => measure(values, from));
  return new Chart(
    spec,
    describe(curves, numbers, unit),
    Object.fromEntries(curves.map(({ name }, i) => [name, numbers[i]!])),
    rows,
  );
}

/** Epochs are counted from 1, the steps of a schedule from 0. */
function toCurves(source: unknown, steps: number | undefined): { from: number; curves: Curve[] } {
  const schedules = toSchedules(source);
  if (schedules === undefined) {
    const runs = toRuns<RateHistory>("learningRate", source as RateHistory, "learningRate");
    const curves = runs.map(([name, history]) => ({
      name: name || NAME,
      values: toSeries("learningRate", "rates", history.learningRate, "epoch"),
    }));
    return { from: 1, curves };
  }
  if (steps === undefined) throw new TypeError("learningRate: a schedule needs steps, the number of steps to draw.");
  const curves = schedules.map(([name, rate]) => ({
    name,
    values: Float64Array.from({ length: steps }, (_, i) => rate(i)),
  }));
  return { from: 0, curves };
}

/** More stairs than this are a ragged line. */
const MOST_STAIRS = 60;

const NAME = "learning rate";

function toSchedules(source: unknown): [name: string, rate: Rate][] | undefined {
  if (typeof source === "function") return [[NAME, source as Rate]];
  if (typeof source !== "object" || source === null) return undefined;
  const entries = Object.entries(source);
  return entries.length > 0 && entries.every(([, each]) => typeof each === "function") ? entries : undefined;
}

function measure(values: ArrayLike<number>, from: number): RateCurve {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[at]! || Number.isNaN(values[at]!)) at = i;
  return { first: values[0]!, last: values[values.length - 1]!, highest: { rate: values[at]!, step: at + from } };
}

function describe(curves: readonly Curve[], numbers: readonly RateCurve[], unit: string): string {
  const length = toCount(Math.max(...curves.map(({ values }) => values.length)), unit);
  if (curves.length > 1) {
    const parts = curves.map(
      ({ name }, i) => `${name} from ${toText(numbers[i]!.first)} to ${toText(numbers[i]!.last)}`,
    );
    return `${toCount(curves.length, "learning rate")} over ${length}: ${toList(parts, 5)}.`;
  }
  const [{ first, last, highest }] = numbers as [RateCurve];
  if (Number.isNaN(highest.rate)) return `The learning rate is not a number at any of ${length}.`;
  const top = `it is highest, ${toText(highest.rate)}, at ${unit} ${highest.step.toLocaleString("en")}`;
  return `The learning rate goes from ${toText(first)} to ${toText(last)} in ${length}; ${top}.`;
}
