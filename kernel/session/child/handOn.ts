import type { MessagePort } from "node:worker_threads";
import type { ToSession } from "../protocol.ts";
import { RECEIVED, type Shared, type ToMain } from "./shared.ts";

/**
 * Hands the kernel's messages to the main thread. Stop may end that thread's code anywhere, also between reading a message and
 * keeping it: so they stay here until the main thread has said that it has them.
 */
export class HandOn {
  #kept: Extract<ToMain, { kind: "message" }>[] = [];
  #number = 0;
  #main: MessagePort;
  #shared: Shared;

  constructor(main: MessagePort, shared: Shared) {
    this.#main = main;
    this.#shared = shared;
  }

  give(message: ToSession): void {
    this.#drop();
    this.#number += 1;
    const numbered = { kind: "message", number: this.#number, message } as const;
    this.#kept.push(numbered);
    this.#main.postMessage(numbered);
  }

  /** Code of the main thread was stopped; what it has already it knows by the number. */
  giveAgain(): void {
    this.#drop();
    for (const message of this.#kept) this.#main.postMessage(message);
  }

  #drop(): void {
    const received = Atomics.load(this.#shared, RECEIVED);
    while (this.#kept[0] && this.#kept[0].number <= received) this.#kept.shift();
  }
}
