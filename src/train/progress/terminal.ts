import { type Report, writeReport } from "./report.ts";
import type { Sink } from "./sink.ts";

const WIDTH = 20;

/** One line on stderr that is written over; nothing unless that is a terminal, so that logs stay readable. */
export function toTerminal(stream = findStream()): Sink | undefined {
  if (!stream?.isTTY) return undefined;
  const write = (reports: readonly Report[], end: string) => {
    const line = reports.map(toLine).join("  ");
    // a line that wraps could not be written over
    const cut = line.slice(0, Math.max(20, (stream.columns ?? 80) - 1));
    stream.write(`\r\x1b[K${cut}${end}`);
  };
  return { show: (reports) => write(reports, ""), end: (reports) => write(reports, "\n") };
}

/** What is needed of `process.stderr`. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** `━━━━━━━━━━──────────  50% training 40/80`. */
function toLine(report: Report): string {
  const { done, total } = report;
  if (total === undefined || total === 0) return writeReport(report);
  const part = Math.min(1, done / total);
  const full = Math.round(part * WIDTH);
  return `${"━".repeat(full)}${"─".repeat(WIDTH - full)} ${Math.floor(part * 100)}% ${writeReport(report)}`;
}

/** There is no `process` in a browser. */
function findStream(): Terminal | undefined {
  return (globalThis as { readonly process?: { readonly stderr?: Terminal } }).process?.stderr;
}
