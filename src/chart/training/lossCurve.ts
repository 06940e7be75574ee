import { Chart, type ChartOptions } from "../chart.ts";
import { COLOURS, DASHES } from "../palette.ts";
import { toText } from "../text.ts";

/** The loss after each epoch, on the data trained with and on data held back. */
export interface LossHistory {
  train: ArrayLike<number>;
  validation?: ArrayLike<number>;
}

export interface LossCurveOptions extends ChartOptions {
  /** A logarithmic loss axis; losses that are not positive cannot be drawn on it and are left out. Default false. */
  log?: boolean;
  /** What one step of the history is called. Default "epoch". */
  step?: string;
}

export interface LossCurveNumbers {
  first: number;
  last: number;
  /** The lowest validation loss and the epoch, counted from 1, after which it stood. */
  best: { loss: number; epoch: number } | undefined;
}

/**
 * Loss against epoch, for training and validation.
 *
 * @example
 * chart.lossCurve({ train: [2.31, 0.6, 0.08], validation: [2.4, 0.7, 0.9] })
 * // "Training loss falls from 2.31 to 0.08 in 3 epochs; validation is lowest, 0.7, at epoch 2."
 * @throws RangeError without a single epoch.
 */
export function lossCurve(
  history: LossHistory,
  { log = false, step = "epoch", ...options }: LossCurveOptions = {},
): Chart<LossCurveNumbers> {
  if (history.train.length === 0)
    throw new RangeError(`lossCurve: a history of at least one ${step} is needed, got none.`);
  const rows = [...toRows("training", history.train), ...toRows("validation", history.validation ?? [])];
  const drawn = log ? rows.filter(({ loss }) => loss !== null && loss > 0) : rows;
  const numbers = toNumbers(history);
  const hover = {
    name: "hover",
    select: { type: "point", on: "mouseover", nearest: true, clear: "mouseout", encodings: ["x"] },
  };
  const series = { field: "series", type: "nominal", title: null, sort: null };
  const shown = SERIES.filter((name) => rows.some(({ series }) => series === name));
  // One series needs no legend; two are told apart by their strokes, dashes included.
  const legend = shown.length > 1 ? { symbolType: "stroke", symbolSize: 400, orient: "top" } : null;
  const spec = {
    title: "Loss",
    width: 480,
    height: 260,
    ...options,
    data: { values: drawn },
    encoding: {
      x: {
        field: "epoch",
        type: "quantitative",
        title: step,
        scale: { nice: false },
        axis: { tickMinStep: 1, grid: false },
      },
      y: {
        field: "loss",
        type: "quantitative",
        title: "loss",
        scale: log ? { type: "log", nice: false } : { zero: false },
        axis: { tickCount: 6 },
      },
      color: { ...series, scale: { domain: shown, range: COLOURS.slice(0, shown.length) }, legend },
      tooltip: ["series", "epoch", "loss"].map((field) => ({
        field,
        type: field === "series" ? "nominal" : "quantitative",
      })),
    },
    layer: [
      {
        mark: { type: "line", clip: true, point: rows.length <= 60 },
        encoding: { strokeDash: { ...series, scale: { domain: shown, range: DASHES.slice(0, shown.length) }, legend } },
      },
      {
        params: [hover],
        mark: { type: "point", filled: true, size: 70 },
        encoding: { opacity: { condition: { param: "hover", empty: false, value: 1 }, value: 0 } },
      },
    ],
  };
  return new Chart(spec, describe(history, numbers, step), numbers);
}

const SERIES = ["training", "validation"];

/** JSON knows neither NaN nor infinity: a gap in the line. */
function toRows(series: string, losses: ArrayLike<number>): { series: string; epoch: number; loss: number | null }[] {
  return Array.from(losses, (loss, i) => ({ series, epoch: i + 1, loss: Number.isFinite(loss) ? loss : null }));
}

function toNumbers({ train, validation }: LossHistory): LossCurveNumbers {
  const [first, last] = [train[0]!, train[train.length - 1]!];
  let best: LossCurveNumbers["best"];
  for (const [i, loss] of Array.from(validation ?? []).entries())
    if (loss < (best?.loss ?? Number.POSITIVE_INFINITY)) best = { loss, epoch: i + 1 };
  return { first, last, best };
}

function describe({ train }: LossHistory, { first, last, best }: LossCurveNumbers, step: string): string {
  const course = last < first ? "falls" : last > first ? "rises" : "stays";
  const span = course === "stays" ? `at ${toText(last)}` : `from ${toText(first)} to ${toText(last)}`;
  const length = `in ${train.length} ${train.length === 1 ? step : toPlural(step)}`;
  const validation = best ? `; validation is lowest, ${toText(best.loss)}, at ${step} ${best.epoch}` : "";
  return `Training loss ${course} ${span} ${length}${validation}.`;
}

function toPlural(noun: string): string {
  return `${noun}${/(?:s|x|tch|sh)$/.test(noun) ? "es" : "s"}`;
}
