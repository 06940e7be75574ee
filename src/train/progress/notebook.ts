import type { Chart } from "../../chart/chart.ts";
import { column } from "../../chart/compose.ts";
import { toSafe } from "../../metric/safe.ts";
import { type Curve, toChart } from "./curve.ts";
import { type Report, writeReport } from "./report.ts";
import type { Sink } from "./sink.ts";
import { toSketch } from "./sketch.ts";

const DISPLAY = Symbol.for("Jupyter.display");

/** The kernel's `display`, known by what it does: the runtime does not import the kernel. */
type Display = (value: unknown, options?: Options) => unknown;

interface Options {
  /** What stands there if the cell is stopped: then no code of ours runs any more. */
  readonly ifStopped: unknown;
}

interface Handle {
  /** Kernels that do not know it do not say it. */
  readonly isStopped?: boolean;
  update(value: unknown, options?: Options): void;
}

/**
 * One display that is updated in place, where there is a notebook: bars, and the curve of what learns. While it changes it is HTML, without Vega; at the end
 * the curve is a chart, which has its picture.
 */
export function toNotebook(): Sink | undefined {
  const { display } = globalThis as { readonly display?: unknown };
  if (typeof display !== "function") return undefined;
  let handle: Handle | undefined;
  let isForeign = false;
  const put = (view: unknown, ifStopped?: unknown) => {
    const options = ifStopped === undefined ? undefined : { ifStopped };
    if (handle !== undefined) handle.update(view, options);
    else if (!isForeign) {
      const found = (display as Display)(view, options);
      // somebody else's function of that name shows the bar once and not again
      if (isHandle(found)) handle = found;
      else isForeign = true;
    }
  };
  return {
    draws: true,
    get isGone() {
      return handle?.isStopped ?? false;
    },
    show: (reports) => put(toView(reports), toStill(reports.map(stop))),
    end(reports) {
      const last = toStill(reports);
      // pictures take a moment, the first one a second: until then what is right already
      put(toView(reports), last);
      const chart = toLast(reports);
      if (chart) put(chart);
    },
  };
}

/** Bars and curves as a value that shows itself at once. */
export function toView(reports: readonly Report[]): object {
  const bundle = {
    "text/plain": reports.map(writeReport).join("\n"),
    "text/html": reports.map(toHtml).join(""),
  };
  return { [DISPLAY]: () => bundle };
}

/** The same for a place where nothing comes any more: the chart, if there is a curve, but no picture, for which there is no time. */
function toStill(reports: readonly Report[]): object {
  const chart = toCharts(reports);
  if (!chart) return toView(reports);
  const said = [...reports.map(writeReport), chart.description].join("\n");
  return { [DISPLAY]: () => ({ "application/vnd.vegalite.v5+json": chart.spec, "text/plain": said }) };
}

/** The chart with its picture; as text, what the bars said and what the chart says. */
function toLast(reports: readonly Report[]): object | undefined {
  const chart = toCharts(reports);
  if (!chart) return undefined;
  const said = [...reports.map(writeReport), chart.description].join("\n");
  const show = (chart as unknown as { [DISPLAY](): Promise<Record<string, unknown>> })[DISPLAY];
  return { [DISPLAY]: async () => ({ ...(await show.call(chart)), "text/plain": said }) };
}

function toCharts(reports: readonly Report[]): Chart | undefined {
  const charts = reports.filter(isDrawn).map(toChart);
  return charts.length > 1 ? column(...charts) : charts[0];
}

function isDrawn(report: Report): report is Report & { readonly curve: Curve } {
  return report.curve !== undefined;
}

function stop(report: Report): Report {
  return report.state === "running" ? { ...report, state: "stopped" } : report;
}

function toHtml(report: Report): string {
  const { done, total, state } = report;
  const value =
    total === undefined ? (state === "running" ? "" : ' value="1" max="1"') : ` value="${done}" max="${total}"`;
  const line = `<div><progress${value} style="width:16em;vertical-align:middle"></progress> <span style="font-variant-numeric:tabular-nums">${toSafe(writeReport(report))}</span></div>`;
  return report.curve ? `${line}${toSketch(report.curve)}` : line;
}

function isHandle(value: unknown): value is Handle {
  return typeof (value as Partial<Handle> | null | undefined)?.update === "function";
}
