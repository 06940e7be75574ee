/** Half of the 50 ms that a front end may wait, so that a step in between does not make it late. */
const LIMIT = 25;

/** Lets the event loop turn now and then – timers, sockets, an interrupt – without the price of a turn at every step. */
export class Breath {
  #last = performance.now();

  get isDue(): boolean {
    return performance.now() - this.#last >= LIMIT;
  }

  /** One whole turn of the event loop: a resolved promise would only empty the queue of promises. */
  async take(): Promise<void> {
    await new Promise<void>((resolve) =>
      typeof setImmediate === "function" ? setImmediate(resolve) : setTimeout(resolve),
    );
    this.#last = performance.now();
  }
}
