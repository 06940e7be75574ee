import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

let folder = process.cwd();
let served: Record<string, string> = {};

/** Where imports are found from, and what the kernel brings along by itself. */
export function placeNotebook(cwd: string, modules: Record<string, string>): void {
  folder = cwd;
  served = modules;
}

export function findFolder(): string {
  return folder;
}

/** Stands for the notebook where Node wants to know who imports. */
export function findFile(): string {
  return join(folder, "notebook.ts");
}

export function findUrl(): string {
  return pathToFileURL(findFile()).href;
}

export function findServed(): Record<string, string> {
  return served;
}

export function newRequire(): NodeJS.Require {
  return createRequire(findFile());
}
