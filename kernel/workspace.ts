import { fileURLToPath } from "node:url";
import { readConfiguration } from "./configuration.ts";
import { createLanguage } from "./language/language.ts";
import type { Language } from "./language/language.ts";
import type { SessionOptions } from "./session/host.ts";

/** What a notebook in `folder` is checked and run with. */
export function openWorkspace(folder: string): { language: Language; session: SessionOptions } {
  const { check, memory } = readConfiguration(folder);
  return {
    language: createLanguage({
      cwd: folder,
      check,
      ambient: [toPath("./display/globals.d.ts"), toPath("../src/notebook.d.ts")],
      served: { lossbook: toPath("../src/index.d.ts"), tslab: toPath("./display/tslab.d.ts") },
    }),
    session: {
      cwd: folder,
      preload: [new URL("../src/notebook.js", import.meta.url).href],
      ...(memory === undefined ? {} : { memoryLimit: memory }),
    },
  };
}

/** Files of the compiled package, beside this one. */
function toPath(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
