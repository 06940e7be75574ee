/**
 * The user's process: runs cells, says what they say. Started by `host.ts`.
 *
 *   1. output    what the process prints belongs to the cell that prints it
 *   2. control   a thread that answers while this one spins
 *   3. ready     the kernel may send
 *   4. obey      messages, in order, one at a time
 */
import { Socket, type SocketConstructorOpts } from "node:net";
import { getHeapStatistics } from "node:v8";
import { Worker } from "node:worker_threads";
import { patchEmitters } from "./child/emitter.ts";
import { startFences } from "./child/fence.ts";
import { defineGlobals } from "./child/globals.ts";
import { newInbox } from "./child/inbox.ts";
import { startInput } from "./child/input.ts";
import { obeyControl } from "./child/interrupt.ts";
import { captureOutput } from "./child/output.ts";
import { send, setMark } from "./child/send.ts";
import { newShared } from "./child/shared.ts";
import { patchTimers } from "./child/timer.ts";
import { mapStacks } from "./child/trace.ts";
import { printUncaught } from "./child/uncaught.ts";
import { FrameReader } from "./framereader.ts";
import type { ToSession } from "./protocol.ts";

const shared = newShared();
const mark = process.env["LOSSBOOK_SESSION_MARK"] ?? "";
delete process.env["LOSSBOOK_SESSION_MARK"];
const extension = import.meta.url.slice(-2);

captureOutput();
printUncaught();
mapStacks();
patchTimers();
patchEmitters();
startFences(mark);
const control = new Worker(new URL(`./child/control.${extension}`, import.meta.url), {
  workerData: shared,
  stdout: true,
  stderr: true,
});
startInput(control);
defineGlobals();
const inbox = newInbox(shared);
obeyControl(control, shared, inbox);
process.on("SIGINT", () => {});
setMark(mark);
send({ type: "ready", heapLimit: getHeapStatistics().heap_size_limit });

const reader = new FrameReader();
const buffer = Buffer.allocUnsafeSlow(64 * 1024);
// Without a stream in between: its bookkeeping would not survive that Stop ends the handler.
const onread = {
  buffer,
  callback: (length: number) => {
    for (const message of reader.read(Buffer.from(buffer.subarray(0, length)))) inbox.put(message as ToSession);
    inbox.proceed();
    return true;
  },
};
const pipe: SocketConstructorOpts & { onread: typeof onread } = { fd: 5, readable: true, writable: false, onread };
new Socket(pipe).resume();
