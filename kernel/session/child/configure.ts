import type { ErrorReport, ToSession } from "../protocol.ts";
import { findFile, findFolder, newRequire, placeNotebook } from "./module/notebook.ts";
import { reportError } from "./report.ts";
import { captureChildren } from "./subprocess.ts";

/** Settles in the notebook's folder and imports what is to be there before the first cell. A module that fails is reported; cells run without it. */
export async function configure({
  cwd,
  served,
  preload,
}: Extract<ToSession, { type: "configure" }>): Promise<ErrorReport | undefined> {
  placeNotebook(cwd, served);
  let failure: ErrorReport | undefined;
  for (const load of [
    captureChildren,
    () => process.chdir(cwd),
    defineRequire,
    ...preload.map((module) => () => import(module)),
  ])
    try {
      await load();
    } catch (error) {
      failure ??= reportError(error);
    }
  return failure;
}

/** What code for CommonJS expects, seen from the notebook's folder. */
function defineRequire(): void {
  for (const [name, value] of Object.entries({
    require: newRequire(),
    __dirname: findFolder(),
    __filename: findFile(),
  }))
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
}
