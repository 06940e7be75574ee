import { type Numbers, toVector } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { decimateAll } from "../decimate.ts";
import { toHover } from "../hover.ts";
import { toJson } from "../row.ts";
import { toLegendSelection, toOpacity, toStrokes } from "../series.ts";
import { toCount, toList, toText } from "../text.ts";
import { findRange, toChoice } from "./choose.ts";
import { type Named, toEntries } from "./named.ts";

export interface LineData {
  /** One for each y, rising or not: points are joined in the order of x. Default 0, 1, 2, … */
  x?: Numbers;
  /** One line, or several by name. */
  y: Named<Numbers>;
}

export interface LineOptions extends ChartOptions {
  /** The names of the axes, with their units. Default "x" and "y". */
  xTitle?: string;
  yTitle?: string;
  /** A logarithmic axis leaves out what is not positive. Default "linear". */
  xScale?: "linear" | "log";
  yScale?: "linear" | "log";
  /** The ends of the y axis; what lies outside is cut off. Default as far as the numbers go. */
  yRange?: readonly [low: number, high: number];
  /**
   * One line at a time, chosen with a slider of this name inside the chart: `"degree"`. Names that are not whole numbers at equal distances make a list. Default all
   * lines at once.
   */
  choose?: string;
  /** The name of the line that is shown first. Default the first one. */
  chosen?: string | number;
}

export interface LineNumbers {
  readonly name: string;
  readonly count: number;
  /** Of the finite values; NaN where there is none. */
  readonly first: number;
  readonly last: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Numbers as lines. The pointer reads all lines at once, a click on a name of the legend shows one alone. Long lines are thinned so that no peak is lost; what is not finite
 * is a gap. With `choose` a slider shows one of many.
 *
 * Options: `xTitle` ("x"), `yTitle` ("y"), `xScale`, `yScale` ("linear"), `yRange`, `choose`, `chosen`, `title`, `width`, `height`.
 *
 * @example
 * chart.line({ x: [0, 1, 2], y: [1, 4, 2] })
 * // "3 points: y goes from 1 to 2, between 1 and 4."
 * @example
 * chart.line({ y: { relu: [0, 0, 1], silu: [-0.2, 0, 0.7] } })
 * @example
 * chart.line({ x: [-1, 0, 1], y: { 1: [-1, 0, 1], 2: [1, 0, 1], 3: [-1, 0, 1] } }, { choose: "degree", chosen: 2 })
 * // "3 lines, one at a time by degree from 1 to 3; 2 goes from 1 to 1, between 0 and 1."
 * @throws RangeError `line: 3 x do not match 2 y.`
 * @throws RangeError `line: at least one point is needed, got none.`
 * @throws RangeError `line: nothing can be drawn of 3 points.`
 * @throws RangeError `line: yRange must go from a number to a larger one, got [2, 1].`
 * @throws RangeError `line: a yRange from 0 cannot be drawn on a logarithmic axis.`
 * @throws RangeError `line: there is no line 4 to show first; there are 1, 2 and 3.`
 */
export function line(
  { x, y }: LineData,
  {
    xTitle = "x",
    yTitle = "y",
    xScale = "linear",
    yScale = "linear",
    yRange,
    choose,
    chosen,
    ...options
  }: LineOptions = {},
): Chart<readonly LineNumbers[]> {
  checkRange(yRange, yScale);
  const lines = toEntries(y, yTitle).map(([name, each]) => ({ name, y: toVector("line", "y", each) }));
  const xs = x === undefined ? undefined : toVector("line", "x", x);
  for (const each of lines)
    if (xs && each.y.length !== xs.length)
      throw new RangeError(`line: ${xs.length} x do not match ${each.y.length} y.`);
  if (lines.every((each) => each.y.length === 0)) throw new RangeError("line: at least one point is needed, got none.");
  const places = decimateAll(lines.map((each) => each.y));
  const isDrawn = (value: number, scale: "linear" | "log") => scale === "linear" || value > 0;
  const rows = lines.flatMap(({ name, y: values }, i) =>
    places[i]!.map((at) => ({ series: name, x: xs ? xs[at]! : at, y: values[at]! }))
      .filter(
        (row) => Number.isFinite(row.x) && isDrawn(row.x, xScale) && (Number.isNaN(row.y) || isDrawn(row.y, yScale)),
      )
      .map((row) => ({ ...row, y: toJson(row.y) })),
  );
  if (rows.every((row) => row.y === null))
    throw new RangeError(
      `line: nothing can be drawn of ${toCount(
        lines.reduce((sum, each) => sum + each.y.length, 0),
        "point",
      )}.`,
    );
  const names = lines.map(({ name }) => name);
  const shown = checkChosen(names, chosen);
  // one line alone leaves nothing to choose
  const choice =
    choose !== undefined && names.length > 1 ? toChoice(names, { title: choose, shown, called: yTitle }) : undefined;
  const { color, strokeDash } = choice ? { color: choice.color, strokeDash: undefined } : toStrokes(names);
  const isMany = names.length > 1 && !choice;
  const upwards = {
    field: "y",
    type: "quantitative",
    title: yTitle,
    scale: { ...toScale(yScale, false), ...toDomain(yRange ?? (choice && findExtent(rows)), yRange !== undefined) },
    axis: { tickCount: 6 },
  };
  const spec = {
    width: 480,
    height: 260,
    ...options,
    ...(choice && { params: choice.params, transform: choice.transform }),
    data: { values: rows },
    encoding: {
      x: { field: "x", type: "quantitative", title: xTitle, scale: toScale(xScale, true), axis: { grid: false } },
    },
    layer: [
      {
        params: isMany ? [toLegendSelection()] : [],
        mark: { type: "line", clip: true, point: rows.length <= 2 * lines.length },
        encoding: { y: upwards, color, ...(strokeDash && { strokeDash }), ...(isMany && { opacity: toOpacity() }) },
      },
      ...toHover(choice ? [yTitle] : names, color, { x: "x", y: "y", xTitle, isCut: yRange !== undefined }),
      ...(choice ? [choice.label] : []),
    ],
  };
  const numbers = lines.map(toNumbers);
  const text = choice ? describeChoice(numbers, choose!, shown) : describe(numbers, yTitle);
  return new Chart(spec, text, numbers, rows);
}

function checkRange(range: LineOptions["yRange"], scale: "linear" | "log"): void {
  if (range === undefined) return;
  const [low, high] = range;
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
    throw new RangeError(`line: yRange must go from a number to a larger one, got [${range.join(", ")}].`);
  if (scale === "log" && low <= 0)
    throw new RangeError(`line: a yRange from ${low} cannot be drawn on a logarithmic axis.`);
}

function checkChosen(names: readonly string[], chosen: string | number | undefined): string {
  const shown = String(chosen ?? names[0]);
  if (!names.includes(shown))
    throw new RangeError(`line: there is no line ${shown} to show first; there are ${toList(names, 20)}.`);
  return shown;
}

/** Of all lines: the axis stands still while one after the other is shown. */
function findExtent(rows: readonly { readonly y: number | null }[]): readonly [number, number] {
  const values = rows.flatMap(({ y }) => (y === null ? [] : [y]));
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

function toDomain(domain: readonly [number, number] | undefined, isExact: boolean): object {
  return domain ? { domain, ...(isExact && { nice: false }) } : {};
}

function toScale(type: "linear" | "log", isX: boolean): object {
  return type === "log" ? { type, nice: false } : { zero: false, ...(isX && { nice: false }) };
}

function toNumbers({ name, y }: { name: string; y: ArrayLike<number> }): LineNumbers {
  let [first, last, lowest, highest] = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  for (let i = 0; i < y.length; i++) {
    const value = y[i]!;
    if (!Number.isFinite(value)) continue;
    if (Number.isNaN(first)) [first, lowest, highest] = [value, value, value];
    last = value;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { name, count: y.length, first, last, lowest, highest };
}

const MOST_SAID = 4;

function describe(lines: readonly LineNumbers[], yTitle: string): string {
  const [only] = lines;
  if (lines.length === 1) return `${toCount(only!.count, "point")}: ${yTitle} ${toCourse(only!)}.`;
  const said = lines.slice(0, MOST_SAID).map((each) => `${each.name} ${toCourse(each)}`);
  const left = lines.length > MOST_SAID ? `; and ${lines.length - MOST_SAID} more` : "";
  return `${toCount(lines.length, "line")}: ${said.join("; ")}${left}.`;
}

function describeChoice(lines: readonly LineNumbers[], choose: string, shown: string): string {
  const names = lines.map(({ name }) => name);
  const range = findRange(names);
  const all = range ? ` from ${range.min} to ${range.max}` : `: ${toList(names, 20)}`;
  const course = toCourse(lines.find(({ name }) => name === shown)!);
  return `${toCount(lines.length, "line")}, one at a time by ${choose}${all}; ${shown} ${course}.`;
}

function toCourse({ first, last, lowest, highest }: LineNumbers): string {
  if (Number.isNaN(first)) return "has no finite value";
  return `goes from ${toText(first)} to ${toText(last)}, between ${toText(lowest)} and ${toText(highest)}`;
}
