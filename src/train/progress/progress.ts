import { Bar } from "./bar.ts";
import type { Report } from "./report.ts";
import { type Sink, silent } from "./sink.ts";

export interface ProgressOptions {
  /** How many there will be: the length of an array, the size of a set, unless given; else only counted. */
  readonly total?: number;
  /** What stands before the numbers. */
  readonly label?: string;
  /** Told at the beginning, after each item and at the end. */
  readonly onProgress?: (report: Report) => void;
  /** Another place to show it in; nothing is shown with `false`. */
  readonly sink?: Sink | false;
}

/**
 * The same items with a bar: in a notebook one display, in a terminal one line, elsewhere nothing. Python's `tqdm`. Loops inside each other share the place, and
 * the final state is that of the outermost; a loop that is left by `break` or an error says so.
 *
 * @example
 * for (const rate of progress([0.1, 0.01, 0.001], { label: "rates" })) await train.fit(model, options(rate));
 * [...progress([1, 2, 3])] // [1, 2, 3]
 * for await (const row of progress(rows(), { total: 500 })) use(row);
 * @throws TypeError `progress: number 5 where something to iterate over is needed.`
 */
export function progress<T>(items: Iterable<T>, options?: ProgressOptions): Iterable<T>;
export function progress<T>(items: AsyncIterable<T>, options?: ProgressOptions): AsyncIterable<T>;
export function progress<T>(
  items: Iterable<T> | AsyncIterable<T>,
  options: ProgressOptions = {},
): Iterable<T> | AsyncIterable<T> {
  const { total } = options;
  if (total !== undefined && !(Number.isInteger(total) && total >= 0))
    throw new RangeError(`progress: total must be a whole number of at least 0, got ${total}.`);
  if (isIterable(items)) return { [Symbol.iterator]: () => iterate(items, options) };
  if (isAsync(items)) return { [Symbol.asyncIterator]: () => iterateLater(items, options) };
  throw new TypeError(`progress: ${typeof items} ${String(items)} where something to iterate over is needed.`);
}

function* iterate<T>(items: Iterable<T>, options: ProgressOptions): Generator<T, void, undefined> {
  const bar = toBar(items, options);
  let state: "done" | "stopped" = "stopped";
  try {
    for (const item of items) {
      yield item;
      bar.advance();
    }
    state = "done";
  } finally {
    bar.close(state);
  }
}

async function* iterateLater<T>(items: AsyncIterable<T>, options: ProgressOptions): AsyncGenerator<T, void, undefined> {
  const bar = toBar(items, options);
  let state: "done" | "stopped" = "stopped";
  try {
    for await (const item of items) {
      yield item;
      bar.advance();
    }
    state = "done";
  } finally {
    bar.close(state);
  }
}

function toBar(items: object, { label = "", total, sink, onProgress }: ProgressOptions): Bar {
  return new Bar({ label, total: total ?? findTotal(items), sink: sink === false ? silent : sink, onProgress });
}

function findTotal(items: object): number | undefined {
  const { length, size } = items as { readonly length?: unknown; readonly size?: unknown };
  return [length, size].find((n): n is number => typeof n === "number");
}

function isIterable(items: unknown): items is Iterable<unknown> & never {
  return typeof (items as Iterable<unknown> | null | undefined)?.[Symbol.iterator] === "function";
}

function isAsync(items: unknown): items is AsyncIterable<unknown> & never {
  return typeof (items as AsyncIterable<unknown> | null | undefined)?.[Symbol.asyncIterator] === "function";
}
