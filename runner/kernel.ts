import type { Command } from "./command.ts";

export const kernel: Command = {
  summary: "start a kernel on a connection file, as front ends do",
  help: `usage: lossbook kernel CONNECTION_FILE

Serves the Jupyter messaging protocol on the five channels of the connection file, until it is shut down.
`,
  async run(args) {
    const { runKernelProcess } = await import("../kernel/process.ts");
    await runKernelProcess(args);
    return Number(process.exitCode ?? 0);
  },
};
