import type { RunId, ToSession } from "../protocol.ts";
import { hearComm } from "./comm.ts";
import { configure } from "./configure.ts";
import { execute, type Outcome } from "./execute.ts";
import { sendFence } from "./fence.ts";
import { replyToInput } from "./input.ts";
import type { Interruptible } from "./interrupt.ts";
import { interruptReport } from "./interrupted.ts";
import { answerQuestion } from "./question.ts";
import { newRun, type Run } from "./run.ts";
import { send } from "./send.ts";
import { MEANT, type Shared, STARTED, STATE, TERMINATING } from "./shared.ts";

export interface Inbox extends Interruptible {
  put(message: ToSession): void;
}

/**
 * The kernel's messages in their order. They are kept here and not in the reader's loop, because Stop may end any loop: what it
 * leaves is taken up by the next `proceed`.
 */
export function newInbox(shared: Shared): Inbox {
  const waiting: ToSession[] = [];
  const running = new Map<RunId, Run>();
  /** The session is not yet what a cell expects. */
  let settling = false;

  function proceed(): void {
    while (waiting.length > 0 && !settling) {
      const message = waiting[0]!;
      if (message.type === "execute") {
        Atomics.store(shared, STARTED, message.run);
        // The control thread is stopping an older cell: it looks at STARTED, lets go, and calls again.
        if (Atomics.load(shared, STATE) === TERMINATING) return;
      }
      waiting.shift();
      obey[message.type](message as never);
    }
  }

  const obey: { [K in ToSession["type"]]: (message: Extract<ToSession, { type: K }>) => void } = {
    execute: (message) => {
      const run = newRun(message.run, message.count, message.allowStdin);
      // Before its code runs: code that does not come back is found here.
      running.set(run.id, run);
      // The interrupt may have come by its own way before the cell did.
      if (run.id <= Atomics.load(shared, MEANT)) interrupt(run.id);
      else execute(run, message, finish);
    },
    configure: (message) => {
      settling = true;
      void configure(message).then((error) => {
        send({ type: "configured", ...(error && { error }) });
        settle();
      });
    },
    comm: (message) => {
      hearComm(message.run, message.message);
    },
    question: ({ id, question }) => {
      send({ type: "answer", id, value: answerQuestion(question) });
    },
  };

  function settle(): void {
    settling = false;
    proceed();
  }

  function finish(run: Run, outcome: Outcome): void {
    if (run.done) return;
    sendFence(run.id);
    send({ type: "done", run: run.id, completed: run.completed(), payload: run.payload, ...outcome });
    run.done = true;
    running.delete(run.id);
  }

  function interrupt(last: RunId): void {
    // A module that is loaded at the start may hang like any other code.
    settling = false;
    for (const run of running.values())
      if (run.id <= last) {
        finish(run, { status: "interrupted", error: interruptReport, userExpressions: {} });
        run.stopped = true;
        for (const tell of run.onInterrupt) tell();
      }
  }

  return { put: (message) => waiting.push(message), proceed, interrupt, reply: replyToInput };
}
