import { sizeOf } from "../../tensor/shape/shape.ts";
import { flatten, toKey, variable } from "./affine.ts";
import { type Stored, toMemory } from "./stored.ts";
import type { Call, Value } from "./value.ts";
import { findReads, type Loops, toSpace, writeLoops } from "./writer.ts";

/** What a program does, one after the other. */
export type Step = LoopStep | CallStep;

export interface LoopStep extends Loops {
  readonly kind: "loops";
  /** The values that it stores. */
  readonly makes: readonly Value[];
}

export interface CallStep {
  readonly kind: "call";
  readonly value: Call;
}

/** More values than this do not share a loop: the processor runs out of registers. */
const widest = 16;

/**
 * Loops of one space become one, if what they read of one another is the element they are at.
 *
 * 1. each value goes to the first loop that it may be in: not before anything that it reads is there
 * 2. what only its own loop reads is not stored
 */
export function schedule(outputs: readonly Value[], stored: Stored): Step[] {
  const groups: Group[] = [];
  const home = new Map<Value, number>();
  for (const value of stored.order) {
    if (!stored.has(value) || value.kind === "given" || value.kind === "known" || sizeOf(value.shape) === 0) continue;
    const place = value.kind === "call" ? groups.length : findPlace(value, groups, home, stored);
    groups[place] ??= { space: spaceOf(value), values: [] };
    groups[place].values.push(value);
    home.set(value, place);
  }
  const read = new Set<Value>(outputs.map(toMemory));
  for (const { values } of groups)
    for (const value of values[0]!.kind === "call"
      ? values[0]!.of.map(toMemory)
      : findReads(values, stored).map((r) => r.value))
      read.add(value);
  return groups.map(({ values }) => {
    const [first] = values;
    if (first!.kind === "call") return { kind: "call", value: first as Call };
    const loops = writeLoops(values, stored, (value) => read.has(value));
    return { kind: "loops", ...loops, makes: values.filter((value) => read.has(value)) };
  });
}

interface Group {
  /** Absent for an op that is called. */
  readonly space: string | undefined;
  readonly values: Value[];
}

function spaceOf(value: Value): string | undefined {
  return value.kind === "call" ? undefined : toSpace(value).join();
}

function findPlace(value: Value, groups: readonly Group[], home: ReadonlyMap<Value, number>, stored: Stored): number {
  const own = toKey(
    flatten(
      toSpace(value).map((_, axis) => variable(`i${axis}`)),
      toSpace(value),
    ),
  );
  let first = 0;
  for (const { value: other, at } of findReads([value], stored)) {
    const place = home.get(other);
    if (place === undefined) continue;
    first = Math.max(first, toKey(at) === own ? place : place + 1);
  }
  const space = spaceOf(value);
  for (let place = first; place < groups.length; place++)
    if (groups[place]!.space === space && groups[place]!.values.length < widest) return place;
  return groups.length;
}
