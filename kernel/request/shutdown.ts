import type { Handler } from "./context.ts";

/** On control, and on shell for clients older than protocol 5.4. A restart is the client starting a new kernel. */
export const shutdown: Handler = {
  order: "now",
  handle({ message }, context) {
    context.shutdown();
    return { status: "ok", restart: message.content["restart"] === true };
  },
};
