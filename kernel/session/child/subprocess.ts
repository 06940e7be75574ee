import { ChildProcess } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import type { Readable } from "node:stream";
import { sendFence } from "./fence.ts";
import { findRun } from "./run.ts";

interface SpawnOptions {
  stdio?: unknown;
}
type Spawn = (this: ChildProcess, options: SpawnOptions) => number;
type Sync = (...values: unknown[]) => unknown;

/** What children print belongs to the run that started them. */
export function captureChildren(): void {
  captureSpawned();
  captureWaitedFor();
}

/** A child that inherits our output gets a pipe instead, which is printed where the child was started; to the user it still has none. */
function captureSpawned(): void {
  const prototype = ChildProcess.prototype as unknown as { spawn: Spawn };
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    const stdio = toList(options.stdio);
    const inherited = ([1, 2] as const).filter((fd) => isInherited(stdio[fd], fd));
    if (inherited.length === 0) return spawn.call(this, options);
    const result = spawn.call(this, {
      ...options,
      stdio: stdio.map((one, fd) => (inherited.includes(fd as 1) ? "pipe" : one)),
    });
    for (const fd of inherited) forward(this, fd);
    return result;
  };
}

function forward(child: ChildProcess, fd: 1 | 2): void {
  const pipe = child.stdio?.[fd] as Readable | null | undefined;
  const target = fd === 1 ? process.stdout : process.stderr;
  pipe?.on("data", (chunk: Buffer) => target.write(chunk));
  (child.stdio as unknown[])[fd] = null;
  child[fd === 1 ? "stdout" : "stderr"] = null;
}

/** While one waits for a child it may write straight to our fd 1 and 2: fences around it keep that in its place. */
function captureWaitedFor(): void {
  const module = process.getBuiltinModule("node:child_process") as unknown as Record<string, Sync>;
  for (const name of ["spawnSync", "execFileSync", "execSync"]) {
    const wait = module[name]!;
    const patched: Sync = (...values) => {
      const run = findRun().id;
      sendFence(run);
      try {
        return wait(...values);
      } finally {
        sendFence(run);
      }
    };
    module[name] = Object.defineProperties(patched, Object.getOwnPropertyDescriptors(wait));
  }
  syncBuiltinESMExports();
}

function toList(stdio: unknown): unknown[] {
  const list = Array.isArray(stdio) ? [...stdio] : Array(3).fill(stdio ?? "pipe");
  while (list.length < 3) list.push("pipe");
  return list;
}

function isInherited(one: unknown, fd: 1 | 2): boolean {
  const stream = fd === 1 ? process.stdout : process.stderr;
  return one === "inherit" || one === fd || one === stream;
}
