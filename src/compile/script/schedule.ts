import { sizeOf } from "../../tensor/shape/shape.ts";
import { flatten, toKey, variable } from "./affine.ts";
import { type Stored, toMemory } from "./stored.ts";
import type { Call, Value } from "./value.ts";
import { type Access, type Draft, draftLoops, type Loops, toSpace, writeLoops } from "./writer.ts";

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
    if (value.kind === "call") {
      home.set(value, groups.push({ space: undefined, values: [value], drafts: [] }) - 1);
      continue;
    }
    const draft = draftLoops([value], stored);
    const place = findPlace(value, draft.reads, groups, home);
    groups[place] ??= { space: toSpace(value).join(), values: [], drafts: [] };
    groups[place].values.push(value);
    groups[place].drafts.push(draft);
    home.set(value, place);
  }
  const drafts = groups.map(({ values, drafts }) => (drafts.length > 1 ? draftLoops(values, stored) : drafts[0]));
  const read = new Set<Value>(outputs.map(toMemory));
  groups.forEach(({ values }, place) => {
    const needed = drafts[place]?.reads.map((access) => access.value) ?? values[0]!.of.map(toMemory);
    for (const value of needed) read.add(value);
  });
  return groups.map(({ values }, place) => {
    const draft = drafts[place];
    if (draft === undefined) return { kind: "call", value: values[0] as Call };
    const loops = writeLoops(values, stored, (value) => read.has(value), draft);
    return { kind: "loops", ...loops, makes: values.filter((value) => read.has(value)) };
  });
}

interface Group {
  /** Absent for an op that is called. */
  readonly space: string | undefined;
  readonly values: Value[];
  /** One for each value. */
  readonly drafts: Draft[];
}

function findPlace(
  value: Value,
  reads: readonly Access[],
  groups: readonly Group[],
  home: ReadonlyMap<Value, number>,
): number {
  const own = toKey(
    flatten(
      toSpace(value).map((_, axis) => variable(`i${axis}`)),
      toSpace(value),
    ),
  );
  let first = 0;
  for (const { value: other, at } of reads) {
    const place = home.get(other);
    if (place === undefined) continue;
    first = Math.max(first, toKey(at) === own ? place : place + 1);
  }
  const space = toSpace(value).join();
  for (let place = first; place < groups.length; place++)
    if (groups[place]!.space === space && groups[place]!.values.length < widest) return place;
  return groups.length;
}
