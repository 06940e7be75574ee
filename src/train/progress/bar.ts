import type { Curve } from "./curve.ts";
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
  /** What is to be drawn; asked when it is shown. */
  readonly curve?: () => Curve | undefined;
  readonly sink?: Sink | undefined;
  readonly onProgress?: ((report: Report) => void) | undefined;
}

/** How far one loop is. */
export class Bar {
  total: number | undefined;
  label: string;
  readonly learns: boolean;
  readonly #group: Group;
  readonly #began = performance.now();
  readonly #first: number;
  readonly #tell: ((report: Report) => void) | undefined;
  readonly #note: () => string;
  readonly #curve: () => Curve | undefined;
  #done: number;
  #ended = Number.NaN;
  #state: Report["state"] = "running";

  constructor({ label, total, done = 0, note = () => "", curve, sink, onProgress }: BarOptions) {
    this.label = label;
    this.total = total;
    this.#first = done;
    this.#done = done;
    this.#tell = onProgress;
    this.#note = note;
    this.#curve = curve ?? (() => undefined);
    this.learns = curve !== undefined;
    this.#group = Group.find(sink);
    this.#group.open(this);
    onProgress?.(this.report());
  }

  advance(): void {
    this.#done++;
    this.#tell?.(this.report());
    this.#group.move();
  }

  /** True if its curve is what stays in its place. */
  close(state: "done" | "stopped"): boolean {
    if (this.#state !== "running") return false;
    this.#state = state;
    this.#ended = performance.now();
    this.#tell?.(this.report());
    return this.#group.close(this) && this.#curve() !== undefined;
  }

  report(): Report {
    const { label, total } = this;
    const done = this.#done;
    const seconds = ((this.#state === "running" ? performance.now() : this.#ended) - this.#began) / 1000;
    const rate = seconds > 0 ? (done - this.#first) / seconds : 0;
    const left = total === undefined ? undefined : Math.max(0, total - done);
    const remaining = left === undefined || (rate === 0 && left > 0) ? undefined : left === 0 ? 0 : left / rate;
    const [note, curve, state] = [this.#note(), this.#curve(), this.#state];
    return { label, done, total, seconds, rate, remaining, note, state, ...(curve && { curve }) };
  }
}
