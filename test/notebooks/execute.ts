import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Ended } from "../runner/lossbook.ts";

const PROGRAM = join(import.meta.dirname, "../../dist/runner/main.js");

/** Executes notebooks in place, two at a time; what each program said, by path. */
export async function executeAll(paths: readonly string[]): Promise<ReadonlyMap<string, Ended>> {
  const ended = new Map<string, Ended>();
  const waiting = paths.values();
  const work = async () => {
    for (const path of waiting) ended.set(path, await execute(path));
  };
  await Promise.all([work(), work()]);
  return ended;
}

function execute(path: string): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, "run", "--in-place", path], { stdio: ["ignore", "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      said[stream] += text;
    });
  return new Promise((settle, fail) => {
    child.on("error", fail);
    child.on("close", (code) => settle({ code, ...said }));
  });
}
