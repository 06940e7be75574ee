import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { ICell, ICodeCell, INotebookContent, IOutput } from "@jupyterlab/nbformat";

export type Notebook = INotebookContent;
export type { ICodeCell as CodeCell, IOutput as Output };

/** Reads a notebook of format 4; what is older than 4.5 gets the cell ids that 4.5 asks for. */
export function readNotebook(path: string): Notebook {
  let notebook: Notebook;
  try {
    notebook = JSON.parse(readFileSync(path, "utf8")) as Notebook;
  } catch (error) {
    throw new Error(`${path} cannot be read as a notebook: ${(error as Error).message}`);
  }
  if (!Array.isArray(notebook.cells) || notebook.nbformat !== 4)
    throw new Error(`${path} is not a notebook of format 4 (nbformat is ${JSON.stringify(notebook.nbformat)}).`);
  for (const cell of notebook.cells) cell["id"] ??= randomBytes(4).toString("hex");
  notebook.nbformat_minor = Math.max(notebook.nbformat_minor, 5);
  notebook.metadata ??= {};
  return notebook;
}

export function isCode(cell: ICell): cell is ICodeCell {
  return cell.cell_type === "code";
}

/** A text that a notebook keeps whole or as a list of lines. */
export function joinLines(text: string | string[]): string {
  return Array.isArray(text) ? text.join("") : text;
}

/** As Jupyter writes it: keys sorted, one space, texts as lists of lines, so that differences are small. */
export function writeNotebookText(notebook: Notebook): string {
  return `${JSON.stringify(sortKeys(toLines(notebook)), null, 1)}\n`;
}

function toLines(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: splitLines(cell.source),
    ...(isCode(cell) ? { outputs: cell.outputs.map(toOutputLines) } : {}),
  }));
  return { ...notebook, cells } as Notebook;
}

function toOutputLines(output: IOutput): IOutput {
  if (output.output_type === "stream") return { ...output, text: splitLines(output["text"] as string) };
  const data = output["data"] as Record<string, unknown> | undefined;
  if (!data) return output;
  // Base64 and JSON stay whole, as in nbformat.
  const lined = Object.entries(data).map(([type, value]) => [
    type,
    typeof value === "string" && (type.startsWith("text/") || type === "image/svg+xml") ? splitLines(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(lined) } as IOutput;
}

function splitLines(text: string | string[]): string[] {
  return joinLines(text).match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sortKeys(item)]),
  );
}
