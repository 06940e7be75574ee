import { spawnSync } from "node:child_process";
import { join } from "node:path";

const PROGRAM = join(import.meta.dirname, "../../dist/runner/main.js");

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the `lossbook` program as a user's shell does. */
export function lossbook(args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    encoding: "utf8",
    ...options,
    env: { ...process.env, ...options.env },
  });
  return { code: status, stdout, stderr };
}
