import { dirname, resolve } from "node:path";
import { createInterpreter } from "../kernel/interpreter.ts";
import { DISPLAY_NAME, KERNEL_NAME } from "../kernel/kernelspec/kernelspec.ts";
import type { ErrorReport } from "../kernel/session/protocol.ts";
import { openWorkspace } from "../kernel/workspace.ts";
import { createCollector, toErrorOutput } from "./collect.ts";
import { isCode, joinLines, type Notebook } from "./notebook.ts";

export interface ExecuteOptions {
  /** The path of the notebook: its folder is where imports and files are found. */
  path: string;
  /** Goes on after a failed cell, instead of ending there. */
  allowErrors: boolean;
  /** Seconds that one cell may take; it is then interrupted and has failed. */
  timeout?: number;
  /** Called before each code cell. */
  onCell?(index: number, total: number): void;
  /** Ends the running cell and the notebook when aborted. */
  signal?: AbortSignal;
}

export interface Failure {
  /** Which of the code cells, from 1. */
  cell: number;
  error: ErrorReport;
}

/** Runs the code cells of a notebook in order, in this process's own session, and fills in their outputs. */
export async function executeNotebook(notebook: Notebook, options: ExecuteOptions): Promise<Failure[]> {
  const interpreter = createInterpreter(openWorkspace(dirname(resolve(options.path))));
  const stop = () => interpreter.interrupt();
  options.signal?.addEventListener("abort", stop);
  const collector = createCollector();
  const failures: Failure[] = [];
  const cells = notebook.cells.filter(isCode);
  try {
    for (const cell of cells) Object.assign(cell, { outputs: [], execution_count: null });
    for (const [index, cell] of cells.entries()) {
      options.onCell?.(index, cells.length);
      const source = joinLines(cell.source);
      if (source.trim() === "") continue;
      const count = index + 1;
      const { sink, outputs } = collector.collect(count);
      cell.execution_count = count;
      cell.outputs = outputs;
      const timer = options.timeout === undefined ? undefined : setTimeout(stop, options.timeout * 1000);
      const { error } = await interpreter.execute(source, { count, showResult: true, allowStdin: false, sink });
      clearTimeout(timer);
      if (!error) continue;
      outputs.push(toErrorOutput(error));
      const expected = (cell.metadata["tags"] as string[] | undefined)?.includes("raises-exception") ?? false;
      if (expected) continue;
      failures.push({ cell: count, error });
      if (!options.allowErrors || options.signal?.aborted) break;
    }
  } finally {
    options.signal?.removeEventListener("abort", stop);
    await interpreter.close();
  }
  notebook.metadata.kernelspec = { name: KERNEL_NAME, display_name: DISPLAY_NAME, language: "typescript" };
  notebook.metadata.language_info = LANGUAGE_INFO;
  return failures;
}

const LANGUAGE_INFO = {
  name: "typescript",
  codemirror_mode: "typescript",
  mimetype: "application/typescript",
  file_extension: ".ts",
  nbconvert_exporter: "script",
  pygments_lexer: "typescript",
};
