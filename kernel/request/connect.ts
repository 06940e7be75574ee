import type { Handler } from "./context.ts";

/** Deprecated since protocol 5.1 and still asked by some clients: the ports. */
export const connect: Handler = {
  order: "now",
  handle(_request, { connection: { shell_port, iopub_port, stdin_port, control_port, hb_port } }) {
    return { status: "ok", shell_port, iopub_port, stdin_port, control_port, hb_port };
  },
};
