import { EarlyError } from "./earlyError.ts";
import type { Refused } from "./language.ts";
import type { ParsedCell } from "./parse.ts";
import { Lines } from "./position.ts";
import { type Problem, toLines, toReport } from "./report.ts";

/** A cell that cannot be parsed. */
export function refuseMistakes(cell: ParsedCell, source: string, count: number): Refused {
  const problems = cell.mistakes.map(({ message, help, start, end }) => ({
    code: undefined,
    message: help === undefined ? message : `${message}\n${help}`,
    start: Math.max(0, start - cell.lead),
    end: Math.max(0, end - cell.lead),
  }));
  return { status: "error", error: toReport("SyntaxError", problems, source, count) };
}

/** A cell that V8 refuses. */
export function refuseCompiled(error: unknown, source: string, count: number): Refused {
  const message = error instanceof Error ? error.message : String(error);
  const start = error instanceof EarlyError ? new Lines(source).toOffset(error.position) : 0;
  const problem = { code: undefined, message, start, end: error instanceof EarlyError ? start + 1 : source.length };
  return { status: "error", error: toReport("SyntaxError", [problem], source, count) };
}

/** Errors of a cell that runs nevertheless. */
export function toWarnings(problems: Problem[], source: string, count: number): string[] {
  const lines = new Lines(source);
  return problems.map((problem) => `${toLines(problem, lines, count, "warning").join("\n")}\n`);
}
