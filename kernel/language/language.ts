import type { ErrorReport, Script } from "../session/protocol.ts";

/** How strictly a cell is checked: an error stops it, is shown and ignored, or is not looked for. */
export type CheckLevel = "error" | "warn" | "off";

export interface LanguageOptions {
  /** The notebook's folder: relative imports and packages are found from here. */
  cwd: string;
  check: CheckLevel;
  /** Modules whose types every cell sees (`/// <reference types>`), as absolute paths of declaration files. */
  ambient: string[];
  /** Bare specifiers that the kernel itself serves, to the declaration file that types them: `lossbook`, `tslab`. */
  served: Record<string, string>;
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

export interface Completion {
  matches: string[];
  /** UTF-16 offsets into the code. */
  start: number;
  end: number;
  /** One for each match, in order. */
  items: { text: string; type: string; signature?: string; documentation?: string }[];
}

export type Completeness =
  | { status: "complete" | "invalid" | "unknown" }
  | { status: "incomplete"; indent: string };

/** Everything the kernel asks about a cell as a text. Positions are UTF-16 offsets; the protocol's code points are counted elsewhere. */
export interface Language {
  /** Resolves when the type service answers; a cell before that waits for it. */
  readonly ready: Promise<void>;
  prepare(source: string, cell: { run: number; count: number; showResult: boolean }): Promise<Prepared | Refused>;
  /** One expression of `user_expressions`, without a type check. */
  prepareExpression(source: string): Script | ErrorReport;
  complete(source: string, offset: number): Promise<Completion>;
  /** Markdown and plain text about what stands at the offset, or nothing. */
  inspect(source: string, offset: number, detail: 0 | 1): Promise<{ markdown: string; plain: string } | undefined>;
  isComplete(source: string): Completeness;
  /** The session is new: no name of an earlier cell exists. */
  forget(): void;
  /** The type service's process ends. */
  close(): Promise<void>;
}
