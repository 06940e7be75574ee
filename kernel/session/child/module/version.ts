import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { findLocalFile, isLocal, readText } from "./local.ts";

interface Scanned {
  hash: string;
  specifiers: string[];
}

const scans = new Map<string, Scanned>();
let parser: typeof import("oxc-parser") | undefined;

/** A short text that changes when the file or a local file that it imports, directly or not, has changed. */
export function findVersion(file: string): string {
  const hash = createHash("sha1");
  for (const one of [...findReachable(file)].sort()) hash.update(`${one}\0${scans.get(one)?.hash}\0`);
  return hash.digest("hex").slice(0, 12);
}

/** The file and all local files behind it; with the set of what can be reached, circles are nothing special. */
function findReachable(file: string): Set<string> {
  const reached = new Set([file]);
  for (const one of reached)
    for (const specifier of scan(one).specifiers) {
      const found = findLocalFile(specifier, pathToFileURL(one).href);
      if (found !== undefined) reached.add(found);
    }
  return reached;
}

function scan(file: string): Scanned {
  const text = readText(file);
  const hash = createHash("sha1").update(text).digest("hex");
  const known = scans.get(file);
  if (known?.hash === hash) return known;
  const scanned = { hash, specifiers: file.endsWith(".json") ? [] : findSpecifiers(file, text) };
  scans.set(file, scanned);
  return scanned;
}

function findSpecifiers(file: string, text: string): string[] {
  parser ??= createRequire(import.meta.url)("oxc-parser") as typeof import("oxc-parser");
  const { module } = parser.parseSync(file, text);
  const exported = module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.moduleRequest?.value));
  const imported = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  // Only what is written out can be known beforehand.
  const dynamic = module.dynamicImports.map(
    ({ moduleRequest: { start, end } }) => /^(["'`])([^\\$]*)\1$/.exec(text.slice(start, end))?.[2],
  );
  return [...imported, ...exported, ...dynamic].filter((one): one is string => one !== undefined && isLocal(one));
}
