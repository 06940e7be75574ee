import type { CommMessage, FromSession, Payload, Question, RunId, Script, ErrorReport, Shown } from "./protocol.ts";

export interface SessionOptions {
  /** The notebook's folder: the session's working directory, and where imports are found from. */
  cwd: string;
  /** Modules imported for their effect before the first cell, as file URLs. */
  preload?: string[];
  /** Bare specifiers that the kernel serves itself, to the file URL that serves them. `lossbook` and `tslab` have defaults. */
  served?: Record<string, string>;
  /** Heap limit in megabytes; V8's own default if absent. */
  memoryLimit?: number;
  env?: NodeJS.ProcessEnv;
}

/** What a session says, in the order in which it is to be shown: fences and holds are already resolved. */
export type SessionEvent = Extract<
  FromSession,
  { type: "configured" | "stream" | "display" | "result" | "clear" | "input" | "comm" | "done" }
>;

export type Done = Extract<FromSession, { type: "done" }>;

export interface Death {
  /** Why, as a sentence without a capital and without a full stop: `the session ran out of memory at its 4 GB limit`. */
  cause: string;
  kind: "exit" | "signal" | "memory" | "closed";
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface SessionListener {
  message(message: SessionEvent): void;
  /** Once, after every message; runs that were under way have been ended with an error that names the cause. */
  died(death: Death): void;
}

export interface Cell {
  run: RunId;
  count: number;
  script: Script;
  allowStdin: boolean;
  showResult: boolean;
  userExpressions?: Record<string, Script | ErrorReport>;
}

/** The user's process, as the kernel sees it. */
export declare class Session {
  constructor(options: SessionOptions, listener: SessionListener);
  readonly pid: number | undefined;
  /** The session runs and takes cells; rejects if it died first. */
  readonly ready: Promise<void>;
  /** Resolves after the listener has heard everything the run said, `done` last; with an error `done` if the session dies. Never rejects. */
  execute(cell: Cell): Promise<Done>;
  /** Ends every run that has been sent and is not done. Nothing happens if there is none. */
  interrupt(): void;
  inputReply(id: number, value: string | null): void;
  comm(run: RunId, message: CommMessage): void;
  /** `undefined` if the main thread is busy for longer than `patience` ms, or gone. */
  question(question: Question, patience: number): Promise<unknown>;
  /** Stop reading what the session says; it blocks when the pipe is full. */
  pause(): void;
  resume(): void;
  /** Kills the session and every process it started, then resolves. `died` is told with kind `closed`. */
  close(): Promise<void>;
}
export type { Payload, Shown };
