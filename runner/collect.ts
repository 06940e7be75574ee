import type { Sink } from "../kernel/interpreter.ts";
import type { ErrorReport } from "../kernel/session/protocol.ts";
import type { Output } from "./notebook.ts";

/** Gathers what cells say as the outputs a notebook keeps; displays with an id are shared by all cells of a notebook. */
export interface Collector {
  /** The sink of one cell, and the outputs that grow with it. */
  collect(count: number): { sink: Sink; outputs: Output[] };
}

export function toErrorOutput({ ename, evalue, traceback }: ErrorReport): Output {
  return { output_type: "error", ename, evalue, traceback };
}

export function createCollector(): Collector {
  const displays = new Map<string, Output[]>();
  return {
    collect(count) {
      const outputs: Output[] = [];
      let clearBeforeNext = false;
      const add = (output: Output) => {
        if (clearBeforeNext) outputs.length = 0;
        clearBeforeNext = false;
        outputs.push(output);
      };
      const sink: Sink = {
        stream(name, text) {
          const last = outputs.at(-1);
          if (!clearBeforeNext && last?.output_type === "stream" && last["name"] === name)
            last["text"] = `${last["text"]}${text}`;
          else add({ output_type: "stream", name, text });
        },
        display({ data, metadata }, { displayId, update }) {
          const known = displayId === undefined ? undefined : displays.get(displayId);
          if (update) {
            for (const output of known ?? []) Object.assign(output, { data, metadata });
            return;
          }
          const output: Output = { output_type: "display_data", data, metadata } as Output;
          if (displayId !== undefined) displays.set(displayId, [...(known ?? []), output]);
          add(output);
        },
        result: ({ data, metadata }) =>
          add({ output_type: "execute_result", execution_count: count, data, metadata } as Output),
        clear(wait) {
          clearBeforeNext = wait;
          if (!wait) outputs.length = 0;
        },
        // Nobody is there to answer.
        input: async () => null,
        comm() {},
        sessionDied() {},
      };
      return { sink, outputs };
    },
  };
}
