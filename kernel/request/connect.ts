import type { Handler } from "./context.ts";

/** Deprecated since protocol 5.1 and still asked by some clients: the ports. */
export const connect: Handler = {
  order: "now",
  handle(_request, { connection }) {
    const { shell_port: shell, iopub_port: iopub, stdin_port: stdin, control_port: control, hb_port: hb } = connection;
    return { status: "ok", shell, iopub, stdin, control, hb };
  },
};
