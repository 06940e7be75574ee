import type { ChartOptions } from "../chart.ts";
import { decimate, MOST_POINTS } from "../decimate.ts";
import { type Row, toJson } from "../row.ts";
import { toLegendSelection, toOpacity, toStrokes } from "../series.ts";

/** More lines than this cannot be told apart. */
const MOST_CURVES = 20;

/** A curve over thresholds: all lists are of one length, but for the thresholds, which may end one earlier. */
export interface Curve {
  /** What stands in the legend. */
  readonly label: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly thresholds: readonly number[];
}

export interface CurvesLook {
  /** The names of both fields; their titles with spaces. */
  readonly fields: readonly [x: string, y: string];
  readonly titles: readonly [x: string, y: string];
  readonly interpolate: "linear" | "step-after";
  /** Where the slider starts; no slider without it. */
  readonly threshold: number | undefined;
  /** Lines that are not curves, as layers. */
  readonly guides: readonly object[];
  readonly options: ChartOptions;
}

/** Curves in the unit square, with a point on each that a slider moves along. */
export function drawCurves(curves: readonly Curve[], look: CurvesLook): { spec: Record<string, unknown>; rows: Row[] } {
  const limit = Math.max(10, Math.floor(MOST_POINTS / curves.length));
  const [x, y] = look.fields;
  const rows = curves.flatMap((curve) =>
    decimate(curve.y, limit).map((place, order) => ({
      curve: curve.label,
      [x]: toJson(curve.x[place]!),
      [y]: toJson(curve.y[place]!),
      threshold: toJson(curve.thresholds[place] ?? Number.NaN),
      order,
    })),
  );
  const names = curves.map(({ label }) => label);
  const axes = [x, y].map((field, i) => ({
    field,
    type: "quantitative",
    title: look.titles[i],
    scale: { domain: [0, 1], nice: false },
    axis: { values: [0, 0.2, 0.4, 0.6, 0.8, 1], format: ".1f" },
  }));
  const tooltip = [
    { field: "curve", type: "nominal", title: "curve" },
    ...[x, y].map((field, i) => ({ field, type: "quantitative", title: look.titles[i], format: ".3f" })),
    { field: "at", type: "nominal", title: "threshold" },
  ];
  const hover = { name: "hover", select: { type: "point", on: "mouseover", nearest: true, clear: "mouseout" } };
  const position = { x: axes[0], y: axes[1] };
  const colour = toStrokes(names, { field: "curve", orient: "right" });
  const spec = {
    width: 340,
    height: 340,
    ...look.options,
    ...(look.threshold !== undefined && { params: [toSlider(curves, look.threshold)] }),
    layer: [
      ...look.guides,
      {
        data: { values: rows },
        transform: [{ calculate: "isValid(datum.threshold) ? format(datum.threshold, '.3~g') : '∞'", as: "at" }],
        layer: [
          {
            params: [toLegendSelection("curve")],
            mark: { type: "line", interpolate: look.interpolate },
            encoding: { ...position, ...colour, order: { field: "order", type: "quantitative" }, opacity: toOpacity() },
          },
          {
            params: [hover],
            mark: { type: "point", filled: true, size: 60 },
            encoding: {
              ...position,
              color: colour["color"],
              tooltip,
              opacity: { condition: { param: "hover", empty: false, value: 1 }, value: 0 },
            },
          },
          ...(look.threshold === undefined ? [] : [toMarker(look.fields, position, colour["color"]!, tooltip)]),
        ],
      },
    ],
  };
  return { spec, rows: rows.map(({ order: _, ...row }) => row) };
}

/** All in their order, or of many those with the least area. */
export function findWorst<T>(numbers: readonly T[], toArea: (each: T) => number): readonly T[] {
  if (numbers.length <= MOST_CURVES) return numbers;
  const worst = new Set(numbers.toSorted((a, b) => toArea(a) - toArea(b)).slice(0, MOST_CURVES));
  return numbers.filter((each) => worst.has(each));
}

function toSlider(curves: readonly Curve[], value: number): object {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { thresholds } of curves)
    for (const each of thresholds) if (Number.isFinite(each)) [min, max] = [Math.min(min, each), Math.max(max, each)];
  if (min >= 0 && max <= 1) [min, max] = [0, 1];
  return { name: "threshold", value, bind: { input: "range", min, max, step: (max - min) / 100, name: "threshold " } };
}

/** The lowest point whose threshold is not below the slider's: rows of at least that score are called positive. */
function toMarker(
  [x, y]: readonly [string, string],
  position: object,
  color: object,
  tooltip: readonly object[],
): object {
  return {
    transform: [
      { calculate: "isValid(datum.threshold) ? datum.threshold : 1e300", as: "from" },
      { filter: "datum.from >= threshold" },
      { aggregate: [{ op: "argmin", field: "from", as: "point" }], groupby: ["curve"] },
      ...[x, y, "at"].map((field) => ({ calculate: `datum.point['${field}']`, as: field })),
    ],
    mark: { type: "point", filled: true, size: 110, opacity: 1 },
    encoding: { ...position, color, tooltip },
  };
}
