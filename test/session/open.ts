import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Cell, Death, Done, Session, SessionEvent, SessionOptions } from "../../kernel/session/host.ts";

const url = new URL("../../dist/kernel/session/host.js", import.meta.url).href;
const host = (await import(/* @vite-ignore */ url)) as typeof import("../../kernel/session/host.ts");

export interface Opened {
  session: Session;
  folder: string;
  events: SessionEvent[];
  died: Promise<Death>;
  /** Runs the body of a cell; `$` are the names of the session. */
  run(body: string, cell?: Partial<Cell>): Promise<Done>;
  /** The same without waiting: the run's number is known at once. */
  start(body: string, cell?: Partial<Cell>): { id: number; done: Promise<Done> };
  /** What the run said so far, streams joined: `out: a\n`, `err: b\n`, `text/html: <b>`, `done ok`. */
  said(run: number): string[];
  /** Resolves when an event satisfies the test. */
  heard(test: (event: SessionEvent) => boolean): Promise<SessionEvent>;
  /** Whether a stream of the run contains the text. */
  printed(run: number, text: string): Promise<unknown>;
}

/** A session in a folder of its own, closed when the test ends. */
export function open(options: Partial<SessionOptions> = {}): Opened {
  const folder = options.cwd ?? realpathSync(mkdtempSync(join(tmpdir(), "session-")));
  const events: SessionEvent[] = [];
  const waiting = new Set<() => void>();
  let bury!: (death: Death) => void;
  const died = new Promise<Death>((resolve) => {
    bury = resolve;
  });
  const session = new host.Session(
    { cwd: folder, ...options },
    {
      message: (event) => {
        events.push(event);
        for (const check of waiting) check();
      },
      died: bury,
    },
  );
  onTestFinished(() => session.close());
  let runs = 0;
  const start = (body: string, cell: Partial<Cell> = {}) => {
    const id = ++runs;
    const script = { code: `async ($, $cell) => {${body}\n}`, map: "" };
    const done = session.execute({ run: id, count: id, script, allowStdin: true, showResult: true, ...cell });
    return { id, done };
  };
  const heard = (test: (event: SessionEvent) => boolean) =>
    new Promise<SessionEvent>((resolve) => {
      const check = () => {
        const found = events.find(test);
        if (!found) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  const said = (run: number) => describe(events.filter((event) => "run" in event && event.run === run));
  const printed = (run: number, text: string) =>
    heard(() => said(run).some((line) => /^(out|err): /.test(line) && line.includes(text)));
  return { session, folder, events, died, start, run: (body, cell) => start(body, cell).done, said, heard, printed };
}

function describe(events: SessionEvent[]): string[] {
  const lines: string[] = [];
  for (const event of events) {
    const line = toLine(event);
    const name = /^(out|err): /.exec(line)?.[0];
    if (name && lines.at(-1)?.startsWith(name)) lines.push(`${lines.pop()}${line.slice(name.length)}`);
    else lines.push(line);
  }
  return lines;
}

function toLine(event: SessionEvent): string {
  if (event.type === "stream") return `${event.name === "stdout" ? "out" : "err"}: ${event.text}`;
  if (event.type === "result" || event.type === "display") {
    const [type, content] = Object.entries(event.shown.data)[0] ?? ["nothing", ""];
    const verb = event.type === "display" && event.update ? "update " : "";
    return `${verb}${type}: ${typeof content === "string" ? content : JSON.stringify(content)}`;
  }
  return event.type === "done" ? `done ${event.status}` : event.type;
}
