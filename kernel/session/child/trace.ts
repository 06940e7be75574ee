import type { Script } from "../protocol.ts";

export interface Source {
  name: string;
  map: string;
}

const sources = new Map<string, Source>();
let scripts = 0;

/** A file name for V8 that leads back to the cell. */
export function nameScript(script: Script, name: string): string {
  const filename = `lossbook:cell/${++scripts}`;
  sources.set(filename, { name, map: script.map });
  return filename;
}
