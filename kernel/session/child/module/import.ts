import { readFileSync } from "node:fs";
import { constants, Script } from "node:vm";
import { installHooks } from "./loader.ts";
import { isLocal } from "./local.ts";
import { findFile, findServed, newRequire } from "./notebook.ts";

type Import = (specifier: string, options?: ImportCallOptions) => Promise<unknown>;

let importer: { file: string; import: Import } | undefined;

/** Imports for a cell: what the kernel serves, local modules in their newest version, and everything else as Node does from the notebook's folder. */
export async function importModule(specifier: unknown, options?: ImportCallOptions): Promise<unknown> {
  const name = String(specifier);
  const served = findServed()[name];
  if (served !== undefined) return import(served);
  if (isLocal(name)) installHooks();
  else if (name.endsWith(".json") && !options?.with) return readJson(name);
  return findImporter()(name, options);
}

/** `import()` as if it stood in the notebook's folder: a script's file name says where. */
function findImporter(): Import {
  const file = findFile();
  if (importer?.file !== file) {
    const script = new Script("(specifier, options) => import(specifier, options)", {
      filename: file,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    importer = { file, import: script.runInThisContext() as Import };
  }
  return importer.import;
}

/** Node wants to be told that JSON is JSON; TypeScript does not. */
function readJson(specifier: string): { default: unknown } {
  return { default: JSON.parse(readFileSync(newRequire().resolve(specifier), "utf8")) };
}
