import type { Death, Done } from "./host.ts";
import type { RunId } from "./protocol.ts";

export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Whether a cell was under way. */
  busy: boolean;
  /** Whether V8 said that the heap was full. */
  heapFull: boolean;
  /** In bytes. */
  heapLimit: number;
}

const signals: Partial<Record<NodeJS.Signals, string>> = {
  SIGSEGV: "the session crashed in native code (SIGSEGV)",
  SIGBUS: "the session crashed in native code (SIGBUS)",
  SIGILL: "the session crashed in native code (SIGILL)",
  SIGFPE: "the session crashed in native code (SIGFPE)",
  SIGTRAP: "the session crashed in native code (SIGTRAP)",
  SIGABRT: "the session aborted in native code (SIGABRT)",
  SIGKILL: "the session was killed (SIGKILL), probably by the system because its memory ran out",
};

/** Why a session is gone, as a sentence that can stand in an error message. */
export function findCause(end: End): Omit<Death, "code" | "signal"> {
  if (end.heapFull)
    return { kind: "memory", cause: `the session ran out of memory at its ${toSize(end.heapLimit)} limit` };
  if (end.signal) return { kind: "signal", cause: signals[end.signal] ?? `the session was ended by ${end.signal}` };
  return {
    kind: "exit",
    cause: `${end.busy ? "the cell ended the session" : "the session ended"} with process.exit(${end.code ?? 0})`,
  };
}

/** What is left to say for a run that was under way. */
export function endedBy(run: RunId, cause: string): Done {
  const evalue = `${cause.charAt(0).toUpperCase()}${cause.slice(1)}. Its variables are gone.`;
  const error = { ename: "SessionEnded", evalue, traceback: [`SessionEnded: ${evalue}`] };
  return { type: "done", run, status: "error", error, completed: 0, userExpressions: {}, payload: [] };
}

function toSize(bytes: number): string {
  const mega = bytes / 2 ** 20;
  return mega < 1024 ? `${Math.round(mega)} MB` : `${Number((mega / 1024).toFixed(1))} GB`;
}
