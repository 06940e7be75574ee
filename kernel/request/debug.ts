import type { Handler } from "./context.ts";

/** There is no debugger; `kernel_info_reply` says so, and a client that asks all the same gets a well-formed no. */
export const debug: Handler = {
  order: "now",
  handle: ({ message }) => ({
    type: "response",
    request_seq: message.content["seq"] ?? 0,
    command: message.content["command"] ?? "",
    success: false,
    message: "Lossbook has no debugger.",
  }),
};
