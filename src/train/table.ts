import { toSafe } from "../metric/safe.ts";
import type { Fitted } from "./fitted.ts";
import type { History } from "./history.ts";

/** With more epochs than both together the middle is left out. */
const FIRST = 5;
const LAST = 5;

/** `20 epochs, stopped early: training loss 1.1 → 0.23, validation 0.31 (best epoch 17).` */
export function describe({ history, ended, bestEpoch }: Fitted): string {
  const { train, validation } = history;
  const epochs = `${train.length} epoch${train.length === 1 ? "" : "s"}`;
  const why = { finished: "", early: ", stopped early", callback: ", stopped by a callback" }[ended];
  const course = train.length > 1 ? `${write(train[0]!)} → ${write(train.at(-1)!)}` : write(train.at(-1) ?? Number.NaN);
  const held = validation.length > 0 ? `, validation ${write(validation.at(-1)!)}` : "";
  const best = bestEpoch === undefined ? "" : ` (best epoch ${bestEpoch})`;
  return `${epochs}${why}: training loss ${course}${held}${best}.`;
}

/** Epochs as aligned text. */
export function toText(history: History): string {
  const rows = toRows(history);
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column]!)).join("  ")).join("\n");
}

/** Epochs as HTML. */
export function toTable(history: History): string {
  const [head, ...rows] = toRows(history);
  const titles = head!.map((title) => `<th>${toSafe(title)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${toSafe(cell)}</td>`).join("")}</tr>`).join("");
  return `<table><thead><tr>${titles}</tr></thead><tbody>${body}</tbody></table>`;
}

/** A line, and a table below it to open. */
export function toDetails(fitted: Fitted, isFolded: boolean): string {
  const summary = `<summary>${toSafe(describe(fitted))}</summary>`;
  return `<details${isFolded ? "" : " open"}>${summary}${toTable(fitted.history)}</details>`;
}

/** A row of titles and a row for each epoch that is shown. */
function toRows({ train, validation, metrics, learningRate }: History): string[][] {
  const columns: [title: string, values: readonly number[]][] = [
    ["training loss", train],
    ...(validation.length > 0 ? [["validation loss", validation] as [string, readonly number[]]] : []),
    ...Object.entries<readonly number[]>(metrics),
    ["learning rate", learningRate],
  ];
  const toRow = (i: number) =>
    i < 0 ? ["…", ...columns.map(() => "…")] : [String(i + 1), ...columns.map(([, values]) => write(values[i]!))];
  return [["epoch", ...columns.map(([title]) => title)], ...findShown(train.length).map(toRow)];
}

function findShown(epochs: number): number[] {
  const all = Array.from({ length: epochs }, (_, i) => i);
  return epochs <= FIRST + LAST + 1 ? all : [...all.slice(0, FIRST), -1, ...all.slice(-LAST)];
}

function write(n: number): string {
  if (!Number.isFinite(n)) return String(n);
  return n !== 0 && (Math.abs(n) < 1e-4 || Math.abs(n) >= 1e6) ? n.toExponential(3) : String(Number(n.toPrecision(4)));
}
