import type { ErrorReport, Script } from "../session/protocol.ts";
import { compileExpression, understand } from "./compile.ts";
import { type Completion, complete } from "./complete.ts";
import { type Inspection, inspect } from "./inspect.ts";
import { type Completeness, isComplete } from "./isComplete.ts";
import { createNotebook, type Notebook } from "./notebook.ts";
import { parseExpression } from "./parse.ts";
import { type CellRun, prepare } from "./prepare.ts";
import { toReport } from "./report.ts";

export type { Completeness, Completion, Inspection };

/** Starts TypeScript in the background; a cell that is prepared before it answers waits. */
export function createLanguage(options: LanguageOptions): Language {
  const notebook = createNotebook(options);
  return {
    ready: warm(notebook),
    prepare: (source, run) => prepare(notebook, source, run),
    prepareExpression: (source) => prepareExpression(notebook, source),
    complete: (source, offset) => complete(notebook, source, offset),
    inspect: (source, offset, detail) => inspect(notebook, source, offset, detail),
    isComplete,
    forget: () => forget(notebook),
    close() {
      notebook.documents.close();
      return notebook.service.close();
    },
  };
}

/** How strictly a cell is checked: an error stops it, is shown and ignored, or is not looked for. */
export type CheckLevel = "error" | "warn" | "off";

export interface LanguageOptions {
  /** The notebook's folder: relative imports and packages are found from here. */
  cwd: string;
  check: CheckLevel;
  /** Modules whose types every cell sees (`/// <reference types>`), as absolute paths of declaration files. */
  ambient: string[];
  /** Declaration files whose global names are loaded when a cell first mentions one. */
  library?: string[];
  /** Bare specifiers that the kernel itself serves, to the declaration file that types them: `lossbook`, `tslab`. */
  served: Record<string, string>;
  /** TypeScript's native program, where it is not the one that is installed with us. */
  typescript?: string;
}

/** A cell that may run. */
export interface Prepared {
  status: "ok";
  script: Script;
  /** Type errors of a cell that is checked with `warn`; shown on stderr, one text each. */
  warnings: string[];
  /** To be told how far the cell came: names of statements it did not complete stay as they were. */
  commit(completed: number): void;
}

export interface Refused {
  status: "error";
  error: ErrorReport;
}

/** Everything the kernel asks about a cell as a text. Positions are UTF-16 offsets; the protocol's code points are counted elsewhere. */
export interface Language {
  /** Resolves when the type service answers; a cell before that waits for it. */
  readonly ready: Promise<void>;
  prepare(source: string, cell: CellRun): Promise<Prepared | Refused>;
  /** One expression of `user_expressions`, without a type check. */
  prepareExpression(source: string): Script | ErrorReport;
  complete(source: string, offset: number): Promise<Completion>;
  /** Markdown and plain text about what stands at the offset, or nothing. */
  inspect(source: string, offset: number, detail: 0 | 1): Promise<Inspection | undefined>;
  isComplete(source: string): Completeness;
  /** The session is new: no name of an earlier cell exists. */
  forget(): void;
  /** The type service's process ends. */
  close(): Promise<void>;
}

/** The first answer takes as long as reading the libraries; it must not be a cell's. */
async function warm({ service, documents }: Notebook): Promise<void> {
  await service.ask("textDocument/diagnostic", documents.desk).catch(() => {});
  documents.fill();
}

function prepareExpression(notebook: Notebook, source: string): Script | ErrorReport {
  const cell = parseExpression(source);
  if (cell.mistakes.length > 0) {
    const problems = cell.mistakes.map(({ message, start, end }) => ({ code: undefined, message, start, end }));
    return toReport("SyntaxError", problems, source, 0);
  }
  return compileExpression(understand(cell), source, {
    isKnown: (name) => notebook.names.get(name)?.value !== undefined,
    showResult: true,
    isChecked: false,
    legacyDecorators: false,
  });
}

function forget(notebook: Notebook): void {
  notebook.names.clear();
  notebook.prepared.clear();
  notebook.running.clear();
  notebook.documents.clear();
}
