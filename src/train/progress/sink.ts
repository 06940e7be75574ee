import { toNotebook } from "./notebook.ts";
import type { Report } from "./report.ts";
import { toTerminal } from "./terminal.ts";

/** Where bars are shown: the outermost first. Called at most five times a second, and once with the final state. */
export interface Sink {
  show(reports: readonly Report[]): void;
  /** The last time. */
  end(reports: readonly Report[]): void;
  /** Whether the code that showed something here was stopped, where that can be known: a kernel runs no `finally`. */
  readonly isGone?: boolean;
  /** Whether it draws the curves of reports. */
  readonly draws?: boolean;
}

/** One display in a notebook, one line in a terminal; nothing where neither is there. */
export function findSink(): Sink {
  return toNotebook() ?? toTerminal() ?? silent;
}

export const silent: Sink = { show: () => undefined, end: () => undefined };
