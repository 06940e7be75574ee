import type { TypedArray } from "../tensor/dtype.ts";
import type { Chosen } from "./choose.ts";

/** Programs that an engine holds memory for. */
let alive = 0;

/** How many programs are ready or being made, in this process. */
export function countAlive(): number {
  return alive;
}

/** A program on its way, ready, and at last let go of – but not under a run. */
export class Holder {
  readonly #making: Promise<Chosen>;
  #made: Chosen | undefined;
  #running = 0;
  #isRetired = false;
  #isReleased = false;

  constructor(making: Promise<Chosen>) {
    alive++;
    this.#making = making;
    making.then(
      (made) => {
        this.#made = made;
      },
      () => this.retire(),
    );
  }

  /** What runs it, once that is known. */
  get engine(): string {
    return this.#made?.engine ?? "…";
  }

  get ready(): Promise<unknown> {
    return this.#making;
  }

  get isRetired(): boolean {
    return this.#isRetired;
  }

  async run(inputs: readonly TypedArray[]): Promise<readonly TypedArray[]> {
    this.#running++;
    try {
      const { program } = this.#made ?? (await this.#making);
      return await program.run(inputs);
    } finally {
      this.#running--;
      if (this.#isRetired) await this.#release();
    }
  }

  /** Lets go, at once or after the runs under way. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    await this.#making.catch(() => undefined);
    await this.#release();
  }

  async #release(): Promise<void> {
    if (this.#running > 0 || this.#isReleased) return;
    this.#isReleased = true;
    alive--;
    await this.#made?.program.release();
  }
}
