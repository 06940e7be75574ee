import { readFileSync } from "node:fs";

/** What stands in a file of nbformat 4.5, as far as these tests look. */
export interface Notebook {
  readonly cells: readonly Cell[];
}

export interface Cell {
  readonly cell_type: "code" | "markdown" | "raw";
  readonly id: string;
  readonly metadata: { readonly tags?: readonly string[] };
  readonly source: readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

export interface Output {
  readonly output_type: "stream" | "display_data" | "execute_result" | "error";
  readonly name?: string;
  readonly text?: readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly ename?: string;
  readonly evalue?: string;
}

export function readNotebook(path: string): Notebook {
  return JSON.parse(readFileSync(path, "utf8")) as Notebook;
}

export function codeOf({ cells }: Notebook): readonly Cell[] {
  return cells.filter(({ cell_type }) => cell_type === "code");
}

export function textOf(text: unknown): string {
  return Array.isArray(text) ? text.join("") : String(text);
}

/** As Jupyter itself writes a notebook: sorted keys, one space, a line at the end. */
export function toCanonical(value: unknown): string {
  return `${JSON.stringify(sort(value), null, 1)}\n`;
}

function sort(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sort);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sort(each)]),
  );
}
