import type { Payload, RunId, Shown } from "../protocol.ts";
import { context } from "./context.ts";

/** A cell under way. What it starts – timers, promises, children – carries it along, also after it is done. */
export interface Run {
  id: RunId;
  count: number;
  allowStdin: boolean;
  done: boolean;
  /** By the user; what it left behind is to end. */
  stopped: boolean;
  completed: () => number;
  payload: Payload[];
  /** Displays that are still being made; the cell is done when they are. */
  displays: Set<Promise<void>>;
  /** What displays show, by their id, when the run is stopped. */
  ifStopped: Map<string, Shown>;
  /** Told when the run is stopped. */
  onInterrupt: Set<() => void>;
}

/** For what nobody in particular says: the newest run. */
let latest: Run = newRun(0, 0, false);

export function newRun(id: RunId, count: number, allowStdin: boolean): Run {
  return {
    id,
    count,
    allowStdin,
    done: false,
    stopped: false,
    completed: () => 0,
    payload: [],
    displays: new Set(),
    ifStopped: new Map(),
    onInterrupt: new Set(),
  };
}

export function findRun(): Run {
  return context.find() ?? latest;
}

export function setLatest(run: Run): void {
  latest = run;
}
