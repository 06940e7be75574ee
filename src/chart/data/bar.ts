import { type Label, type Labels, type Numbers, toLabels, toVector } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { toJson } from "../row.ts";
import { toColours, toLegendSelection, toOpacity } from "../series.ts";
import { toCount, toText } from "../text.ts";
import { type Named, toEntries } from "./named.ts";

export interface BarData {
  /** What each bar is called; each name once. */
  x: Labels;
  /** One bar for each name, or several beside each other by the name of their series. */
  y: Named<Numbers>;
  /** How far each bar may be off, up and down: as `y`. */
  error?: Named<Numbers>;
}

export interface BarOptions extends ChartOptions {
  /** The names of the axes, with their units. Default nothing and "value". */
  xTitle?: string;
  yTitle?: string;
}

export interface BarNumbers {
  readonly series: string;
  readonly x: string;
  readonly y: number;
  readonly error: number | undefined;
}

/** Bars that can be told apart. */
const MOST_BARS = 1000;

/**
 * A bar for each name, from 0; several series beside each other, with error bars if there are errors. What is not finite has no bar.
 *
 * Options: `xTitle` (none), `yTitle` ("value"), `title`, `width`, `height`.
 *
 * @example
 * chart.bar({ x: ["ridge", "lasso"], y: [0.52, 0.48] }, { yTitle: "R²" })
 * // "2 bars: R² runs from 0.48 (lasso) to 0.52 (ridge)."
 * @throws RangeError `bar: 2 names do not match 3 values.`
 * @throws RangeError `bar: the name "ridge" stands twice.`
 * @throws RangeError `bar: nothing can be drawn of 3 bars.`
 * @throws RangeError `bar: 5000 bars where at most 1000 can be told apart.`
 */
export function bar(
  { x, y, error }: BarData,
  { xTitle, yTitle = "value", ...options }: BarOptions = {},
): Chart<readonly BarNumbers[]> {
  const labels = toLabels("bar", "names", x);
  const series = toEntries(y, yTitle).map(([name, each]) => [name, toVector("bar", "values", each)] as const);
  const errors =
    error && toEntries(error, yTitle).map(([name, each]) => [name, toVector("bar", "errors", each)] as const);
  check(labels, series, errors);
  const numbers = toNumbers(labels, series, errors);
  if (!numbers.some((each) => Number.isFinite(each.y)))
    throw new RangeError(`bar: nothing can be drawn of ${toCount(numbers.length, "bar")}.`);
  const rows = numbers.map((each) => ({
    series: each.series,
    name: each.x,
    value: toJson(each.y),
    ...(each.error !== undefined && { low: toJson(each.y - each.error), high: toJson(each.y + each.error) }),
  }));
  const hasErrors = rows.some((row) => Number.isFinite(row.low));
  const names = series.map(([name]) => name);
  const isMany = names.length > 1;
  const longest = Math.max(...numbers.map((each) => each.x.length));
  const width = Math.min(640, Math.max(240, rows.length * 36, labels.length * 9 * longest));
  const encoding = {
    x: {
      field: "name",
      type: "nominal",
      sort: null,
      title: xTitle ?? null,
      axis: {
        labelAngle: (longest * 7 * labels.length) / width > 1 ? -45 : 0,
        // slanted names do not touch, though the boxes around them do
        labelOverlap: width / labels.length < 14,
        labelLimit: 140,
        ticks: false,
      },
    },
    ...(isMany && { xOffset: { field: "series", type: "nominal", sort: null } }),
  };
  const spec = {
    width,
    height: 260,
    ...options,
    data: { values: rows },
    encoding,
    layer: [
      {
        params: isMany ? [toLegendSelection()] : [],
        mark: { type: "bar" },
        encoding: {
          y: { field: "value", type: "quantitative", title: yTitle, axis: { tickCount: 6 } },
          ...toColours(names),
          ...(isMany && { opacity: toOpacity() }),
          tooltip: [
            ...(isMany ? [{ field: "series", type: "nominal" }] : []),
            { field: "name", type: "nominal", title: xTitle ?? "name" },
            { field: "value", type: "quantitative", title: yTitle, format: ".4~g" },
            ...(errors ? ["low", "high"].map((field) => ({ field, type: "quantitative", format: ".4~g" })) : []),
          ],
        },
      },
      ...(hasErrors
        ? [
            {
              transform: [{ filter: "isValid(datum.low)" }],
              mark: { type: "errorbar", ticks: { size: 8 }, color: "#808080", thickness: 1.5 },
              encoding: { y: { field: "low", type: "quantitative", title: yTitle }, y2: { field: "high" } },
            },
          ]
        : []),
    ],
  };
  return new Chart(spec, describe(numbers, yTitle, isMany), numbers, rows);
}

type Series = readonly (readonly [name: string, values: ArrayLike<number>])[];

function check(labels: ArrayLike<Label>, series: Series, errors: Series | undefined): void {
  if (labels.length === 0 || series.length === 0) throw new RangeError("bar: at least one bar is needed, got none.");
  const bars = labels.length * series.length;
  if (bars > MOST_BARS) throw new RangeError(`bar: ${bars} bars where at most ${MOST_BARS} can be told apart.`);
  for (const [what, lists] of [
    ["values", series],
    ["errors", errors ?? []],
  ] as const)
    for (const [, each] of lists)
      if (each.length !== labels.length)
        throw new RangeError(`bar: ${labels.length} names do not match ${each.length} ${what}.`);
  const names = Array.from(labels, String);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new RangeError(`bar: the name "${twice}" stands twice.`);
  const odd = errors?.find(([name]) => !series.some(([other]) => other === name));
  if (odd)
    throw new RangeError(`bar: errors of "${odd[0]}", which is not one of ${series.map(([name]) => name).join(", ")}.`);
}

function toNumbers(labels: ArrayLike<Label>, series: Series, errors: Series | undefined): BarNumbers[] {
  return series.flatMap(([name, values]) => {
    const own = errors?.find(([other]) => other === name)?.[1];
    return Array.from(labels, (label, i) => ({ series: name, x: String(label), y: values[i]!, error: own?.[i] }));
  });
}

function describe(numbers: readonly BarNumbers[], yTitle: string, isMany: boolean): string {
  const finite = numbers.filter(({ y }) => Number.isFinite(y));
  const left = numbers.length - finite.length;
  const missing = left > 0 ? ` ${left} of them ${left === 1 ? "is" : "are"} not finite and left out.` : "";
  const bars = toCount(numbers.length, "bar");
  const order = finite.toSorted((a, b) => a.y - b.y);
  const write = ({ series, x, y }: BarNumbers) => `${toText(y)} (${isMany ? `${series}, ` : ""}${x})`;
  const range =
    order.length === 1 ? `is ${write(order[0]!)}` : `runs from ${write(order[0]!)} to ${write(order.at(-1)!)}`;
  return `${bars}: ${yTitle} ${range}.${missing}`;
}
