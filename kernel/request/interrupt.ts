import type { Handler } from "./context.ts";

export const interrupt: Handler = {
  order: "now",
  handle(_request, { interpreter }) {
    interpreter.interrupt();
    return { status: "ok" };
  },
};
