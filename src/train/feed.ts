import { batches } from "../data/batches.ts";
import { Dataset } from "../data/dataset.ts";
import { countRows } from "../data/rows.ts";
import type { Generator } from "../tensor/random/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tensor/tree.ts";
import type { Batched, Pair, Source } from "./source.ts";

/** Inputs beside targets, in the one form that the loop knows. */
export interface Batch {
  readonly x: Tree;
  readonly y: Tree;
}

/** Where the batches of an epoch come from. */
export interface Feed {
  /** All rows, where they are in memory. */
  readonly whole: Batch | undefined;
  /** Batches of an epoch, where that is known beforehand. */
  readonly length: number | undefined;
  /** The batches of an epoch; with a generator in a new order, where the rows are ours to order. */
  open(epoch: number, generator: Generator | undefined): Iterator<unknown> | AsyncIterator<unknown>;
}

export interface Cut {
  readonly batchSize: number;
  readonly dropLast: boolean;
}

/** Data in any form as batches. `what` is "data" or "validation", for messages. */
export function toFeed(what: string, source: Source, { batchSize, dropLast }: Cut): Feed {
  const whole = findPair(source);
  if (whole !== undefined) {
    countRows(`fit: ${what}`, whole);
    const cut = (generator?: Generator) => batches(whole, batchSize, { dropLast, ...(generator && { generator }) });
    const { length } = cut();
    return { whole, length, open: (_, generator) => cut(generator)[Symbol.iterator]() };
  }
  if (typeof source === "function")
    return { whole, length: undefined, open: (epoch) => toIterator(what, source(epoch)) };
  toIterator(what, source, true);
  const { length } = source as { readonly length?: unknown };
  return {
    whole,
    length: typeof length === "number" ? length : undefined,
    open: () => toIterator(what, source as Batched),
  };
}

/** One batch, checked. */
export function toBatch(what: string, value: unknown): Batch {
  const pair = findPair(value);
  if (pair === undefined) throw new TypeError(`fit: ${what} gives ${describe(value)} where { x, y } is needed.`);
  countRows(`fit: ${what}`, pair);
  return pair;
}

/** Inputs and targets, or nothing if the value is something else. */
export function findPair(value: unknown): Batch | undefined {
  if (value instanceof Dataset) return { x: value.features, y: value.target };
  if (Array.isArray(value)) {
    const [x, y] = value as unknown as Exclude<Pair, object> | readonly [Tree, unknown];
    return value.length === 2 && y instanceof Tensor ? { x, y } : undefined;
  }
  if (typeof value !== "object" || value === null || !("x" in value && "y" in value)) return undefined;
  return { x: value.x as Tree, y: value.y as Tree };
}

function toIterator(what: string, source: unknown, only = false): Iterator<unknown> | AsyncIterator<unknown> {
  const open = source as Partial<Iterable<unknown> & AsyncIterable<unknown>> | null | undefined;
  const method = open?.[Symbol.asyncIterator] ?? open?.[Symbol.iterator];
  if (typeof source !== "object" || typeof method !== "function")
    throw new TypeError(`fit: ${what} is ${describe(source)} where { x, y } or batches of it are needed.`);
  return only ? (undefined as never) : (Reflect.apply(method, source, []) as Iterator<unknown>);
}

function describe(value: unknown): string {
  if (value instanceof Tensor) return "one tensor";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) return `an object of ${Object.keys(value).join(", ") || "nothing"}`;
  return value === undefined ? "nothing" : `${typeof value} ${String(value)}`;
}
