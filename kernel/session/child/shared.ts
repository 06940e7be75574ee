import type { RunId, ToSession } from "../protocol.ts";

/**
 * What the control thread and the main thread both see, also while the main thread spins.
 *
 *   STATE    IDLE, ENDING (the main thread ends runs) or TERMINATING (the control thread stops whatever runs)
 *   STARTED  the newest run whose code has been started
 *   MEANT    the newest run that the newest interrupt is meant for
 *   RECEIVED how many of the kernel's messages the main thread has
 *   ACKED    the newest interrupt that the main thread has obeyed
 */
export type Shared = Int32Array;

export const STATE = 0;
export const STARTED = 1;
export const ACKED = 2;
export const MEANT = 3;
export const RECEIVED = 4;

export const IDLE = 0;
export const ENDING = 1;
export const TERMINATING = 2;

export function newShared(): Shared {
  return new Int32Array(new SharedArrayBuffer(20));
}

/** Between the threads, beside the shared memory. */
export type ToMain =
  | { kind: "interrupt"; number: number; last: RunId }
  | { kind: "reply"; id: number; value: string | null }
  /** The kernel's messages are numbered from 1: one that was lost with stopped code is handed on again. */
  | { kind: "message"; number: number; message: ToSession };

/** The answer to `prompt()`: state, length in bytes, text. The main thread waits on the state. */
export interface Answer {
  id: number;
  state: Int32Array;
  text: Uint8Array;
}
