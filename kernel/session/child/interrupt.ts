import type { RunId } from "../protocol.ts";
import { ACKED, ENDING, IDLE, type Shared, STATE } from "./shared.ts";

/** Obeys the control thread's interrupt, unless that is just stopping this thread: then it asks again. */
export function obeyInterrupt(shared: Shared, number: number, last: RunId, end: (last: RunId) => void): void {
  const state = Atomics.compareExchange(shared, STATE, IDLE, ENDING);
  if (state !== IDLE && state !== ENDING) return;
  end(last);
  Atomics.store(shared, ACKED, number);
  Atomics.store(shared, STATE, IDLE);
}
