import type { Handler } from "./context.ts";

export const isComplete: Handler = {
  order: "now",
  handle: ({ message }, { interpreter }) => ({ ...interpreter.isComplete(String(message.content["code"] ?? "")) }),
};
