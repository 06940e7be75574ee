import { fstatSync } from "node:fs";
import { fenceMark } from "../fence.ts";
import type { RunId } from "../protocol.ts";
import { send, writeAll } from "./send.ts";

let mark = "";
let number = 0;
let pipes: [1 | 2, string][] = [];

export function startFences(secret: string): void {
  mark = secret;
  pipes = ([1, 2] as const).map((fd) => [fd, identify(fd)]);
}

/** What was written to fd 1 and fd 2 until now comes before what is said after this; what is written there from now on is of `run`. */
export function sendFence(run: RunId): void {
  number += 1;
  const marked: (1 | 2)[] = [];
  for (const [fd, pipe] of pipes) {
    // The cell may have closed it, and a file of its own may have got the number.
    if (identify(fd) !== pipe) continue;
    writeAll(fd, Buffer.from(fenceMark(mark, number)));
    marked.push(fd);
  }
  send({ type: "fence", number, run, marked });
}

function identify(fd: number): string {
  try {
    const { dev, ino } = fstatSync(fd);
    return `${dev}:${ino}`;
  } catch {
    return "closed";
  }
}
