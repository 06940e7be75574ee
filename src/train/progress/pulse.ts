/** Milliseconds between beats where nothing moves, and how late one may be: code that computes for so long after a wait holds up its own timers. */
const BETWEEN = 100;
const LATE = 300;

/**
 * Tells whether the code that beats still runs. A kernel that stops a cell stops its timers with it, but runs no `finally`: what the cell had open stays open.
 * So there is always a callback to come, in the next turn of the event loop or a little later: if the loop has gone on and it has not come, nobody is there.
 */
export class Pulse {
  /** The callback to come: the turn in which it was asked for, and when it is due. */
  #next: { readonly turn: number; readonly due: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Something moved. */
  beat(): void {
    const turn = findTurn();
    if (turn === undefined || (this.#next !== undefined && this.#timer === undefined)) return;
    this.end();
    this.#next = { turn, due: performance.now() };
    setImmediate(() => this.#wait());
  }

  /** Nothing is open any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#next = undefined;
  }

  /** Nothing where turns cannot be counted. */
  get isGone(): boolean | undefined {
    const turn = findTurn();
    if (turn === undefined) return undefined;
    if (this.#next === undefined || turn <= this.#next.turn + 1) return false;
    return this.#timer === undefined || performance.now() > this.#next.due + LATE;
  }

  #wait(): void {
    if (this.#next === undefined) return;
    this.#next = { turn: findTurn()!, due: performance.now() + BETWEEN };
    this.#timer = setTimeout(() => this.#wait(), BETWEEN);
    // a bar that nobody moves is no reason for a process to go on
    this.#timer.unref();
  }
}

/** How often the event loop has turned, where that can be known: in Node. */
function findTurn(): number | undefined {
  const { nodeTiming } = performance as unknown as {
    readonly nodeTiming?: { readonly uvMetricsInfo?: { readonly loopCount: number } };
  };
  return nodeTiming?.uvMetricsInfo?.loopCount;
}
