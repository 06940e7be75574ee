import { fileURLToPath } from "node:url";
import { isVersioned } from "./hooks.ts";
import { readText } from "./local.ts";
import { findFolder } from "./notebook.ts";
import { toName, transformFile } from "./transform.ts";

/** How a local module is called in stacks, and its source map: made again only when somebody asks. */
export function findModuleSource(url: string): { name: string; map: () => string | undefined } | undefined {
  if (!isVersioned(url)) return undefined;
  const file = fileURLToPath(url);
  return { name: toName(file, findFolder()), map: () => readMap(file) };
}

function readMap(file: string): string | undefined {
  try {
    return transformFile(file, readText(file), findFolder()).map;
  } catch {
    // The file has gone or is broken by now: positions stay those of the code that ran.
    return undefined;
  }
}
