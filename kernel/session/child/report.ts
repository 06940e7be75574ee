import type { ErrorReport } from "../protocol.ts";

export function reportError(thrown: unknown): ErrorReport {
  const e = thrown as Error;
  return { ename: e.name, evalue: e.message, traceback: String(e.stack).split("\n") };
}
