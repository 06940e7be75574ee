import type { Breath } from "../compile/breath.ts";
import { type Batch, toBatch } from "./feed.ts";

/** Goes through batches, waits for those that come later, and lets the event loop turn when it is time. Returns how many there were. */
export async function eachBatch(
  what: string,
  iterator: Iterator<unknown> | AsyncIterator<unknown>,
  breath: Breath,
  visit: (batch: Batch) => void | Promise<void>,
): Promise<number> {
  let count = 0;
  try {
    while (true) {
      const next = iterator.next();
      const { done, value } = "then" in next ? await next : next;
      if (done) break;
      await visit(toBatch(what, value));
      count++;
      if (breath.isDue) await breath.take();
    }
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
  if (count === 0)
    throw new RangeError(
      `fit: ${what} gave 0 batches where at least 1 is needed; what can be iterated over once only, as a generator, has to come as a function that opens it.`,
    );
  return count;
}
