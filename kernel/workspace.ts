import { fileURLToPath } from "node:url";
import { type Configuration, readConfiguration } from "./configuration.ts";
import type { Language } from "./language/language.ts";
import { createLanguage } from "./language/language.ts";
import type { SessionOptions } from "./session/host.ts";

export interface Workspace {
  language: Language;
  session: SessionOptions;
  /** What the reader of the first cell should know. */
  notice?: string;
}

/** What a notebook in `folder` is checked and run with. A mistake in its configuration is said in its first cell, and costs no kernel. */
export function openWorkspace(folder: string): Workspace {
  const { check, memory, notice } = findConfiguration(folder);
  return {
    ...(notice === undefined ? {} : { notice }),
    language: createLanguage({
      cwd: folder,
      check,
      ambient: [toPath("./display/globals.d.ts")],
      library: [toPath("../src/notebook.d.ts")],
      served: { lossbook: toPath("../src/index.d.ts"), tslab: toPath("./display/tslab.d.ts") },
    }),
    session: {
      cwd: folder,
      preload: [new URL("../src/notebook.js", import.meta.url).href],
      ...(memory === undefined ? {} : { memoryLimit: memory }),
    },
  };
}

function findConfiguration(folder: string): Configuration & { notice?: string } {
  try {
    return readConfiguration(folder);
  } catch (error) {
    return { check: "error", notice: `${(error as Error).message} The defaults are used.` };
  }
}

/** Files of the compiled package, beside this one. */
function toPath(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
