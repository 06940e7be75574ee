import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/**
 * Before any test: what processes run is the compiled package, so it is compiled from the sources as they are now. Types are
 * checked by `style.test.ts`, where a mistake fails one test and not all of them. (Exit code 2: mistakes, but everything is written.)
 */
export function setup(): void {
  const root = resolve(import.meta.dirname, "..");
  const compiler = resolve(root, "node_modules/typescript/bin/tsc");
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json", "--noCheck"], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0 && status !== 2) throw new Error(`The package does not compile:\n${stdout}${stderr}`);
}
