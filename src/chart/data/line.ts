import { type Numbers, toVector } from "../../metric/input.ts";
import { Chart, type ChartOptions } from "../chart.ts";
import { decimateAll } from "../decimate.ts";
import { toHover } from "../hover.ts";
import { toJson } from "../row.ts";
import { toLegendSelection, toOpacity, toStrokes } from "../series.ts";
import { toCount, toText } from "../text.ts";
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
 * is a gap.
 *
 * Options: `xTitle` ("x"), `yTitle` ("y"), `xScale`, `yScale` ("linear"), `title`, `width`, `height`.
 *
 * @example
 * chart.line({ x: [0, 1, 2], y: [1, 4, 2] })
 * // "3 points: y goes from 1 to 2, between 1 and 4."
 * @example
 * chart.line({ y: { relu: [0, 0, 1], silu: [-0.2, 0, 0.7] } })
 * @throws RangeError `line: 3 x do not match 2 y.`
 * @throws RangeError `line: at least one point is needed, got none.`
 * @throws RangeError `line: nothing can be drawn of 3 points.`
 */
export function line(
  { x, y }: LineData,
  { xTitle = "x", yTitle = "y", xScale = "linear", yScale = "linear", ...options }: LineOptions = {},
): Chart<readonly LineNumbers[]> {
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
  const { color, strokeDash } = toStrokes(names);
  const isMany = names.length > 1;
  const spec = {
    width: 480,
    height: 260,
    ...options,
    data: { values: rows },
    encoding: {
      x: { field: "x", type: "quantitative", title: xTitle, scale: toScale(xScale, true), axis: { grid: false } },
    },
    layer: [
      {
        params: isMany ? [toLegendSelection()] : [],
        mark: { type: "line", clip: true, point: rows.length <= 2 * lines.length },
        encoding: {
          y: { field: "y", type: "quantitative", title: yTitle, scale: toScale(yScale, false), axis: { tickCount: 6 } },
          color,
          strokeDash,
          ...(isMany && { opacity: toOpacity() }),
        },
      },
      ...toHover(names, color, { x: "x", y: "y", xTitle }),
    ],
  };
  const numbers = lines.map(toNumbers);
  return new Chart(spec, describe(numbers, yTitle), numbers, rows);
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
  const write = ({ first, last, lowest, highest }: LineNumbers) =>
    Number.isNaN(first)
      ? "has no finite value"
      : `goes from ${toText(first)} to ${toText(last)}, between ${toText(lowest)} and ${toText(highest)}`;
  const [only] = lines;
  if (lines.length === 1) return `${toCount(only!.count, "point")}: ${yTitle} ${write(only!)}.`;
  const said = lines.slice(0, MOST_SAID).map((each) => `${each.name} ${write(each)}`);
  const left = lines.length > MOST_SAID ? `; and ${lines.length - MOST_SAID} more` : "";
  return `${toCount(lines.length, "line")}: ${said.join("; ")}${left}.`;
}
