import { decimateAll } from "../decimate.ts";
import { toHover } from "../hover.ts";
import { LOG_AXIS } from "../logAxis.ts";
import { COLOURS, DASHES } from "../palette.ts";
import { toJson } from "../row.ts";
import { toLegendSelection, toOpacity, toStrokes } from "../series.ts";
import type { Specification } from "../specification.ts";
import { toText } from "../text.ts";
import { GUIDE } from "../theme.ts";
import { smooth } from "./smooth.ts";

/** A line over steps. */
export interface Curve {
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** The place of its best value, to be marked. */
  readonly best?: number | undefined;
  readonly colour?: number;
  readonly dash?: number;
}

export interface CurvesOptions {
  /** The name of x and of its column. */
  readonly step: string;
  /** The name of y. */
  readonly value: string;
  /** The number of the first step. */
  readonly from: number;
  readonly log?: boolean;
  readonly smoothing?: number;
  /** Where the best value is labelled: away from the lines. */
  readonly label?: "top" | "bottom";
  readonly interpolate?: "linear" | "step-after";
  /** Whether the value axis begins at 0. Default false. */
  readonly zero?: boolean;
}

/** More would hide the lines. */
const MOST_RINGS = 20;

/** A point of a curve. */
export type CurveRow = Readonly<Record<string, string | number | null>>;

/** Lines over steps: what they share, encodings and layers. */
export function drawCurves(
  curves: readonly Curve[],
  { step, value, from, log = false, smoothing = 0, label = "top", interpolate = "linear", zero = false }: CurvesOptions,
): { readonly rows: readonly CurveRow[]; readonly body: Specification } {
  const names = curves.map(({ name }) => name);
  const rows = toRows(curves, from, log, smoothing);
  const drawn = smoothing > 0 ? "smoothed" : "value";
  // where nothing can be drawn, as of a training that was lost at once, the axes have no extent of their own
  const isEmpty = !rows.some((row) => row["value"] !== null);
  const most = curves.reduce((longest, { values }) => Math.max(longest, values.length), 1);
  const [xSpan, span] = isEmpty ? [{ domain: [from, from + most] }, { domain: [0.1, 1] }] : [{}, {}];
  const x = {
    field: "step",
    type: "quantitative",
    title: step,
    scale: { nice: false, zero: false, ...xSpan },
    axis: { tickMinStep: 1, grid: false },
  };
  const y = (field: string) => ({
    field,
    type: "quantitative",
    title: value,
    scale: log ? { type: "log", nice: false, ...span } : { zero, ...span },
    axis: { tickCount: 6, ...(log && LOG_AXIS) },
  });
  const { color, strokeDash } = toStyles(curves);
  const isSeveral = curves.length > 1;
  const line = (field: string, opacity: number) => ({
    mark: { type: "line", interpolate, point: isShort(rows, curves) && opacity === 1 },
    encoding: { y: y(field), color, strokeDash, opacity: isSeveral ? toOpacity(opacity) : { value: opacity } },
  });
  const marked = curves.filter((curve) => curve.best !== undefined);
  const best = marked.length <= MOST_RINGS ? marked : [];
  const lines = [...(smoothing > 0 ? [line("value", 0.3)] : []), line(drawn, 1)];
  const body = {
    data: { values: rows },
    encoding: { x },
    layer: [
      ...(best.length === 1 ? markBest(best[0]!, { step, from, label, length: curves[0]!.values.length }) : []),
      ...lines.map((each, i) => (i === 0 && isSeveral ? { params: [toLegendSelection()], ...each } : each)),
      ...(best.length > 0 ? [ringBest(best, from, y("value"), color, isSeveral ? toOpacity() : { value: 1 })] : []),
      ...toHover(names, color, { x: "step", y: drawn, xTitle: step }),
    ],
  };
  return { rows, body };
}

/** The strokes of series, where curves ask for others. */
function toStyles(curves: readonly Curve[]): { color: Specification; strokeDash: Specification } {
  const names = curves.map(({ name }) => name);
  const { color, strokeDash } = toStrokes(
    names,
    names.length > 1 ? { orient: names.length > 4 ? "right" : "top" } : {},
  );
  const range = (channel: unknown, at: (curve: Curve) => unknown) => {
    const { scale, legend, ...rest } = channel as { scale: { range: unknown[] }; legend: object | null };
    // as strong as the line that is not faint
    return {
      ...rest,
      legend: legend && { ...legend, symbolOpacity: 1 },
      scale: { ...scale, range: curves.map((curve, i) => at(curve) ?? scale.range[i]) },
    };
  };
  return {
    color: range(color, ({ colour }) => (colour === undefined ? undefined : COLOURS[colour % COLOURS.length])),
    strokeDash: range(strokeDash, ({ dash }) => (dash === undefined ? undefined : DASHES[dash % DASHES.length])),
  };
}

function toRows(curves: readonly Curve[], from: number, log: boolean, smoothing: number): CurveRow[] {
  const places = decimateAll(curves.map(({ values }) => values));
  return curves.flatMap(({ name, values }, i) => {
    const means = smoothing > 0 ? smooth(values, smoothing) : undefined;
    return places[i]!.filter((at) => !log || values[at]! > 0).map((at) => ({
      series: name,
      step: at + from,
      value: toJson(values[at]!),
      ...(means && { smoothed: toJson(means[at]!) }),
    }));
  });
}

/** Few points are seen one by one; a single one would not be seen at all. */
function isShort(rows: readonly unknown[], curves: readonly Curve[]): boolean {
  return rows.length <= 30 * curves.length && rows.length <= 120;
}

/** A rule at the best step, and what is best there. */
function markBest(
  { values, best }: Curve,
  { step, from, label, length }: { step: string; from: number; label: "top" | "bottom"; length: number },
): Specification[] {
  const isRight = best! > length / 2;
  const data = {
    values: [
      { step: best! + from, label: `${toText(values[best!]!)} at ${step} ${(best! + from).toLocaleString("en")}` },
    ],
  };
  return [
    { data, mark: { type: "rule", ...GUIDE } },
    {
      data,
      mark: {
        type: "text",
        color: GUIDE.color,
        align: isRight ? "right" : "left",
        baseline: label,
        dx: isRight ? -5 : 5,
        dy: label === "top" ? 4 : -4,
      },
      encoding: { y: { value: label === "top" ? 0 : { expr: "height" } }, text: { field: "label" } },
    },
  ];
}

/** A ring around each best value. */
function ringBest(
  best: readonly Curve[],
  from: number,
  y: unknown,
  color: Specification,
  opacity: unknown,
): Specification {
  return {
    data: {
      values: best.map((curve) => ({
        series: curve.name,
        step: curve.best! + from,
        value: toJson(curve.values[curve.best!]!),
      })),
    },
    mark: { type: "point", size: 90, strokeWidth: 2 },
    encoding: { y, color, opacity },
  };
}
