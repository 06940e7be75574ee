import type { CommMessage } from "../session/protocol.ts";
import type { Handler } from "./context.ts";
import { toSink } from "./sink.ts";

/** `comm_open`, `comm_msg`, `comm_close` from a front end, passed on to the session; none has a reply. */
export const comm: Handler = {
  order: "turn",
  async handle({ message }, context) {
    const { header, content, metadata, buffers } = message;
    const { comm_id, target_name, data = {} } = content;
    if (typeof comm_id !== "string") return undefined;
    const kind = KIND[header.msg_type as keyof typeof KIND];
    const target = typeof target_name === "string" ? { target: target_name } : {};
    const passed: CommMessage = { kind, comm: comm_id, ...target, data, metadata, buffers };
    context.comms.note(passed);
    const { sink } = toSink(context, message, { count: context.count, silent: false, allowStdin: false });
    await context.interpreter.comm(passed, sink);
    return undefined;
  },
};

const KIND = { comm_open: "open", comm_msg: "message", comm_close: "close" } as const;

export const commInfo: Handler = {
  order: "now",
  handle({ message }, { comms }) {
    const target = message.content["target_name"];
    return { status: "ok", comms: comms.find(typeof target === "string" && target !== "" ? target : undefined) };
  },
};
