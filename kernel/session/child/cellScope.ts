import { checkRunning } from "./interrupted.ts";
import { importModule } from "./module/import.ts";
import { findMeta } from "./module/meta.ts";
import type { Run } from "./run.ts";
import { each, wait } from "./wait.ts";

/** What compiled code calls `$cell`. */
export interface CellScope {
  /** How many top-level statements are behind it; the code counts. */
  completed: number;
  /** `import()` of the cell, and its static imports. */
  import(specifier: unknown, options?: ImportCallOptions): Promise<unknown>;
  /** `import.meta` of the cell. */
  readonly meta: object;
  /** What stands behind `await`. */
  wait: typeof wait;
  /** What stands behind `of` in `for await`. */
  each: typeof each;
}

export function newCellScope(run: Run): CellScope {
  let completed = 0;
  return {
    get completed() {
      return completed;
    },
    set completed(count) {
      checkRunning(run);
      completed = count;
    },
    import: importModule,
    wait,
    each,
    get meta() {
      return findMeta();
    },
  };
}
