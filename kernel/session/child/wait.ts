import { context } from "./context.ts";

/** What a cell awaits: the same value, unless the cell was stopped – then it waits for good, and a loop around the `await` ends. */
export function wait(value: unknown): unknown {
  return isStopped() ? never() : value;
}

/** What `for await` goes through, until the cell is stopped. Sync iterables are left to the language. */
export function each(iterable: Partial<AsyncIterable<unknown>>): unknown {
  const method = iterable?.[Symbol.asyncIterator];
  if (typeof method !== "function") return iterable;
  return {
    [Symbol.asyncIterator]() {
      const iterator = method.call(iterable);
      return {
        next: () => (isStopped() ? never() : iterator.next()),
        ...(iterator.return && { return: (value?: unknown) => iterator.return!(value) }),
      };
    },
  };
}

function isStopped(): boolean {
  return context.find()?.stopped ?? false;
}

function never(): Promise<never> {
  return new Promise(() => {});
}
