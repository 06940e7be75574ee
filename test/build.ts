import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/**
 * Before any test: what processes run is the compiled package, so it is compiled from the sources as they are now. Types are
 * checked by `style.test.ts`, where a mistake fails one test and not all of them.
 */
export function setup(): void {
  const root = resolve(import.meta.dirname, "..");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["build.mjs"], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`The package cannot be built:\n${stdout}${stderr}`);
}
