import type { ChartOptions } from "../chart.ts";
import { thin } from "../decimate.ts";
import { type Row, toJson } from "../row.ts";
import { toLegendSelection, toOpacity, toPoints } from "../series.ts";

export interface Points {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** The class of each point, if there are classes. */
  readonly label: readonly string[] | undefined;
  readonly size: ArrayLike<number> | undefined;
  /** The classes, in the order of the legend. */
  readonly classes: readonly string[];
}

export interface PointsLook {
  readonly xTitle: string;
  readonly yTitle: string;
  readonly sizeTitle: string;
  readonly xScale: "linear" | "log";
  readonly yScale: "linear" | "log";
  readonly options: ChartOptions;
}

/** The places of the points that can be drawn, at most as many as can be seen. */
export function findDrawn(points: Points, { xScale, yScale }: Pick<PointsLook, "xScale" | "yScale">): Drawn {
  const { x, y, size } = points;
  const all: number[] = [];
  for (let i = 0; i < x.length; i++) {
    const isPoint = Number.isFinite(x[i]) && Number.isFinite(y[i]) && (size === undefined || size[i]! >= 0);
    if (isPoint && (xScale === "linear" || x[i]! > 0) && (yScale === "linear" || y[i]! > 0)) all.push(i);
  }
  const places = thin(all.length).map((n) => all[n]!);
  return { places, finite: all.length, left: x.length - all.length };
}

export interface Drawn {
  readonly places: readonly number[];
  /** How many could be drawn. */
  readonly finite: number;
  /** How many could not. */
  readonly left: number;
}

/** A clause for the description: what is not drawn. */
export function describeDrawn({ places, finite, left }: Drawn): string {
  const missing =
    left > 0 ? ` ${left.toLocaleString("en")} that cannot be drawn ${left === 1 ? "is" : "are"} left out.` : "";
  const step = Math.ceil(finite / Math.max(1, places.length));
  return `${missing}${step > 1 ? ` One of ${step} is drawn.` : ""}`;
}

/** Points by colour and shape, to be zoomed and moved, and picked by a click in the legend. */
export function drawPoints(
  { x, y, label, size, classes }: Points,
  { places }: Drawn,
  { xTitle, yTitle, sizeTitle, xScale, yScale, options }: PointsLook,
): { spec: Record<string, unknown>; rows: Row[] } {
  const rows = places.map((i) => ({
    x: toJson(x[i]!),
    y: toJson(y[i]!),
    ...(label && { series: label[i]! }),
    ...(size && { size: toJson(size[i]!) }),
  }));
  const isMany = label !== undefined && classes.length > 1;
  const spec = {
    width: 400,
    height: 320,
    ...options,
    data: { values: rows },
    params: [{ name: "zoom", select: "interval", bind: "scales" }, ...(isMany ? [toLegendSelection()] : [])],
    mark: { type: "point", filled: true, ...(size ? {} : { size: rows.length > 500 ? 25 : 45 }) },
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        title: xTitle,
        scale: toScale(xScale),
        axis: { tickCount: 6, grid: false },
      },
      y: { field: "y", type: "quantitative", title: yTitle, scale: toScale(yScale), axis: { tickCount: 6 } },
      ...(label && toPoints(classes)),
      opacity: isMany ? toOpacity(0.8) : { value: 0.8 },
      ...(size && {
        size: {
          field: "size",
          type: "quantitative",
          title: sizeTitle,
          scale: { range: [0, 160] },
          legend: { tickCount: 4, symbolType: "circle" },
        },
      }),
      tooltip: [
        ...(label ? [{ field: "series", type: "nominal", title: "class" }] : []),
        { field: "x", type: "quantitative", title: xTitle, format: ".4~g" },
        { field: "y", type: "quantitative", title: yTitle, format: ".4~g" },
        ...(size ? [{ field: "size", type: "quantitative", title: sizeTitle, format: ".4~g" }] : []),
      ],
    },
  };
  return { spec, rows };
}

function toScale(type: "linear" | "log"): object {
  return type === "log" ? { type, nice: false } : { zero: false, nice: false, padding: 10 };
}
