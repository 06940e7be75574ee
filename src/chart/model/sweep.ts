import { Chart, type ChartOptions } from "../chart.ts";
import { thin } from "../decimate.ts";
import { type Row, toJson } from "../row.ts";
import type { Specification } from "../specification.ts";
import { toCount, toList, toText } from "../text.ts";
import { GUIDE } from "../theme.ts";

export interface SweepOptions extends ChartOptions {
  /** The column that says how good a run was: the last axis, and the colour. */
  result: string;
  /** The columns to draw, in this order. Default all others that vary, as they are in the first row. */
  parameters?: readonly string[];
  /** Columns whose axis is logarithmic, as for learning rates. Default none. */
  log?: readonly string[];
  /** Which end of the result is good. Default "max". */
  direction?: "min" | "max";
}

export interface SweepNumbers {
  readonly best: Row;
  /** How many rows there are, and how many have a finite result. */
  readonly runs: number;
  readonly finished: number;
  readonly axes: readonly SweepAxis[];
}

/** An axis from `low` at the bottom to `high` at the top, or with categories from the bottom to the top. */
export type SweepAxis =
  | { readonly name: string; readonly kind: "linear" | "log"; readonly low: number; readonly high: number }
  | { readonly name: string; readonly kind: "category"; readonly categories: readonly string[] };

/** More lines are one grey field; more categories have no room for their names. */
const MOST_RUNS = 400;
const MOST_CATEGORIES = 12;

/**
 * Many runs with different hyper-parameters, as parallel axes: a line for each run, from parameter to parameter to its result, in the colour of its result. The run below the
 * pointer stands out; with the slider only good runs are left. Runs without a finite result are left out; of more than 400, evenly by result, 400 are drawn.
 *
 * @example
 * chart.sweep([{ lr: 0.1, layers: 1, accuracy: 0.8 }, { lr: 0.01, layers: 2, accuracy: 0.9 }], { result: "accuracy", log: ["lr"] })
 * // "2 runs over lr and layers: accuracy is best, 0.9, with lr 0.01 and layers 2; the worst is 0.8."
 * @throws RangeError `sweep: there is no column f1; there are lr, layers, accuracy.`
 * @throws RangeError `sweep: no run has a finite accuracy.`
 * @throws RangeError `sweep: lr has a value of 0, which a logarithmic axis cannot show.`
 */
export function sweep(
  runs: readonly Row[],
  { result, parameters, log = [], direction = "max", ...options }: SweepOptions,
): Chart<SweepNumbers> {
  if (runs.length === 0) throw new RangeError("sweep: at least one run is needed, got none.");
  if (direction !== "min" && direction !== "max")
    throw new RangeError(`sweep: direction must be "min" or "max", got ${JSON.stringify(direction)}.`);
  const columns = Object.keys(runs[0]!);
  for (const name of [result, ...(parameters ?? []), ...log])
    if (!columns.includes(name))
      throw new RangeError(`sweep: there is no column ${name}; there are ${columns.join(", ")}.`);
  const sign = direction === "max" ? -1 : 1;
  const finished = runs
    .filter((run) => typeof run[result] === "number" && Number.isFinite(run[result]))
    .toSorted((a, b) => sign * (Number(a[result]) - Number(b[result])));
  if (finished.length === 0) throw new RangeError(`sweep: no run has a finite ${result}.`);
  const names = (parameters ?? columns.filter((name) => varies(finished, name))).filter((name) => name !== result);
  const axes = [...names, result].map((name) => toAxis(finished, name, log.includes(name)));
  const places = [...new Set([...thin(finished.length, MOST_RUNS - 1), finished.length - 1])];
  const drawn = places.map((i) => finished[i]!);
  const numbers = { best: finished[0]!, runs: runs.length, finished: finished.length, axes };
  const spec = {
    title: `Sweep: ${result}`,
    width: Math.max(240, 110 * (axes.length - 1)),
    height: 280,
    ...options,
    // the best on top
    ...draw(drawn.toReversed(), axes, result, direction),
  };
  return new Chart(spec, describe(numbers, finished, names, result, drawn.length), numbers, drawn);
}

function varies(runs: readonly Row[], name: string): boolean {
  return runs.some((run) => run[name] !== runs[0]![name]);
}

function toAxis(runs: readonly Row[], name: string, isLog: boolean): SweepAxis {
  const values = runs.map((run) => run[name] ?? null);
  const isNumeric = values.every((value) => typeof value === "number" && Number.isFinite(value));
  if (!isNumeric) return { name, kind: "category", categories: [...new Set(values.map(String))].sort() };
  const numbers = values as number[];
  const low = numbers.reduce((least, value) => Math.min(least, value));
  const high = numbers.reduce((most, value) => Math.max(most, value));
  if (isLog && low <= 0)
    throw new RangeError(`sweep: ${name} has a value of ${low}, which a logarithmic axis cannot show.`);
  return { name, kind: isLog ? "log" : "linear", low, high };
}

/** JSON has neither NaN nor infinity. */
function write(value: Row[string] | undefined): Row[string] {
  return typeof value === "number" ? toJson(value) : (value ?? null);
}

/** From 0 at the bottom to 1 at the top; in the middle where there is one value only. */
function toPlace(axis: SweepAxis, value: Row[string] | undefined): number {
  if (axis.kind === "category") {
    const { categories } = axis;
    return categories.length === 1 ? 0.5 : categories.indexOf(String(value ?? null)) / (categories.length - 1);
  }
  const scale = axis.kind === "log" ? Math.log : (n: number) => n;
  const [low, high] = [scale(axis.low), scale(axis.high)];
  return low === high ? 0.5 : (scale(Number(value)) - low) / (high - low);
}

function draw(
  runs: readonly Row[],
  axes: readonly SweepAxis[],
  result: string,
  direction: "min" | "max",
): Specification {
  const names = axes.map(({ name }) => name);
  const points = runs.flatMap((run, i) =>
    axes.map((axis) => ({
      run: i,
      axis: axis.name,
      place: Number(toPlace(axis, run[axis.name]).toPrecision(5)),
      value: write(run[axis.name]),
      result: run[result] ?? null,
    })),
  );
  const ends = axes.flatMap(toTicks);
  const x = {
    field: "axis",
    type: "nominal",
    title: null,
    sort: names,
    scale: { type: "point", padding: 0.35 },
    axis: { orient: "top", labelAngle: 0, domain: false, ticks: false, labelPadding: 18, labelLimit: 104, grid: false },
  };
  const y = { field: "place", type: "quantitative", axis: null, scale: { domain: [0, 1], nice: false } };
  const last = axes.at(-1)! as { low: number; high: number };
  const step = (last.high - last.low) / 100 || 1;
  const slider = {
    name: "limit",
    value: direction === "max" ? last.low : last.high,
    bind: {
      input: "range",
      min: last.low,
      max: last.high,
      step,
      name: `${result} at ${direction === "max" ? "least" : "most"} `,
    },
  };
  const isGood = direction === "max" ? `datum.result >= limit - ${step / 2}` : `datum.result <= limit + ${step / 2}`;
  return {
    params: [slider],
    layer: [
      {
        data: { values: names.map((axis) => ({ axis, place: 0, top: 1 })) },
        mark: { type: "rule", color: GUIDE.color, strokeWidth: 1 },
        encoding: { x, y, y2: { field: "top" } },
      },
      {
        data: { values: points },
        params: [{ name: "hover", select: { type: "point", fields: ["run"], on: "mouseover", clear: "mouseout" } }],
        mark: { type: "line", strokeWidth: 1.5, interpolate: "linear", order: false },
        encoding: {
          x,
          y,
          detail: { field: "run", type: "nominal" },
          color: {
            field: "result",
            type: "quantitative",
            title: result,
            scale: { range: direction === "max" ? WORST_TO_BEST : WORST_TO_BEST.toReversed(), zero: false },
            legend: { format: ".3~g", tickCount: 5 },
          },
          opacity: {
            condition: [
              { test: `!(${isGood})`, value: 0.04 },
              { param: "hover", value: runs.length > 100 ? 0.45 : 0.75 },
            ],
            value: 0.08,
          },
          strokeWidth: { condition: { param: "hover", empty: false, value: 4 }, value: 1.5 },
          tooltip: [
            { field: "axis", type: "nominal", title: "column" },
            { field: "value", type: "nominal" },
            { field: "result", type: "quantitative", title: result, format: ".4~g" },
          ],
        },
      },
      ...(["top", "bottom", "middle"] as const).flatMap((side) => {
        const values = ends.filter((end) => end.side === side);
        if (values.length === 0) return [];
        const look = {
          top: { baseline: "bottom", dy: -5 },
          bottom: { baseline: "top", dy: 5 },
          middle: { baseline: "middle", align: "left", dx: 6 },
        }[side];
        const text = (mark: object) => ({
          data: { values },
          mark: { type: "text", limit: 90, ...look, ...mark },
          encoding: { x, y, text: { field: "label" } },
        });
        // on the lines a name needs a ground of its own that reads on a light page and on a dark one
        return side === "middle"
          ? [text({ color: TAG, stroke: TAG, strokeWidth: 6, strokeJoin: "round" }), text({ color: "white" })]
          : [text({ color: GUIDE.color })];
      }),
    ],
  };
}

const TAG = "#555555";

/** Neither as dark as a dark page nor as light as a light one, and good runs stand out. */
const WORST_TO_BEST = ["#8c8c8c", "#d0a030", "#d55e00"];

/** The ends of an axis of numbers; the names of categories, or at least how many there are. */
function toTicks(axis: SweepAxis): { axis: string; place: number; label: string; side: "top" | "bottom" | "middle" }[] {
  const { name } = axis;
  if (axis.kind === "category") {
    const { categories } = axis;
    if (categories.length > MOST_CATEGORIES)
      return [{ axis: name, place: 1, label: toCount(categories.length, "name"), side: "top" }];
    return categories.map((label) => ({ axis: name, place: toPlace(axis, label), label, side: "middle" }));
  }
  if (axis.low === axis.high) return [{ axis: name, place: 0.5, label: toText(axis.low), side: "middle" }];
  return [
    { axis: name, place: 1, label: toText(axis.high), side: "top" },
    { axis: name, place: 0, label: toText(axis.low), side: "bottom" },
  ];
}

function describe(
  { best, runs, finished: count }: SweepNumbers,
  finished: readonly Row[],
  names: readonly string[],
  result: string,
  drawn: number,
): string {
  const write = (value: Row[string] | undefined) => (typeof value === "number" ? toText(value) : String(value ?? null));
  const lost = runs > count ? ` (${(runs - count).toLocaleString("en")} without a finite ${result})` : "";
  const cut = drawn < count ? `, ${drawn} of them drawn` : "";
  const over = names.length > 0 ? ` over ${toList(names, 8)}` : "";
  const having =
    names.length > 0
      ? ` with ${toList(
          names.map((name) => `${name} ${write(best[name])}`),
          8,
        )}`
      : "";
  const worst = finished.at(-1)![result];
  const rest = finished.length > 1 ? `; the worst is ${write(worst)}` : "";
  return `${toCount(runs, "run")}${lost}${cut}${over}: ${result} is best, ${write(best[result])},${having || " everywhere"}${rest}.`;
}
