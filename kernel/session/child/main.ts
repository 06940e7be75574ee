import { getHeapStatistics } from "node:v8";
import type { Worker } from "node:worker_threads";
import { patchEmitters } from "./emitter.ts";
import { startFences } from "./fence.ts";
import { defineGlobals } from "./globals.ts";
import { newInbox } from "./inbox.ts";
import { startInput } from "./input.ts";
import { captureOutput } from "./output.ts";
import { send, setMark } from "./send.ts";
import type { Shared } from "./shared.ts";
import { patchTimers } from "./timer.ts";
import { mapStacks } from "./trace.ts";
import { printUncaught } from "./uncaught.ts";

const MARK = "LOSSBOOK_SESSION_MARK";

/** Makes the main thread what a cell expects, and says that it is ready. */
export function main(control: Worker, shared: Shared): void {
  const mark = process.env[MARK] ?? "";
  delete process.env[MARK];
  setMark(mark);
  startFences(mark);
  captureOutput();
  printUncaught();
  mapStacks();
  patchTimers();
  patchEmitters();
  startInput(control);
  defineGlobals();
  // Stop sends it to the children that a cell waits for, and with them to this process.
  process.on("SIGINT", () => {});
  control.on("message", newInbox(shared));
  control.postMessage("begin");
  // A session that cannot be stopped or asked must not look alive.
  control.on("exit", () => process.exit(1));
  send({ type: "ready", heapLimit: getHeapStatistics().heap_size_limit });
}
