/**
 * How a request relates to the others of its (sub)shell:
 * `now` – answered at once, also while a cell runs; `turn` – in the order of arrival, without waiting for the running cell to end;
 * `alone` – one at a time, in the order of arrival.
 */
export type Order = "now" | "turn" | "alone";

interface Job {
  order: Order;
  run: () => Promise<void>;
  /** What happens instead when an earlier cell failed; a job without it is never aborted. */
  abort?: () => void;
}

/** The requests of one shell or subshell. */
export interface Queue {
  add(job: Job): void;
  /**
   * Takes out what waits and can be aborted, as `stop_on_error` asks, and says how to abort it. To be called before the failure is
   * answered: what a client sends after the answer is none of it.
   */
  takeAborted(): Promise<(() => void)[]>;
}

export function createQueue(): Queue {
  let waiting: Job[] = [];
  let alone: Promise<void> | undefined;
  const pump = () => {
    while (waiting[0] && !(alone && waiting[0].order === "alone")) {
      const job = waiting.shift()!;
      const ended = job.run();
      if (job.order !== "alone") continue;
      alone = ended.finally(() => {
        alone = undefined;
        pump();
      });
    }
  };
  return {
    add(job) {
      if (job.order === "now") void job.run();
      else {
        waiting.push(job);
        pump();
      }
    },
    async takeAborted() {
      // What a client sent together with the failing cell may still be in the socket: one turn of the event loop brings it in.
      await new Promise((resolve) => setImmediate(resolve));
      const aborted = waiting.filter((job) => job.abort);
      waiting = waiting.filter((job) => !job.abort);
      return aborted.map((job) => job.abort!);
    },
  };
}
