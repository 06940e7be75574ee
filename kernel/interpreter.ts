import { isInText } from "./language/inText.ts";
import type { Completion, Language } from "./language/language.ts";
import { type Cell, type Death, type Done, Session, type SessionEvent, type SessionOptions } from "./session/host.ts";
import type { CommMessage, ErrorReport, MimeBundle, Payload, RunId, Shown } from "./session/protocol.ts";

/** Where the output of one run goes; it may still be called after the cell has ended, by a timer of the cell. */
export interface Sink {
  stream(name: "stdout" | "stderr", text: string): void;
  display(shown: Shown, how: { displayId?: string; update: boolean; buffers: Uint8Array[] }): void;
  result(shown: Shown): void;
  clear(wait: boolean): void;
  input(prompt: string, password: boolean): Promise<string | null>;
  comm(message: CommMessage): void;
  /** The variables are gone, and with them everything that refers to the session. */
  sessionDied(): void;
}

export interface Execution {
  /** The number in `In [3]`. */
  count: number;
  showResult: boolean;
  allowStdin: boolean;
  userExpressions?: Record<string, string>;
  sink: Sink;
}

export interface Outcome {
  error?: ErrorReport;
  payload: Payload[];
  userExpressions: Done["userExpressions"];
}

/** A running notebook: the language that prepares a cell and the session that runs it, without any front end. */
export interface Interpreter {
  execute(source: string, execution: Execution): Promise<Outcome>;
  /** Ends every cell that is being checked or runs; variables are kept. */
  interrupt(): void;
  /** Resolves when the listeners in the session have returned; what they say goes to the sink. */
  comm(message: CommMessage, sink: Sink): Promise<void>;
  /** From types, and from live values where types say nothing. */
  complete(source: string, offset: number): Promise<Completion>;
  inspect(source: string, offset: number, detail: 0 | 1): Promise<MimeBundle | undefined>;
  isComplete: Language["isComplete"];
  close(): Promise<void>;
}

/** How many ended runs can still say something, through their timers. */
const REMEMBERED_RUNS = 10_000;
/** How long a completion waits for live values when the session is busy. */
const PATIENCE_MS = 40;

export interface InterpreterOptions {
  language: Language;
  session: SessionOptions;
  /** Said on stderr of the first cell. */
  notice?: string;
}

export function createInterpreter({ language, session: options, notice }: InterpreterOptions): Interpreter {
  const sinks = new Map<RunId, Sink>();
  /** Runs that are being checked; an interrupt ends them here. */
  const checking = new Map<RunId, (report: ErrorReport) => void>();
  let runs = 0;
  let closing = false;
  let session = startSession();

  function startSession(): Session {
    return new Session(options, { message: hear, died: restart });
  }

  function restart(death: Death): void {
    if (closing) return;
    language.forget();
    const sink = findSink(runs);
    const cause = `${death.cause.charAt(0).toUpperCase()}${death.cause.slice(1)}`;
    sink?.stream("stderr", `${cause}. A new session has been started; the variables of the old one are gone.\n`);
    sink?.sessionDied();
    session = startSession();
  }

  /** Output of a run that is no longer remembered goes to the newest one. */
  function findSink(run: RunId): Sink | undefined {
    return sinks.get(run) ?? sinks.get(runs);
  }

  function hear(event: SessionEvent): void {
    const sink = "run" in event ? findSink(event.run) : findSink(runs);
    if (sink) (HEARD[event.type] as (event: SessionEvent, sink: Sink, session: Session) => void)(event, sink, session);
  }

  function remember(run: RunId, sink: Sink): void {
    sinks.set(run, sink);
    if (sinks.size > REMEMBERED_RUNS) sinks.delete(sinks.keys().next().value!);
  }

  /** Nothing when the session ended before the cell began. */
  async function attempt(run: RunId, source: string, execution: Execution): Promise<Outcome | undefined> {
    const { count, showResult, allowStdin, userExpressions = {}, sink } = execution;
    const ran = session;
    const interrupted = new Promise<ErrorReport>((resolve) => checking.set(run, resolve));
    const preparing = language.prepare(source, { run, count, showResult });
    const prepared = await Promise.race([preparing, interrupted]);
    checking.delete(run);
    if ("ename" in prepared) {
      void preparing.then((late) => late.status === "ok" && late.commit(0));
      return toFailure(prepared);
    }
    if (ran !== session) return undefined;
    if (prepared.status === "error") return toFailure(prepared.error);
    for (const warning of prepared.warnings) sink.stream("stderr", `${warning}\n`);
    const expressions = Object.entries(userExpressions).map(([name, text]) => [name, language.prepareExpression(text)]);
    const cell: Cell = {
      run,
      count,
      script: prepared.script,
      allowStdin,
      showResult,
      userExpressions: Object.fromEntries(expressions),
    };
    const done = await ran.execute(cell);
    if (done.lost) return undefined;
    // Names of a session that died meanwhile are gone; the new one starts without them.
    if (ran === session) prepared.commit(done.completed);
    const { error, payload, userExpressions: values } = done;
    return { ...(error ? { error } : {}), payload, userExpressions: values };
  }

  return {
    async execute(source, execution) {
      const run = ++runs;
      remember(run, execution.sink);
      if (run === 1 && notice !== undefined) execution.sink.stream("stderr", `${notice}\n`);
      // A session may end before it takes the cell up; then its names are gone, and the cell is checked anew for the next one.
      return (await attempt(run, source, execution)) ?? (await attempt(run, source, execution)) ?? NO_SESSION;
    },
    interrupt() {
      for (const end of checking.values()) end(INTERRUPTED);
      checking.clear();
      session.interrupt();
    },
    comm(message, sink) {
      const run = ++runs;
      remember(run, sink);
      return session.comm(run, message);
    },
    async complete(source, offset) {
      const typed = await language.complete(source, offset);
      if (typed.matches.length > 0 || isInText(source, offset)) return typed;
      return (await completeLive(session, source, offset)) ?? typed;
    },
    async inspect(source, offset, detail) {
      const found = await language.inspect(source, offset, detail);
      return found && { "text/plain": found.plain, "text/markdown": found.markdown };
    },
    isComplete: (source) => language.isComplete(source),
    async close() {
      closing = true;
      await Promise.all([session.close(), language.close()]);
    },
  };
}

type Heard = {
  [K in SessionEvent["type"]]: (event: Extract<SessionEvent, { type: K }>, sink: Sink, session: Session) => void;
};

/** What the session says, and what becomes of it. */
const HEARD: Heard = {
  configured({ error }, sink) {
    if (error) sink.stream("stderr", `${error.traceback.join("\n")}\n`);
  },
  stream: ({ name, text }, sink) => sink.stream(name, text),
  display: ({ shown, displayId, update, buffers }, sink) =>
    sink.display(shown, { update, buffers, ...(displayId === undefined ? {} : { displayId }) }),
  result: ({ shown }, sink) => sink.result(shown),
  clear: ({ wait }, sink) => sink.clear(wait),
  comm: ({ message }, sink) => sink.comm(message),
  input({ id, prompt, password }, sink, session) {
    void sink.input(prompt, password).then((value) => session.inputReply(id, value));
  },
  done() {},
};

function toFailure(error: ErrorReport): Outcome {
  return { error, payload: [], userExpressions: {} };
}

const NO_SESSION: Outcome = toFailure({
  ename: "SessionEnded",
  evalue: "The session ends as soon as it is started; `lossbook doctor` may say why.",
  traceback: ["SessionEnded: The session ends as soon as it is started; `lossbook doctor` may say why."],
});

const INTERRUPTED: ErrorReport = {
  ename: "KeyboardInterrupt",
  evalue: "The cell was interrupted.",
  traceback: ["KeyboardInterrupt: The cell was interrupted."],
};

/** Property names of a value whose type says nothing: `data.fi` → `data.filter`. */
async function completeLive(session: Session, source: string, offset: number): Promise<Completion | undefined> {
  const found = /(?:[\p{ID_Start}$_][\p{ID_Continue}$]*\.)+([\p{ID_Continue}$]*)$/u.exec(source.slice(0, offset));
  if (!found) return undefined;
  const prefix = found[1] ?? "";
  const path = found[0].split(".").slice(0, -1);
  const names = await session.question({ about: "properties", path }, PATIENCE_MS);
  if (!Array.isArray(names)) return undefined;
  const matches = names.filter((name): name is string => typeof name === "string" && name.startsWith(prefix));
  return {
    matches,
    start: offset - prefix.length,
    end: offset,
    items: matches.map((text) => ({ text, type: "property" })),
  };
}
