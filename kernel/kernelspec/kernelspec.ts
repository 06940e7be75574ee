import { fileURLToPath } from "node:url";

export const KERNEL_NAME = "lossbook";
export const DISPLAY_NAME = "TypeScript (Lossbook)";

/** `kernel.json`. Paths are absolute: a front end's PATH is seldom the shell's, and a kernel that is not found says nothing. */
export function toKernelspec(displayName: string = DISPLAY_NAME): Record<string, unknown> {
  return {
    argv: [process.execPath, fileURLToPath(new URL("../main.js", import.meta.url)), "{connection_file}"],
    display_name: displayName,
    language: "typescript",
    // By message: a signal would end what is no child of ours on Windows, and reach the wrong process in containers.
    interrupt_mode: "message",
    kernel_protocol_version: "5.5.0",
    metadata: { debugger: false },
  };
}
