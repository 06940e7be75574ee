import { promiseHooks } from "node:v8";
import type { Run } from "./run.ts";

/** Which run the code that is running now belongs to. */
export interface Context {
  find(): Run | undefined;
  /** The run that made a promise, if that can be told. */
  of(promise: Promise<unknown>): Run | undefined;
  within<T>(run: Run, work: () => T): T;
  /** Stop ends code without its `finally`: what it had entered is left here. */
  reset(): void;
}

const frames =
  Number.parseInt(process.versions.node, 10) >= 24 || process.execArgv.includes("--experimental-async-context-frame");

/** AsyncLocalStorage where V8 itself carries the context. Over async_hooks, as in Node 20, it would abort the process when a promise's code is stopped. */
export const context: Context = frames ? newStored() : newHooked();

function newStored(): Context {
  const { AsyncLocalStorage } = process.getBuiltinModule("node:async_hooks");
  const storage = new AsyncLocalStorage<Run | undefined>();
  return {
    find: () => storage.getStore(),
    of: () => undefined,
    within: (run, work) => storage.run(run, work),
    reset: () => storage.enterWith(undefined),
  };
}

/** Promises carry the run they were made in; `emitter.ts` and `timer.ts` do the same for events and timers. */
function newHooked(): Context {
  let current: Run | undefined;
  promiseHooks.createHook({
    init: (promise) => {
      if (current !== undefined) new Tag(promise, current);
    },
    before: (promise) => {
      current = Tag.read(promise);
    },
    after: () => {
      current = undefined;
    },
  });
  return {
    find: () => current,
    of: (promise) => Tag.read(promise),
    within: (run, work) => {
      const before = current;
      current = run;
      try {
        return work();
      } finally {
        current = before;
      }
    },
    reset: () => {
      current = undefined;
    },
  };
}

class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: how a private field gets onto an object of somebody else
    return object;
  }
}

/** A private field on a promise: as fast as a property, and nobody who looks at the promise sees it. */
class Tag extends Given {
  #run: Run;
  constructor(promise: object, run: Run) {
    super(promise);
    this.#run = run;
  }
  static read(promise: object): Run | undefined {
    return #run in promise ? promise.#run : undefined;
  }
}
