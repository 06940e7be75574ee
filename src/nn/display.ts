import type { Layer } from "./layer.ts";
import { anything, type Sketch, writeSketch } from "./sketch.ts";

/** What the notebook shows of a model: a table of layers with output shapes and parameter counts. */
export function toBundle(layer: Layer): { readonly "text/plain": string; readonly "text/html": string } {
  const rows = toRows(layer);
  return { "text/plain": toText(rows, layer.size), "text/html": toHtml(rows, layer.size) };
}

interface Row {
  readonly depth: number;
  readonly call: string;
  readonly output: string;
  readonly size: number;
}

const head = ["Layer", "Output", "Parameters"] as const;

function toRows(layer: Layer): Row[] {
  const rows: Row[] = [];
  const add = (each: Layer, x: Sketch, depth: number) => {
    const output = each.flow(x);
    const call = `${each.name}(${each.parts.length === 0 ? each.settings : ""})`;
    if (each !== layer || each.parts.length === 0)
      rows.push({ depth, call, output: writeSketch(output), size: each.size });
    let inner = x;
    for (const part of each.parts) {
      add(part, inner, each === layer ? depth : depth + 1);
      inner = part.flow(inner);
    }
    return output;
  };
  add(layer, anything, 0);
  return rows;
}

function toText(rows: readonly Row[], total: number): string {
  const cells = rows.map(
    ({ depth, call, output, size }) => [" ".repeat(2 * depth) + call, output, group(size)] as const,
  );
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 2 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join("  ")
      .trimEnd();
  return [line(head), ...cells.map(line), `Total: ${group(total)} parameters`].join("\n");
}

function toHtml(rows: readonly Row[], total: number): string {
  const body = rows.map(
    ({ depth, call, output, size }) =>
      `<tr><td style="text-align:left;padding-left:${depth + 0.5}em"><code>${call}</code></td><td style="text-align:left"><code>${output}</code></td><td>${group(size)}</td></tr>`,
  );
  const titles = head.map((title, i) => `<th${i < 2 ? ' style="text-align:left"' : ""}>${title}</th>`).join("");
  return `<table><thead><tr>${titles}</tr></thead><tbody>${body.join("")}</tbody><tfoot><tr><td style="text-align:left" colspan="2">Total</td><td>${group(total)}</td></tr></tfoot></table>`;
}

/** `101,770`. */
function group(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
