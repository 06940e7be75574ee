import { toSafe } from "../metric/safe.ts";
import type { Row } from "./row.ts";
import { toText } from "./text.ts";

export interface TableOptions {
  /** A line above the table. */
  readonly title?: string;
  /** The columns to show, in this order; all of the first row's unless given. */
  readonly columns?: readonly string[];
  /** Rows that are shown at most; the others are counted in the last line. Default 50. */
  readonly limit?: number;
}

/**
 * Rows as a table: HTML in a notebook, aligned text in a terminal.
 *
 * @example
 * String(chart.table([{ epoch: 1, loss: 0.5 }, { epoch: 2, loss: 0.25 }])) // "epoch  loss\n    1   0.5\n    2  0.25"
 * @throws RangeError `table: limit must be a whole number of at least 1, got 0.`
 */
export function table(rows: readonly Row[], options: TableOptions = {}): Table {
  const { limit = 50 } = options;
  if (!Number.isInteger(limit) || limit < 1)
    throw new RangeError(`table: limit must be a whole number of at least 1, got ${limit}.`);
  return new Table(rows, options);
}

/** Made by `table` and by a chart's `table()`. */
export class Table {
  readonly rows: readonly Row[];
  readonly columns: readonly string[];
  readonly title: string | undefined;
  readonly #limit: number;

  constructor(rows: readonly Row[], { title, columns, limit = 50 }: TableOptions = {}) {
    this.rows = rows;
    this.columns = columns ?? Object.keys(rows[0] ?? {});
    this.title = title;
    this.#limit = limit;
  }

  toJSON(): unknown {
    return this.rows;
  }

  toString(): string {
    const cells = [this.columns, ...this.#shown.map((row) => this.columns.map((column) => write(row[column])))];
    const widths = this.columns.map((_, i) => Math.max(...cells.map((line) => line[i]!.length)));
    const isText = this.columns.map((column) => this.#isText(column));
    const pad = (cell: string, i: number) => (isText[i] ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!));
    const lines = cells.map((line) => line.map(pad).join("  ").trimEnd());
    return [...(this.title ? [this.title] : []), ...lines, ...(this.#rest ? [this.#rest] : [])].join("\n");
  }

  /** For the notebook: text and an HTML table; what stands in the cells is text, never markup. */
  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    // front ends have sides of their own for what says none
    const sides = this.columns.map((column) => `style="text-align:${this.#isText(column) ? "left" : "right"}"`);
    const head = this.columns.map((column, i) => `<th scope="col" ${sides[i]}>${toSafe(column)}</th>`).join("");
    const body = this.#shown.map((row) => {
      const cells = this.columns.map((column, i) => `<td ${sides[i]}>${toSafe(write(row[column]))}</td>`);
      return `<tr>${cells.join("")}</tr>`;
    });
    const caption = this.title ? `<caption>${toSafe(this.title)}</caption>` : "";
    const foot = this.#rest
      ? `<tfoot><tr><td colspan="${Math.max(1, this.columns.length)}">${this.#rest}</td></tr></tfoot>`
      : "";
    const html = `<table>${caption}<thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody>${foot}</table>`;
    return { "text/plain": this.toString(), "text/html": html };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** Text begins at the left, numbers end at the right. */
  #isText(column: string): boolean {
    return this.#shown.some((row) => typeof row[column] === "string");
  }

  get #shown(): readonly Row[] {
    return this.rows.slice(0, this.#limit);
  }

  get #rest(): string {
    return this.rows.length > this.#limit ? `… ${this.rows.length - this.#limit} more rows` : "";
  }
}

function write(value: Row[string] | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "number" ? (Number.isInteger(value) ? String(value) : toText(value)) : String(value);
}
