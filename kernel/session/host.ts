import { randomBytes } from "node:crypto";
import { endedBy, findCause } from "./cause.ts";
import { encodeFrame } from "./frame.ts";
import { FrameReader } from "./frameReader.ts";
import { HeapDump } from "./heapDump.ts";
import { Holds } from "./holds.ts";
import { Order } from "./order.ts";
import type {
  CommMessage,
  ErrorReport,
  FromSession,
  Question,
  RunId,
  Script,
  ToControl,
  ToSession,
} from "./protocol.ts";
import { findServed } from "./served.ts";
import { ended, type Process, startProcess } from "./start.ts";

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

/** `lost`: the session ended before it took the cell up; nothing of it ran. */
export type Done = Extract<FromSession, { type: "done" }> & { lost?: boolean };

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

/** How long a slow display may hold up what its cell says after it, in milliseconds. */
const PATIENCE = 150;
/** How long to read on when the session is gone and a process that it left behind holds its output open. */
const LINGER = 100;

/** The user's process, as the kernel sees it. */
export class Session {
  /** The session runs and takes cells; rejects if it died first. */
  readonly ready: Promise<void>;
  #process: Process;
  #listener: SessionListener;
  #mark = randomBytes(16).toString("hex");
  #reader = new FrameReader(this.#mark);
  #dump = new HeapDump();
  #order = new Order(this.#mark, (message) => this.#hear(message));
  #holds = new Holds(PATIENCE, (event) => this.#tell(event));
  #runs = new Map<RunId, (done: Done) => void>();
  #started = new Set<RunId>();
  #comms = new Map<RunId, () => void>();
  #questions = new Map<number, (value: unknown) => void>();
  #asked = 0;
  #last: RunId = 0;
  /** In bytes. */
  #heapLimit: number;
  #closed = false;
  #dead: Promise<void>;
  #becomeReady!: () => void;
  #failToStart!: (error: Error) => void;

  constructor(options: SessionOptions, listener: SessionListener) {
    this.#listener = listener;
    this.ready = new Promise((resolve, reject) => {
      this.#becomeReady = resolve;
      this.#failToStart = reject;
    });
    this.ready.catch(() => {});
    this.#process = startProcess(this.#mark, options);
    const { said, stdout, stderr } = this.#process;
    said.on("data", (chunk: Buffer) => this.#order.frames(this.#reader.read(chunk) as FromSession[]));
    stdout.on("data", (chunk: Buffer) => this.#order.raw(1, chunk));
    stderr.on("data", (chunk: Buffer) => this.#order.raw(2, this.#dump.take(chunk)));
    stdout.on("end", () => this.#order.end(1));
    this.#dead = new Promise((resolve) => void this.#bury().then(resolve));
    const { cwd, preload = [], served = {}, memoryLimit = 0 } = options;
    this.#heapLimit = memoryLimit * 2 ** 20;
    this.#send({ type: "configure", cwd, preload, served: { ...findServed(), ...served } });
  }

  get pid(): number | undefined {
    return this.#process.child.pid;
  }

  /** Resolves after the listener has heard everything the run said, `done` last; with an error `done` if the session dies. Never rejects. */
  execute(cell: Cell): Promise<Done> {
    this.#last = Math.max(this.#last, cell.run);
    this.#order.own(cell.run);
    return new Promise((resolve) => {
      this.#runs.set(cell.run, resolve);
      this.#send({ type: "execute", userExpressions: {}, ...cell });
    });
  }

  /** Ends every run that has been sent and is not done. Nothing happens if there is none. */
  interrupt(): void {
    this.#control({ type: "interrupt", last: this.#last });
    this.#heard([...this.#comms.keys()]);
  }

  inputReply(id: number, value: string | null): void {
    this.#control({ type: "inputReply", id, value });
  }

  /** Resolves when its listeners have returned, were stopped, or are gone. */
  comm(run: RunId, message: CommMessage): Promise<void> {
    return new Promise((resolve) => {
      this.#comms.set(run, resolve);
      this.#send({ type: "comm", run, message });
    });
  }

  /** `undefined` if the main thread is busy for longer than `patience` ms, or gone. */
  question(question: Question, patience: number): Promise<unknown> {
    const id = ++this.#asked;
    return new Promise((resolve) => {
      const timer = setTimeout(() => answer(undefined), patience);
      const answer = (value: unknown) => {
        clearTimeout(timer);
        this.#questions.delete(id);
        resolve(value);
      };
      this.#questions.set(id, answer);
      this.#send({ type: "question", id, question });
    });
  }

  /** Stop reading what the session says; it blocks when the pipe is full. */
  pause(): void {
    for (const stream of [this.#process.said, this.#process.stdout, this.#process.stderr]) stream.pause();
  }

  resume(): void {
    for (const stream of [this.#process.said, this.#process.stdout, this.#process.stderr]) stream.resume();
  }

  /** Kills the session and every process it started, then resolves. `died` is told with kind `closed`. */
  close(): Promise<void> {
    this.#closed = true;
    this.#kill();
    return this.#dead;
  }

  #send(message: ToSession): void {
    this.#process.inbox.write(encodeFrame(message));
  }

  #control(message: ToControl): void {
    this.#process.control.write(encodeFrame(message));
  }

  #hear(message: Exclude<FromSession, { type: "fence" }>): void {
    if (message.type === "ready") {
      // V8 adds its nursery to what it was told.
      this.#heapLimit ||= message.heapLimit;
      this.#becomeReady();
    } else if (message.type === "hold") this.#holds.hold(message.run, message.slot);
    else if (message.type === "started") this.#started.add(message.run);
    else if (message.type === "heard") this.#heard([message.run]);
    else if (message.type === "answer") this.#questions.get(message.id)?.(message.value);
    else this.#holds.put(message);
  }

  #tell(event: SessionEvent): void {
    const resolve = event.type === "done" ? this.#runs.get(event.run) : undefined;
    // Stop may have struck between the end of a run and its last note: then it ends twice.
    if (event.type === "done" && !resolve) return;
    this.#listener.message(event);
    if (event.type !== "done") return;
    this.#runs.delete(event.run);
    this.#started.delete(event.run);
    resolve?.(event);
  }

  #heard(runs: RunId[]): void {
    for (const run of runs) {
      this.#comms.get(run)?.();
      this.#comms.delete(run);
    }
  }

  #kill(): void {
    try {
      process.kill(-this.pid!, "SIGKILL");
    } catch {
      // The group is empty already, or the process could not be started.
    }
  }

  /**
   * The session's end:
   *
   *   1. the process is gone     2. all that it said has been read     3. what it started is ended
   *   4. runs under way end with the cause                             5. the listener is told
   */
  async #bury(): Promise<void> {
    const { child, said, stdout, stderr } = this.#process;
    const outputs = Promise.all([ended(stdout), ended(stderr)]);
    const [code, signal, failure] = await new Promise<[number | null, NodeJS.Signals | null, Error?]>((resolve) => {
      child.once("exit", (code, signal) => resolve([code, signal]));
      child.once("error", (error) => resolve([null, null, error]));
    });
    if (!failure) await ended(said);
    this.#kill();
    await Promise.race([outputs, new Promise((resolve) => setTimeout(resolve, LINGER).unref())]);
    const { heapFull, text } = this.#dump.end();
    this.#order.raw(2, text);
    this.#order.end(1);
    this.#order.end(2);
    this.#holds.giveUpAll();
    const busy = this.#started.size > 0;
    const { cause, kind } = this.#closed
      ? { cause: "the session was closed", kind: "closed" as const }
      : failure
        ? { cause: `the session could not be started (${failure.message})`, kind: "exit" as const }
        : findCause({ code, signal, busy, heapFull, heapLimit: this.#heapLimit });
    for (const [run, resolve] of [...this.#runs]) {
      if (this.#started.has(run)) this.#tell(endedBy(run, cause));
      else resolve({ ...endedBy(run, cause), lost: true });
    }
    for (const answer of [...this.#questions.values()]) answer(undefined);
    this.#heard([...this.#comms.keys()]);
    this.#failToStart(new Error(cause));
    this.#listener.died({ cause, kind, code, signal });
  }
}
