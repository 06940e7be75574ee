import type { Sink } from "../interpreter.ts";
import type { Message } from "../wire/message.ts";
import { publishComm } from "./comms.ts";
import type { Context } from "./context.ts";

export interface SinkOptions {
  count: number;
  /** Nothing is broadcast. */
  silent: boolean;
  allowStdin: boolean;
}

/** Everything a run says, published with the request that started it as its parent – also after the request was answered. */
export function toSink(context: Context, message: Message, { count, silent, allowStdin }: SinkOptions) {
  const { iopub } = context;
  const parent = message.header;
  let text: string | undefined;
  const sink: Sink = {
    stream(name, chunk) {
      if (!silent) iopub.stream(name, chunk, parent);
    },
    display: ({ data, metadata }, { displayId, update, buffers }) => {
      const transient = displayId === undefined ? {} : { display_id: displayId };
      const type = update ? "update_display_data" : "display_data";
      if (!silent) iopub.publish(type, { data, metadata, transient }, parent, buffers);
    },
    result: ({ data, metadata }) => {
      text = typeof data["text/plain"] === "string" ? data["text/plain"] : undefined;
      if (!silent) iopub.publish("execute_result", { execution_count: count, data, metadata }, parent);
    },
    clear(wait) {
      if (!silent) iopub.publish("clear_output", { wait }, parent);
    },
    input: (prompt, password) => (allowStdin ? context.ask(message, prompt, password) : Promise.resolve(null)),
    comm: (comm) => {
      context.comms.note(comm);
      publishComm(iopub, comm, parent);
    },
    sessionDied: () => context.comms.closeAll(iopub, parent),
  };
  return { sink, resultText: () => text };
}
