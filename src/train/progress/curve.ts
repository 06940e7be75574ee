import { Chart } from "../../chart/chart.ts";
import { lossCurve } from "../../chart/training/lossCurve.ts";
import { type Report, writeReport } from "./report.ts";

/** Losses in their order, and what lies between two of them. */
export interface Curve {
  readonly train: readonly number[];
  readonly validation?: readonly number[];
  readonly step: "epoch" | "step";
}

/** The chart that stays, with a line below its title that says how the training went. */
export function toChart(report: Report & { readonly curve: Curve }): Chart {
  const { step, ...history } = report.curve;
  const { spec, description, numbers, rows } = lossCurve(history, { step });
  const title = { text: "Loss", subtitle: toLines(writeReport(report)), subtitleColor: GREY };
  return new Chart({ ...spec, title }, description, numbers, rows);
}

/** Reads on light and on dark; Vega-Lite's own would be black on both. */
const GREY = "#888888";

/** A line of so many characters is about as wide as the chart; a longer one would make it wider. */
const WIDE = 92;

/** Broken between the parts of a report. */
function toLines(line: string): string[] {
  const lines: string[] = [];
  for (const part of line.split(" · ")) {
    const longer = `${lines.at(-1)} · ${part}`;
    if (lines.length > 0 && longer.length <= WIDE) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}
