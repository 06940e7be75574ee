import type { TypedArray } from "../../tensor/dtype.ts";
import { toArray } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape/shape.ts";
import type { Step } from "./schedule.ts";
import { toMemory } from "./stored.ts";
import type { Value } from "./value.ts";

/** An array for each value that loops store and nobody outside sees; values that are not needed at the same time share memory. */
export function toMemories(steps: readonly Step[], outside: (value: Value) => boolean): Map<Value, TypedArray> {
  const lastUse = findLastUses(steps);
  const blocks: Block[] = [];
  const block = new Map<Value, Block>();
  steps.forEach((step, at) => {
    if (step.kind === "call") return;
    for (const value of step.makes.filter((value) => !outside(value))) {
      const bytes = sizeOf(value.shape) * toArray(value.dtype, 0).BYTES_PER_ELEMENT;
      const until = lastUse.get(value) ?? at;
      const free = blocks.filter((each) => each.until < at);
      const fitting = free.filter((each) => each.bytes >= bytes).sort((a, b) => a.bytes - b.bytes)[0];
      const chosen = fitting ?? free.sort((a, b) => b.bytes - a.bytes)[0] ?? { bytes: 0, until };
      if (!blocks.includes(chosen)) blocks.push(chosen);
      chosen.bytes = Math.max(chosen.bytes, bytes);
      chosen.until = until;
      block.set(value, chosen);
    }
  });
  const buffers = new Map(blocks.map((each) => [each, new ArrayBuffer(Math.ceil(each.bytes / 8) * 8)]));
  return new Map([...block].map(([value, each]) => [value, toView(value, buffers.get(each)!)]));
}

interface Block {
  bytes: number;
  /** The last step that needs what is in it now. */
  until: number;
}

function findLastUses(steps: readonly Step[]): Map<Value, number> {
  const last = new Map<Value, number>();
  steps.forEach((step, at) => {
    for (const value of step.kind === "call" ? step.value.of.map(toMemory) : step.memories) last.set(value, at);
  });
  return last;
}

function toView({ dtype, shape }: Value, buffer: ArrayBuffer): TypedArray {
  const Kind = toArray(dtype, 0).constructor as Float32ArrayConstructor;
  return new Kind(buffer, 0, sizeOf(shape));
}
