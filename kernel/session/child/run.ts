import { AsyncLocalStorage } from "node:async_hooks";
import type { Payload, RunId } from "../protocol.ts";

/** A cell under way. What it starts – timers, promises, children – carries it along, also after it is done. */
export interface Run {
  id: RunId;
  count: number;
  allowStdin: boolean;
  done: boolean;
  completed: () => number;
  payload: Payload[];
  /** Displays that are still being made; the cell is done when they are. */
  displays: Set<Promise<void>>;
  /** Told when the run ends before its promise does. */
  onInterrupt: Set<() => void>;
}

const storage = new AsyncLocalStorage<Run>();
/** For what nobody in particular says: the newest run. */
let latest: Run = newRun(0, 0, false);

export function newRun(id: RunId, count: number, allowStdin: boolean): Run {
  return {
    id,
    count,
    allowStdin,
    done: false,
    completed: () => 0,
    payload: [],
    displays: new Set(),
    onInterrupt: new Set(),
  };
}

export function findRun(): Run {
  return storage.getStore() ?? latest;
}

export function within<T>(run: Run, work: () => T): T {
  return storage.run(run, work);
}

export function setLatest(run: Run): void {
  latest = run;
}
