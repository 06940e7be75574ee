import type { Numbers } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toCount, toList, toText } from "../text.ts";
import { type Curve, drawCurves } from "./curves.ts";
import { type Recorded, type Runs, toRuns, toSeries } from "./run.ts";
import { checkSmoothing } from "./smooth.ts";

/** What `train.fit` measured, or the part of it that there is. */
export interface LossHistory {
  /** The loss after each epoch on the data trained with. */
  readonly train: Numbers;
  /** And on data held back. */
  readonly validation?: Numbers | undefined;
}

export interface LossCurveOptions extends ChartOptions {
  /** A logarithmic loss axis; losses that are not positive cannot be drawn on it and are left out. Default false. */
  log?: boolean;
  /** What one step of the history is called. Default "epoch". */
  step?: string;
  /**
   * The weight of what came before in an exponential moving average, from 0 to below 1, as TensorBoard's slider; the losses themselves stay visible, faintly.
   * Default 0, no smoothing.
   */
  smoothing?: number;
}

export interface LossCurveNumbers {
  first: number;
  last: number;
  /** The lowest validation loss and the epoch, counted from 1, after which it stood. */
  best: { loss: number; epoch: number } | undefined;
}

/** Of a single run its numbers, of several those of each by its name. */
type NumbersOf<R> = R extends Recorded<LossHistory> ? LossCurveNumbers : Readonly<Record<keyof R, LossCurveNumbers>>;

/**
 * Loss against epoch, for training and validation; the epoch with the lowest validation loss is marked. Of several runs each has its colour. Takes what `train.fit`
 * returns, a history, or runs by name. More than 2,000 points are thinned out so that no peak is lost.
 *
 * @example
 * chart.lossCurve({ train: [2.31, 0.6, 0.08], validation: [2.4, 0.7, 0.9] })
 * // "Training loss falls from 2.31 to 0.08 in 3 epochs; validation is lowest, 0.7, at epoch 2."
 * chart.lossCurve({ sgd: { train: [2, 1] }, adam: { train: [2, 0.5] } }, { log: true })
 * // "Training loss of 2 runs, sgd and adam, over 2 epochs; it ends lowest, 0.5, in adam."
 * @throws RangeError `lossCurve: a history of at least one epoch is needed, got none.`
 * @throws RangeError `lossCurve: smoothing must lie in [0, 1), got 1.`
 */
export function lossCurve<R extends Runs<LossHistory>>(
  runs: R,
  { log = false, step = "epoch", smoothing = 0, ...options }: LossCurveOptions = {},
): Chart<NumbersOf<R>> {
  checkSmoothing("lossCurve", smoothing);
  const histories = toRuns("lossCurve", runs, "train").map(([name, history]): NamedRun => {
    const train = toSeries("lossCurve", "losses", history.train, step);
    const held = history.validation;
    const validation = held && "length" in held && held.length === 0 ? undefined : held;
    return { name, train, validation: validation && toSeries("lossCurve", "validation losses", validation, step) };
  });
  const numbers = histories.map(toNumbers);
  const isHeld = histories.some(({ validation }) => validation !== undefined);
  const { rows, body } = drawCurves(
    histories.flatMap((run, i) => toCurves(run, numbers[i]!, i, isHeld)),
    { step, value: "loss", from: 1, log, smoothing },
  );
  const spec = { title: "Loss", width: 480, height: 260, ...options, ...body };
  const isSingle = histories.length === 1 && histories[0]!.name === "";
  const description = isSingle ? describe(histories[0]!, numbers[0]!, step) : describeAll(histories, numbers, step);
  const byName = Object.fromEntries(histories.map(({ name }, i) => [name, numbers[i]!]));
  return new Chart(spec, description, (isSingle ? numbers[0]! : byName) as NumbersOf<R>, rows);
}

interface NamedRun {
  readonly name: string;
  readonly train: ArrayLike<number>;
  readonly validation: ArrayLike<number> | undefined;
}

/** Runs differ in colour, validation in its dashes; where there is none the dashes are free for the runs. */
function toCurves(
  { name, train, validation }: NamedRun,
  { best }: LossCurveNumbers,
  run: number,
  isHeld: boolean,
): Curve[] {
  const isSingle = name === "";
  const held = isSingle ? "validation" : `${name}, validation`;
  return [
    { name: isSingle ? "training" : name, values: train, ...(isHeld && { colour: run, dash: 0 }) },
    ...(validation
      ? [{ name: held, values: validation, colour: isSingle ? 1 : run, dash: 1, best: best && best.epoch - 1 }]
      : []),
  ];
}

function toNumbers({ train, validation }: NamedRun): LossCurveNumbers {
  const [first, last] = [train[0]!, train[train.length - 1]!];
  let best: LossCurveNumbers["best"];
  for (const [i, loss] of Array.from(validation ?? []).entries())
    if (Number.isFinite(loss) && loss < (best?.loss ?? Number.POSITIVE_INFINITY)) best = { loss, epoch: i + 1 };
  return { first, last, best };
}

function describe({ train }: NamedRun, { first, last, best }: LossCurveNumbers, step: string): string {
  const course = last < first ? "falls" : last > first ? "rises" : "stays";
  const span = course === "stays" ? `at ${toText(last)}` : `from ${toText(first)} to ${toText(last)}`;
  const validation = best
    ? `; validation is lowest, ${toText(best.loss)}, at ${step} ${best.epoch.toLocaleString("en")}`
    : "";
  return `Training loss ${course} ${span} in ${toCount(train.length, step)}${validation}.`;
}

function describeAll(runs: readonly NamedRun[], numbers: readonly LossCurveNumbers[], step: string): string {
  const steps = Math.max(...runs.map(({ train }) => train.length));
  const head = `Training loss of ${toCount(runs.length, "run")}, ${toList(
    runs.map(({ name }) => name),
    5,
  )}, over ${toCount(steps, step)}`;
  const held = findLowest(numbers.map(({ best }) => best?.loss ?? Number.NaN));
  if (held >= 0) {
    const { loss, epoch } = numbers[held]!.best!;
    return `${head}; validation is lowest, ${toText(loss)}, in ${runs[held]!.name} at ${step} ${epoch.toLocaleString("en")}.`;
  }
  const end = findLowest(numbers.map(({ last }) => last));
  return end < 0 ? `${head}.` : `${head}; it ends lowest, ${toText(numbers[end]!.last)}, in ${runs[end]!.name}.`;
}

/** The place of the lowest number that is one, or −1. */
function findLowest(values: readonly number[]): number {
  return values.reduce((low, value, i) => (value < (values[low] ?? Number.POSITIVE_INFINITY) ? i : low), -1);
}
