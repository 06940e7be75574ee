import { writeNumbers } from "./number.ts";
import { writeShape } from "./shape/shape.ts";
import type { Values } from "./values.ts";

const summarizeAbove = 1000;
const edge = 3;
const lineWidth = 75;

/** The values as NumPy's `str` prints them. */
export function toText(values: Values): string {
  const text = toBlock(values, " ", "");
  return values.shape.length === 0 && text.endsWith(".") ? `${text}0` : text;
}

/** As NumPy's `repr`, so that it can be pasted into a cell: `tensor([[1., 2.],\n        [3., 4.]])`. */
export function toRepresentation(values: Values): string {
  const notes = [
    values.data.length > summarizeAbove ? `, shape=${writeShape(values.shape)}` : "",
    values.dtype === "float32" || values.dtype === "bool" ? "" : `, dtype=${values.dtype}`,
  ];
  return `tensor(${toBlock(values, ", ", " ".repeat(7))}${notes.join("")})`;
}

function toBlock(values: Values, separator: string, indent: string): string {
  const { shape } = values;
  if (shape.length === 0) return writeNumbers(values, [0])[0]!.trim();
  if (values.data.length === 0) return "[]";
  const shown = shape.map((n) => rowsShown(n, values.data.length > summarizeAbove));
  const at: number[] = [];
  collect(shape, shown, 0, 0, at);
  const words = writeNumbers(values, at);
  let next = 0;
  const block = (axis: number, margin: string): string => {
    const last = axis === shape.length - 1;
    const parts = shown[axis]!.map((row) => (row < 0 ? "..." : last ? words[next++]! : block(axis + 1, `${margin} `)));
    if (last) return `[${wrap(parts, separator, margin)}]`;
    const gap = `${separator.trimEnd()}${"\n".repeat(shape.length - axis - 1)}${margin} `;
    return `[${parts.join(gap)}]`;
  };
  return block(0, indent);
}

/** Rows 0, 1, 2, …, -1 for the dots, and the last three. */
function rowsShown(n: number, summarize: boolean): number[] {
  if (!summarize || n <= 2 * edge) return Array.from({ length: n }, (_, i) => i);
  return [0, 1, 2, -1, n - 3, n - 2, n - 1];
}

function collect(
  shape: readonly number[],
  shown: readonly number[][],
  axis: number,
  offset: number,
  out: number[],
): void {
  if (axis === shape.length) {
    out.push(offset);
    return;
  }
  for (const row of shown[axis]!) if (row >= 0) collect(shape, shown, axis + 1, offset * shape[axis]! + row, out);
}

function wrap(words: readonly string[], separator: string, margin: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line && margin.length + 1 + line.length + separator.length + word.length + 1 > lineWidth) {
      lines.push(line + separator.trimEnd());
      line = word;
    } else line += line ? separator + word : word;
  }
  return [...lines, line].join(`\n${margin} `);
}
