import type { RunId, ToSession } from "../protocol.ts";
import { hearComm } from "./comm.ts";
import { configure } from "./configure.ts";
import { context } from "./context.ts";
import { execute, type Outcome } from "./execute.ts";
import { sendFence } from "./fence.ts";
import { replyToInput } from "./input.ts";
import { obeyInterrupt } from "./interrupt.ts";
import { interruptReport } from "./interrupted.ts";
import { answerQuestion } from "./question.ts";
import { newRun, type Run } from "./run.ts";
import { send } from "./send.ts";
import { MEANT, RECEIVED, type Shared, STARTED, STATE, TERMINATING, type ToMain } from "./shared.ts";
import { showStopped } from "./show.ts";

/**
 * The kernel's messages in their order, one at a time. Stop may end any of this between two calls: what is left is taken up at the next
 * message, and there is one after every stop.
 */
export function newInbox(shared: Shared): (message: ToMain) => void {
  const waiting: ToSession[] = [];
  const running = new Map<RunId, Run>();
  /** The session is not yet what a cell expects. */
  let settling = false;

  function hear(message: ToMain): void {
    context.reset();
    if (message.kind === "reply") replyToInput(message.id, message.value);
    else if (message.kind === "interrupt") obeyInterrupt(shared, message.number, message.last, interrupt);
    else if (message.number === Atomics.load(shared, RECEIVED) + 1) {
      waiting.push(message.message);
      Atomics.store(shared, RECEIVED, message.number);
    }
    proceed();
  }

  function proceed(): void {
    while (waiting.length > 0 && !settling) {
      const message = waiting[0]!;
      if (message.type === "execute") {
        Atomics.store(shared, STARTED, message.run);
        // The control thread is stopping an older cell: it looks at STARTED, lets go, and calls again.
        if (Atomics.load(shared, STATE) === TERMINATING) return;
        // Before its code runs: code that does not come back is found here.
        running.set(message.run, newRun(message.run, message.count, message.allowStdin));
        send({ type: "started", run: message.run });
      }
      waiting.shift();
      obey[message.type](message as never);
    }
  }

  const obey: { [K in ToSession["type"]]: (message: Extract<ToSession, { type: K }>) => void } = {
    execute: (message) => {
      const run = running.get(message.run)!;
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
      send({ type: "heard", run: message.run });
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
        showStopped(run);
        finish(run, { status: "interrupted", error: interruptReport, userExpressions: {} });
        run.stopped = true;
        for (const tell of run.onInterrupt) tell();
      }
  }

  return hear;
}
