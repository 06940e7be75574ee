/**
 * The user's process: runs cells, says what they say. Started by `host.ts`.
 *
 *   1. control   a thread that answers while this one spins; it starts while this one goes on loading
 *   2. prepare   output, errors, timers and events belong to the cell that they come from; what a cell has without an import
 *   3. ready     the kernel's messages are obeyed from now on
 */
import { Worker } from "node:worker_threads";
import { newShared } from "./child/shared.ts";

const extension = import.meta.url.slice(-2);
const shared = newShared();
const control = new Worker(new URL(`./child/control.${extension}`, import.meta.url), {
  workerData: shared,
  stdout: true,
  stderr: true,
});
const { main } = await import("./child/main.ts");
main(control, shared);
