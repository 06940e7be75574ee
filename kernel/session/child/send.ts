import { writeSync } from "node:fs";
import { encodeFrame, encodeRepair, encodeText } from "../frame.ts";
import type { FromSession, RunId } from "../protocol.ts";

const PIPE = 3;
const scratch = Buffer.allocUnsafeSlow(64 * 1024);
const pause = new Int32Array(new SharedArrayBuffer(4));

/** The frame whose writing has begun. Stop may end this thread's code between any two calls, also here. */
let unfinished: Uint8Array | undefined;
let sent = 0;
let mark = "";

export function setMark(secret: string): void {
  mark = secret;
}

/** Says it now: when this returns the kernel can read it, whatever happens to this process next. */
export function send(message: FromSession): void {
  repair();
  write(encodeFrame(message));
}

/** The path of every printed line: one buffer that stays, one system call. */
export function sendText(run: RunId, name: "stdout" | "stderr", text: string): void {
  repair();
  const room = text.length * 3 + 10;
  const buffer = room > scratch.length ? Buffer.allocUnsafe(room) : scratch;
  write(buffer.subarray(0, encodeText(buffer, run, name, text)));
}

export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; )
    try {
      at += writeSync(fd, bytes, at, bytes.length - at);
    } catch (error) {
      // The descriptor does not block because somebody else set it so: wait as a blocking one would.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
}

function write(frame: Uint8Array): void {
  unfinished = frame;
  writeAll(PIPE, frame);
  // No call stands between the last write and these two lines, so no termination can either.
  sent += 1;
  unfinished = undefined;
}

/** A frame that was torn by Stop is announced and said again; the kernel knows by the number whether it had it already. */
function repair(): void {
  const torn = unfinished;
  if (torn === undefined) return;
  writeAll(PIPE, encodeRepair(mark, sent));
  write(torn);
}
