import type { TypedArray } from "../tensor/dtype.ts";
import type { Chosen } from "./choose.ts";

/**
 * Programs of engines that are kept at a time, in this process. Each holds memory outside of JavaScript – a session of a small graph a sixth of a megabyte – that no
 * collector sees, so who compiles hundreds of functions and keeps them would fill it up.
 */
const LIMIT = 64;

/** How many programs are ready or being made, in this process. */
let alive = 0;
/** Those that an engine holds memory for. */
const open = new Set<Holder>();
/** Counts runs, so that it is known what was not used for longest. */
let clock = 0;

export function countAlive(): number {
  return alive;
}

/** A program on its way, ready, put away until it is run again, and at last let go of – but not under a run. */
export class Holder {
  readonly #make: () => Promise<Chosen>;
  #making: Promise<Chosen> | undefined;
  #made: Chosen | undefined;
  #engine = "…";
  #running = 0;
  #used = 0;
  #isRetired = false;

  constructor(make: () => Promise<Chosen>) {
    this.#make = make;
    void this.#start();
  }

  /** What runs it, once that is known. */
  get engine(): string {
    return this.#engine;
  }

  get ready(): Promise<unknown> {
    return this.#making ?? Promise.resolve();
  }

  get isRetired(): boolean {
    return this.#isRetired;
  }

  async run(inputs: readonly TypedArray[]): Promise<readonly TypedArray[]> {
    this.#running++;
    this.#used = ++clock;
    try {
      const { program } = this.#made ?? (await (this.#making ?? this.#start()));
      return await program.run(inputs);
    } finally {
      this.#running--;
      if (this.#isRetired) await this.#release();
      else if (open.size > LIMIT) Holder.#makeRoom();
    }
  }

  /** Lets go, at once or after the runs under way. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    await this.#making?.catch(() => undefined);
    await this.#release();
  }

  #start(): Promise<Chosen> {
    alive++;
    const making = this.#make();
    this.#making = making;
    making.then(
      (made) => {
        this.#made = made;
        this.#engine = made.engine;
        if (made.engine === "TypeScript") return;
        open.add(this);
        Holder.#makeRoom();
      },
      () => this.retire(),
    );
    return making;
  }

  /** What was not used for longest is put away, unless it runs. */
  static #makeRoom(): void {
    const idle = [...open].filter((holder) => holder.#running === 0).sort((a, b) => a.#used - b.#used);
    for (const holder of idle.slice(0, Math.max(0, open.size - LIMIT))) void holder.#release();
  }

  async #release(): Promise<void> {
    if (this.#running > 0 || this.#making === undefined) return;
    const made = this.#made;
    this.#made = undefined;
    this.#making = undefined;
    open.delete(this);
    alive--;
    await made?.program.release();
  }
}
