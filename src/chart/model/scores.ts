import { type Numbers, toRows } from "../../metric/input.ts";
import { toHover } from "../hover.ts";
import { LOG_AXIS } from "../logAxis.ts";
import { toLegendSelection, toOpacity, toStrokes } from "../series.ts";
import type { Specification } from "../specification.ts";
import { toText } from "../text.ts";
import { GUIDE } from "../theme.ts";

/** FoldedScores of several folds at each value, `[V, K]`, or one at each, `[V]`. */
export interface FoldedScores {
  readonly train?: Numbers | undefined;
  readonly validation?: Numbers | undefined;
}

/** Over the folds: the mean, and the standard deviation `√(Σ (s – s̄)² / K)`. */
export interface FoldScores {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export interface ScoreNumbers {
  readonly values: readonly number[];
  readonly train: FoldScores | undefined;
  readonly validation: FoldScores | undefined;
  /** The value where the mean of the validation scores is best. */
  readonly best: { readonly value: number; readonly score: number; readonly std: number } | undefined;
}

export interface ScoreLook {
  readonly x: string;
  readonly score: string;
  readonly log: boolean;
  readonly yScale: "linear" | "log";
  /** Whether the best value is marked. */
  readonly isMarked: boolean;
}

/** Means and deviations over the folds, one for each of the values. */
export function toScores(
  chart: string,
  values: Numbers,
  { train, validation }: FoldedScores,
  direction: "min" | "max",
): ScoreNumbers {
  if (direction !== "min" && direction !== "max")
    throw new RangeError(`${chart}: direction must be "min" or "max", got ${JSON.stringify(direction)}.`);
  const places = Array.from(toRows(chart, "values", values).data);
  if (places.length === 0) throw new RangeError(`${chart}: at least one value is needed, got none.`);
  const odd = places.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) throw new RangeError(`${chart}: value ${places[odd]} at ${odd} is not finite.`);
  if (train === undefined && validation === undefined)
    throw new TypeError(`${chart}: scores of train or of validation are needed, got neither.`);
  const [trained, held] = [train, validation].map((scores) => scores && measure(chart, scores, places.length));
  return { values: places, train: trained, validation: held, best: held && findBest(places, held, direction) };
}

/** Lines of means with bands of one deviation to each side. */
export function drawScores(
  { values, train, validation, best: found }: ScoreNumbers,
  { x, score, log, yScale, isMarked }: ScoreLook,
): { readonly rows: readonly ScoreRow[]; readonly body: Specification } {
  const parts = { training: train, validation };
  const isSeveral = train !== undefined && validation !== undefined;
  const names = (["training", "validation"] as const).filter((name) => parts[name]);
  const all = names.flatMap((series) => toPoints(series, values, parts[series]!));
  const rows = yScale === "log" ? toPositive(all) : all;
  const best = isMarked && found && (yScale === "linear" || found.score > 0) ? found : undefined;
  const strokes = toStrokes(["training", "validation"], { orient: "top" });
  const [color, strokeDash] = [strokes["color"], strokes["strokeDash"]].map((channel) =>
    withLegend(channel, isSeveral),
  );
  const opacity = (full: number) => (isSeveral ? toOpacity(full) : { value: full });
  const y = {
    field: "mean",
    type: "quantitative",
    title: score,
    scale: yScale === "log" ? { type: "log", nice: false } : { zero: false },
    ...(yScale === "log" && { axis: LOG_AXIS }),
  };
  const hasBand = rows.some(({ low, high }) => low !== high);
  const body = {
    data: { values: rows },
    encoding: {
      x: {
        field: "value",
        type: "quantitative",
        title: x,
        scale: log ? { type: "log", nice: false } : { zero: false, nice: false },
        axis: { grid: false, ...(log && LOG_AXIS) },
      },
    },
    layer: [
      ...(best ? mark(values, best, x) : []),
      ...(hasBand
        ? [
            {
              mark: { type: "area" },
              encoding: { y: { ...y, field: "low" }, y2: { field: "high" }, color, opacity: opacity(0.2) },
            },
          ]
        : []),
      {
        ...(isSeveral && { params: [toLegendSelection()] }),
        mark: { type: "line", point: values.length <= 60 },
        encoding: { y, color, strokeDash, opacity: opacity(1) },
      },
      ...(best
        ? [
            {
              data: { values: [{ series: "validation", value: best.value, mean: best.score }] },
              mark: { type: "point", size: 110, strokeWidth: 2 },
              encoding: { y, color },
            },
          ]
        : []),
      ...toHover(names, color, { x: "value", y: "mean", xTitle: x }),
    ],
  };
  return { rows, body };
}

export type ScoreRow = Readonly<Record<"value" | "mean" | "low" | "high", number>> & { readonly series: string };

function measure(chart: string, scores: Numbers, count: number): FoldScores {
  const { data, rows, columns } = toRows(chart, "scores", scores);
  if (rows !== count) throw new RangeError(`${chart}: ${count} values do not match ${rows} rows of scores.`);
  const folds = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, i) => data[row * columns + i]!),
  );
  const mean = folds.map((fold) => fold.reduce((sum, s) => sum + s, 0) / fold.length);
  return {
    mean,
    std: folds.map((fold, i) => Math.sqrt(fold.reduce((sum, s) => sum + (s - mean[i]!) ** 2, 0) / fold.length)),
  };
}

function findBest(
  values: readonly number[],
  { mean, std }: FoldScores,
  direction: "min" | "max",
): ScoreNumbers["best"] {
  const sign = direction === "max" ? 1 : -1;
  const order = mean.map((_, i) => i).filter((i) => Number.isFinite(mean[i]));
  if (order.length === 0) return undefined;
  const at = order.reduce((best, i) => (sign * mean[i]! > sign * mean[best]! ? i : best));
  return { value: values[at]!, score: mean[at]!, std: std[at]! };
}

/** A value without a finite score is a gap. */
function toPoints(series: string, values: readonly number[], { mean, std }: FoldScores): ScoreRow[] {
  return values
    .map((value, i) => ({ series, value, mean: mean[i]!, low: mean[i]! - std[i]!, high: mean[i]! + std[i]! }))
    .filter((row) => Number.isFinite(row.mean));
}

/** What has a logarithm; a band that reaches below 0 goes down to the lowest number that is drawn. */
function toPositive(rows: readonly ScoreRow[]): ScoreRow[] {
  const drawn = rows.filter(({ mean }) => mean > 0);
  const bottom = drawn.reduce(
    (least, { low, mean }) => Math.min(least, low > 0 ? low : mean),
    Number.POSITIVE_INFINITY,
  );
  return drawn.map((row) => ({ ...row, low: Math.max(row.low, bottom) }));
}

/** One line alone needs no legend, though its colour is that of its kind; two have symbols as strong as the lines, not as the bands. */
function withLegend(channel: unknown, isSeveral: boolean): Specification {
  const { legend, ...rest } = channel as { legend: object };
  return { ...rest, legend: isSeveral ? { ...legend, symbolOpacity: 1 } : null };
}

function mark(values: readonly number[], best: NonNullable<ScoreNumbers["best"]>, x: string): Specification[] {
  const sorted = values.toSorted((a, b) => a - b);
  const isRight = sorted.indexOf(best.value) >= values.length / 2;
  const data = { values: [{ value: best.value, label: `${toText(best.score)} at ${x} ${toText(best.value)}` }] };
  const side = isRight ? { align: "right", dx: -6 } : { align: "left", dx: 6 };
  return [
    { data, mark: { type: "rule", ...GUIDE } },
    {
      data,
      mark: { type: "text", color: GUIDE.color, baseline: "bottom", dy: -4, ...side },
      encoding: { y: { value: "height" }, text: { field: "label" } },
    },
  ];
}
