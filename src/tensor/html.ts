import { shortest } from "./number.ts";
import { writeShape } from "./shape/shape.ts";
import type { Values } from "./values.ts";

const tableRows = 24;
const tableColumns = 16;
const mapSize = 64;
const slices = 4;

/** A table of numbers on their colours; where it would be too large, a heat map of at most 64 × 64 cells. */
export function toHtml(values: Values): string {
  const { shape, dtype, data } = values;
  const caption = `tensor ${writeShape(shape)} ${dtype}`;
  const [rows, columns] = shape.length < 2 ? [1, data.length] : [shape.at(-2)!, shape.at(-1)!];
  const each = rows * columns;
  const count = each === 0 ? 0 : data.length / each;
  const scale = findScale(data);
  const blocks = Array.from({ length: Math.min(count, slices) }, (_, i) => {
    const cell = (row: number, column: number) => data[i * each + row * columns + column]!;
    return rows <= tableRows && columns <= tableColumns
      ? toTable(cell, rows, columns, scale, dtype === "float32")
      : toMap(cell, rows, columns, scale);
  });
  const rest = count > slices ? `<p>… ${count - slices} more</p>` : "";
  return `<figure style="margin:0"><figcaption><code>${caption}</code></figcaption>${blocks.join("<br>")}${rest}</figure>`;
}

interface Scale {
  readonly min: number;
  readonly max: number;
}

function findScale(data: ArrayLike<number>): Scale {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < data.length; i++) {
    const n = data[i]!;
    if (!Number.isFinite(n)) continue;
    if (n < min) min = n;
    if (n > max) max = n;
  }
  return { min, max };
}

function toTable(
  cell: (row: number, column: number) => number,
  rows: number,
  columns: number,
  scale: Scale,
  single: boolean,
): string {
  const body = fill(rows, (row) => {
    const cells = fill(columns, (column) => {
      const n = cell(row, column);
      return `<td style="background:${toColour(n, scale, 0.55)};text-align:right;padding:1px 6px">${write(n, single)}</td>`;
    });
    return `<tr>${cells}</tr>`;
  });
  return `<table style="border-collapse:collapse"><tbody>${body}</tbody></table>`;
}

function toMap(cell: (row: number, column: number) => number, rows: number, columns: number, scale: Scale): string {
  const [high, wide] = [Math.min(rows, mapSize), Math.min(columns, mapSize)];
  const side = Math.max(3, Math.floor(256 / Math.max(high, wide)));
  const body = fill(high, (row) => {
    const cells = fill(wide, (column) => {
      const n = cell(Math.floor((row * rows) / high), Math.floor((column * columns) / wide));
      return `<td style="background:${toColour(n, scale, 1)};width:${side}px;height:${side}px;padding:0;border:0"></td>`;
    });
    return `<tr>${cells}</tr>`;
  });
  const title = `from ${write(scale.min, true)} to ${write(scale.max, true)}`;
  return `<table title="${title}" style="border-collapse:collapse;table-layout:fixed"><tbody>${body}</tbody></table>`;
}

function fill(n: number, part: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => part(i)).join("");
}

function write(n: number, single: boolean): string {
  if (!Number.isFinite(n)) return String(n);
  const text = shortest(n, single);
  return text.length <= 9 ? text : String(Number(n.toPrecision(5)));
}

/** Blue below zero, red above, white at zero; one-sided data run from white to one colour. */
function toColour(n: number, scale: Scale, strength: number): string {
  const reach = Math.max(Math.abs(scale.min), Math.abs(scale.max));
  if (!Number.isFinite(n) || !Number.isFinite(reach) || reach === 0) return "transparent";
  const alpha = (Math.abs(n) / reach) * strength;
  return n < 0 ? `rgba(49,130,189,${alpha.toFixed(2)})` : `rgba(222,45,38,${alpha.toFixed(2)})`;
}
