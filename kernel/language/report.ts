import type { ErrorReport } from "../session/protocol.ts";
import { Lines } from "./position.ts";

/** What is wrong at a place of a cell, as it is shown. */
export interface Problem {
  /** `TS2322`, or nothing for what is no TypeScript at all. */
  code: string | undefined;
  message: string;
  /** UTF-16 offsets into what the user wrote. */
  start: number;
  end: number;
}

/** What an error message says that is found before the cell runs. */
export function toReport(ename: string, problems: Problem[], source: string, count: number): ErrorReport {
  const lines = new Lines(source);
  const [first] = problems;
  const message = first?.message.split("\n", 1)[0] ?? "";
  return {
    ename,
    evalue: first?.code === undefined ? message : `${first.code}: ${message}`,
    traceback: problems.flatMap((problem) => toLines(problem, lines, count)),
  };
}

/**
 *   In [3]:2:9 - error TS2322: Type 'number' is not assignable to type 'string'.
 *   2 | const s: string = 5;
 *     |       ~
 */
export function toLines(
  { code, message, start, end }: Problem,
  lines: Lines,
  count: number,
  level = "error",
): string[] {
  const from = lines.toPosition(start);
  const text = lines.line(from.line);
  const to = lines.toPosition(end);
  const until = to.line === from.line ? to.character : text.length;
  const gutter = String(from.line + 1);
  const [first = "", ...rest] = message.split("\n");
  const width = Math.max(1, Math.min(until, text.length) - from.character);
  return [
    `In [${count}]:${gutter}:${from.character + 1} - ${level}${code === undefined ? "" : ` ${code}`}: ${first}`,
    ...rest.map((line) => `  ${line}`),
    `${gutter} | ${text}`,
    `${" ".repeat(gutter.length)} | ${text.slice(0, from.character).replace(/[^\t]/g, " ")}${"~".repeat(width)}`,
  ];
}
