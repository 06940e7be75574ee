import { Pulse } from "./pulse.ts";
import type { Report } from "./report.ts";
import { findSink, type Sink } from "./sink.ts";

/** Five times a second. */
const INTERVAL = 200;

/** Where no pulse can be felt: a loop that has not moved for so long may have been interrupted. */
const STALE = 5000;

/** What a group asks of a bar. */
export interface Member {
  /** Trainings are not inside each other: two at once are beside each other, whichever ends first. */
  readonly learns: boolean;
  report(): Report;
}

/** Loops inside each other, shown in one place; the place is done when the outermost is. */
export class Group {
  readonly sink: Sink;
  #active: Member[] = [];
  #finished: Member[] = [];
  #shown = Number.NEGATIVE_INFINITY;
  #moved = performance.now();
  readonly #pulse = new Pulse();

  constructor(sink: Sink) {
    this.sink = sink;
  }

  /** The group that a loop which begins now stands in. */
  static find(sink?: Sink): Group {
    if (!current?.isAlive || (sink !== undefined && sink !== current?.sink)) current = new Group(sink ?? findSink());
    return current!;
  }

  /** False for what an interrupted cell left behind: what begins now is not inside it. */
  get isAlive(): boolean {
    if (this.sink.isGone === true) return false;
    return this.#pulse.isGone === undefined ? performance.now() - this.#moved < STALE : !this.#pulse.isGone;
  }

  open(member: Member): void {
    this.#active.push(member);
    this.move();
  }

  /** Shows what has changed, if it is time. */
  move(): void {
    const now = performance.now();
    this.#moved = now;
    this.#pulse.beat();
    if (now - this.#shown < INTERVAL) return;
    this.#shown = now;
    this.sink.show(this.#reports());
  }

  /** A loop inside another one disappears when it ends; the final state is that of the outermost. True if this one stays, drawn. */
  close(member: Member): boolean {
    const at = this.#active.indexOf(member);
    if (at < 0) return false;
    const isKept = at === 0 || (member.learns && this.#active[0]!.learns);
    this.#active.splice(at, 1);
    if (isKept) this.#finished.push(member);
    const stays = isKept && this.sink.draws === true;
    if (this.#active.length > 0) {
      this.move();
      return stays;
    }
    if (current === this) current = undefined;
    this.#pulse.end();
    this.sink.end(this.#reports());
    return stays;
  }

  #reports(): Report[] {
    return [...this.#finished, ...this.#active].map((member) => member.report());
  }
}

let current: Group | undefined;
