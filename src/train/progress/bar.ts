import { Group } from "./group.ts";
import type { Report } from "./report.ts";
import type { Sink } from "./sink.ts";

export interface BarOptions {
  readonly label: string;
  readonly total: number | undefined;
  /** Begins with so many done, which do not count for the rate. */
  readonly done?: number;
  /** What else is worth saying; asked when it is shown. */
  readonly note?: () => string;
  readonly sink?: Sink | undefined;
  readonly onProgress?: ((report: Report) => void) | undefined;
}

/** How far one loop is. */
export class Bar {
  total: number | undefined;
  label: string;
  readonly #group: Group;
  readonly #began = performance.now();
  readonly #first: number;
  readonly #tell: ((report: Report) => void) | undefined;
  readonly #note: () => string;
  #done: number;
  #ended = Number.NaN;
  #state: Report["state"] = "running";

  constructor({ label, total, done = 0, note = () => "", sink, onProgress }: BarOptions) {
    this.label = label;
    this.total = total;
    this.#first = done;
    this.#done = done;
    this.#tell = onProgress;
    this.#note = note;
    this.#group = Group.find(sink);
    this.#group.open(this);
    onProgress?.(this.report());
  }

  advance(): void {
    this.#done++;
    this.#tell?.(this.report());
    this.#group.move();
  }

  close(state: "done" | "stopped"): void {
    if (this.#state !== "running") return;
    this.#state = state;
    this.#ended = performance.now();
    this.#tell?.(this.report());
    this.#group.close(this);
  }

  report(): Report {
    const { label, total } = this;
    const done = this.#done;
    const seconds = ((this.#state === "running" ? performance.now() : this.#ended) - this.#began) / 1000;
    const rate = seconds > 0 ? (done - this.#first) / seconds : 0;
    const left = total === undefined ? undefined : Math.max(0, total - done);
    const remaining = left === undefined || (rate === 0 && left > 0) ? undefined : left === 0 ? 0 : left / rate;
    return { label, done, total, seconds, rate, remaining, note: this.#note(), state: this.#state };
  }
}
