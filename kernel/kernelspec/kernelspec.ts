import { fileURLToPath } from "node:url";

export const KERNEL_NAME = "lossbook";
export const DISPLAY_NAME = "TypeScript (Lossbook)";

/** The kernel process keeps little for long: a small nursery saves 6 MB and costs no time that can be measured. */
const FLAGS = ["--max-semi-space-size=1"];

/** `kernel.json`. Paths are absolute: a front end's PATH is seldom the shell's, and a kernel that is not found says nothing. */
export function toKernelspec(displayName: string = DISPLAY_NAME): Record<string, unknown> {
  return {
    argv: [process.execPath, ...FLAGS, fileURLToPath(new URL("../main.js", import.meta.url)), "{connection_file}"],
    display_name: displayName,
    language: "typescript",
    // By message: a signal would end what is no child of ours on Windows, and reach the wrong process in containers.
    interrupt_mode: "message",
    kernel_protocol_version: "5.5.0",
    metadata: { debugger: false },
  };
}
