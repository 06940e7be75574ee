import type { SessionEvent } from "./host.ts";
import type { RunId } from "./protocol.ts";

interface Place {
  slot: number;
  filled: SessionEvent | undefined;
  /** Said after this place and before the next. */
  after: SessionEvent[];
  timer: NodeJS.Timeout;
}

/** Keeps a place in a run's output for a display that is still being made; what the run says later waits, at most `patience` ms. */
export class Holds {
  #places = new Map<RunId, Place[]>();
  #patience: number;
  #tell: (event: SessionEvent) => void;

  constructor(patience: number, tell: (event: SessionEvent) => void) {
    this.#patience = patience;
    this.#tell = tell;
  }

  hold(run: RunId, slot: number): void {
    const places = this.#places.get(run) ?? [];
    this.#places.set(run, places);
    const timer = setTimeout(() => this.#giveUp(run, slot), this.#patience);
    places.push({ slot, filled: undefined, after: [], timer });
  }

  put(event: SessionEvent): void {
    const places = "run" in event ? this.#places.get(event.run) : undefined;
    const place = "slot" in event ? places?.find((one) => one.slot === event.slot) : undefined;
    if (place && "run" in event && places) {
      place.filled = event;
      this.#release(event.run, places);
    } else if (places) places.at(-1)!.after.push(event);
    else this.#tell(event);
  }

  /** The session is gone: nobody fills a place any more. */
  giveUpAll(): void {
    for (const [run, places] of this.#places) for (const place of [...places]) this.#giveUp(run, place.slot);
  }

  #giveUp(run: RunId, slot: number): void {
    const places = this.#places.get(run) ?? [];
    const index = places.findIndex((one) => one.slot === slot);
    if (index < 0) return;
    const [place] = places.splice(index, 1);
    clearTimeout(place!.timer);
    const before = places[index - 1];
    if (before) before.after.push(...place!.after);
    else for (const event of place!.after) this.#tell(event);
    this.#release(run, places);
  }

  #release(run: RunId, places: Place[]): void {
    while (places[0]?.filled) {
      const place = places.shift()!;
      clearTimeout(place.timer);
      this.#tell(place.filled!);
      for (const event of place.after) this.#tell(event);
    }
    if (places.length === 0) this.#places.delete(run);
  }
}
