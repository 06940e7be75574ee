import type { Answer } from "./shared.ts";

/** Bytes of the longest line that `prompt()` takes. */
export const ROOM = 1 << 20;
const WAITING = 0;
const TEXT = 1;
const NOTHING = 2;

/** On the control thread: wakes the main thread that waits in `prompt()`. */
export function fillAnswer(answer: Answer, value: string | null): void {
  const bytes = Buffer.from(value ?? "").subarray(0, ROOM);
  answer.text.set(bytes);
  answer.state[1] = bytes.length;
  Atomics.store(answer.state, 0, value === null ? NOTHING : TEXT);
  Atomics.notify(answer.state, 0);
}

export function newAnswer(id: number): Answer {
  return {
    id,
    state: new Int32Array(new SharedArrayBuffer(8)),
    text: new Uint8Array(new SharedArrayBuffer(ROOM)),
  };
}

/** On the main thread: sleeps until the answer is there; Stop wakes it too. */
export function waitForAnswer(answer: Answer): string | null {
  Atomics.wait(answer.state, 0, WAITING);
  if (answer.state[0] === NOTHING) return null;
  return Buffer.from(answer.text.slice(0, answer.state[1])).toString("utf8");
}
