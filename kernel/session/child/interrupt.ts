import type { Worker } from "node:worker_threads";
import type { RunId } from "../protocol.ts";
import { context } from "./context.ts";
import { ACKED, ENDING, IDLE, type Shared, STATE, type ToMain } from "./shared.ts";

export interface Interruptible {
  /** Ends the runs up to `last` that are not done; said twice, the second does nothing. */
  interrupt(last: RunId): void;
  /** Takes up what waited while nothing new might start. */
  proceed(): void;
  reply(id: number, value: string | null): void;
}

/** Obeys the control thread, unless it is just stopping this one: then it asks again. */
export function obeyControl(control: Worker, shared: Shared, session: Interruptible): void {
  control.on("message", (message: ToMain) => {
    context.reset();
    if ("reply" in message) return session.reply(message.reply, message.value);
    if (Atomics.compareExchange(shared, STATE, IDLE, ENDING) !== IDLE && shared[STATE] !== ENDING) return;
    session.interrupt(message.last);
    Atomics.store(shared, ACKED, message.interrupt);
    Atomics.store(shared, STATE, IDLE);
    session.proceed();
  });
}
