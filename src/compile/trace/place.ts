import { fileURLToPath } from "node:url";

/** Our own sources; a line of somebody else's is what helps. */
const OURS = fileURLToPath(new URL("../..", import.meta.url)).replaceAll("\\", "/");

/** ` (at cell.ts:3:7)`: the innermost line of the user's that the stack passes through, or nothing if there is none. */
export function findPlace(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  const lines = (new Error().stack ?? "").split("\n").slice(1);
  Error.stackTraceLimit = limit;
  for (const line of lines) {
    const place = /\(?((?:file:\/\/)?[^\s()]+:\d+:\d+)\)?$/.exec(line)?.[1];
    if (place === undefined || place.startsWith("node:")) continue;
    const path = place.startsWith("file://") ? decodeURI(place.slice("file://".length)) : place;
    if (!path.replaceAll("\\", "/").startsWith(OURS)) return ` (at ${path})`;
  }
  return "";
}
