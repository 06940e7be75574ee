import { sizeOf } from "../../tensor/shape/shape.ts";
import type { Value } from "./value.ts";

/** Which values get memory; the others exist in the loops of those that use them. */
export interface Stored {
  readonly has: (value: Value) => boolean;
  /** True where a value is rounded to its dtype. */
  readonly rounds: (value: Value) => boolean;
  /** All values, each after what it is made of. */
  readonly order: readonly Value[];
}

/**
 * A value is stored if it
 * - is an output, or goes to an op that is called
 * - is used more than once, or a loop would compute its elements more than once
 * - is seen in another shape that only its memory can tell
 * - comes after a long chain of values that are not stored
 */
export function findStored(outputs: readonly Value[]): Stored {
  const order = findAll(outputs);
  const stored = new Set<Value>();
  const jumps = new Set<Value>();
  const repeated = new Set<Value>();
  const uses = new Map<Value, number>();
  const demand = (value: Value) => stored.add(toMemory(value));
  outputs.forEach(demand);
  for (const value of order.toReversed()) {
    const used = uses.get(value) ?? 0;
    if (value.kind === "given" || value.kind === "known" || value.kind === "call") stored.add(value);
    else if (value.kind !== "view" && (used > 1 || repeated.has(value))) stored.add(value);
    const inside = value.kind === "view" && !stored.has(value);
    if (value.kind === "call") value.of.forEach(demand);
    if (value.kind === "view" && value.from === undefined) demand(value.of[0]!);
    value.of.forEach((input, i) => {
      uses.set(input, (uses.get(input) ?? 0) + (inside ? used : 1));
      const grows = value.kind !== "fold" && sizeOf(value.shape) > sizeOf(input.shape);
      if (sizeOf(input.shape) > 1 && (grows || (inside && repeated.has(value)))) repeated.add(input);
      if (toJump(value, i)) jumps.add(toOrigin(input));
    });
  }
  cutChains(order, stored);
  return { has: (value) => stored.has(value), rounds: (value) => stored.has(value) || jumps.has(value), order };
}

/** So many ops of a chain are one expression; the writer of loops goes down it by recursion. */
const longestChain = 100;

function cutChains(order: readonly Value[], stored: Set<Value>): void {
  const lengths = new Map<Value, number>();
  for (const value of order) {
    const before = value.of.reduce((longest, input) => Math.max(longest, lengths.get(input)!), 0);
    const isCut = stored.has(value) || (before >= longestChain && !(value.kind === "view" && value.flat));
    if (isCut) stored.add(value);
    lengths.set(value, isCut ? 0 : before + 1);
  }
}

function findAll(outputs: readonly Value[]): Value[] {
  const found = new Set(outputs);
  for (const value of found) for (const input of value.of) found.add(input);
  return [...found].sort((a, b) => a.id - b.id);
}

/** The value whose memory this one shares. */
export function toMemory(value: Value): Value {
  return value.kind === "view" && value.flat ? toMemory(value.of[0]!) : value;
}

function toOrigin(value: Value): Value {
  return value.kind === "view" ? toOrigin(value.of[0]!) : value;
}

function toJump(value: Value, input: number): boolean {
  if (value.kind === "fold") return value.rule === "argmax" || value.rule === "argmin";
  return value.kind === "pointwise" && input < value.steps;
}
