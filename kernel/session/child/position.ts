import { createRequire } from "node:module";
import type { TraceMap } from "@jridgewell/trace-mapping";

const maps = new Map<string, TraceMap | undefined>();
let mapping: typeof import("@jridgewell/trace-mapping") | undefined;

/** A position of V8 (both from 1) in the text that the user wrote. The map is decoded at the first question, and so is the decoder loaded. */
export function findPosition(
  file: string,
  map: string | (() => string | undefined),
  line: number,
  column: number,
): { line: number; column: number } {
  if (!maps.has(file)) maps.set(file, toMap(typeof map === "string" ? map : map()));
  const decoded = maps.get(file);
  const found = decoded && mapping?.originalPositionFor(decoded, { line, column: column - 1 });
  return found && found.line !== null ? { line: found.line, column: found.column + 1 } : { line, column };
}

function toMap(map: string | undefined): TraceMap | undefined {
  if (!map) return undefined;
  // Stacks are written synchronously, so this cannot be an import().
  mapping ??= createRequire(import.meta.url)("@jridgewell/trace-mapping") as typeof import("@jridgewell/trace-mapping");
  return new mapping.TraceMap(map);
}
