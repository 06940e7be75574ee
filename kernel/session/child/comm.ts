import { randomUUID } from "node:crypto";
import type { Comm, CommContent, Comms } from "../../display/globals.ts";
import type { CommMessage, RunId } from "../protocol.ts";
import { context } from "./context.ts";
import { findRun, newRun } from "./run.ts";
import { send } from "./send.ts";
import { throwUncaught } from "./uncaught.ts";

type Listener = (message: CommContent) => void;
interface Line {
  comm: Comm;
  message: Listener[];
  close: Listener[];
}
type Extra = { metadata?: Record<string, unknown>; buffers?: Uint8Array[] };

const targets = new Map<string, (comm: Comm, message: CommContent) => void>();
const lines = new Map<string, Line>();

/** What cells call `comm`. */
export const comms: Comms = {
  registerTarget: (target, opened) => void targets.set(target, opened),
  unregisterTarget: (target) => void targets.delete(target),
  open: (target, data = {}, { id = randomUUID() as string, ...extra } = {}) => {
    const line = newLine(id, target);
    say("open", id, data, extra, target);
    return line.comm;
  },
};

/** A message of the front end, in the run that brought it. What a listener throws is printed there. */
export function hearComm(run: RunId, { kind, comm, target = "", ...content }: CommMessage): void {
  context.within(newRun(run, 0, false), () => {
    const known = lines.get(comm);
    if (kind === "open") open(comm, target, content);
    if (kind === "close") lines.delete(comm);
    for (const listener of (kind === "close" ? known?.close : known?.message) ?? []) attempt(() => listener(content));
  });
}

function open(id: string, target: string, content: CommContent): void {
  const opened = targets.get(target);
  const { comm } = newLine(id, target);
  // Jupyter's rule: a comm that nobody wants is closed at once.
  if (!opened || !attempt(() => opened(comm, content))) comm.close();
}

function newLine(id: string, target: string): Line {
  const line: Line = {
    comm: {
      id,
      target,
      send: (data, extra = {}) => say("message", id, data, extra),
      close: (data = {}) => {
        if (lines.delete(id)) say("close", id, data, {});
      },
      onMessage: (listener) => void line.message.push(listener),
      onClose: (listener) => void line.close.push(listener),
    },
    message: [],
    close: [],
  };
  lines.set(id, line);
  return line;
}

function say(kind: CommMessage["kind"], comm: string, data: unknown, extra: Extra, target?: string): void {
  const { metadata = {}, buffers = [] } = extra;
  const message = { kind, comm, data, metadata, buffers, ...(target !== undefined && { target }) };
  send({ type: "comm", run: findRun().id, message });
}

function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    throwUncaught(error);
    return false;
  }
}
