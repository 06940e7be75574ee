import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx", ".json"];
/** What TypeScript lets one write for a file that is not compiled yet. */
const compiled: Record<string, string[]> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

/** Whether a specifier names a file, not a package. */
export function isLocal(specifier: string): boolean {
  return /^(\.\.?(\/|$)|\/|file:|[a-z]:[\\/])/i.test(specifier);
}

/** The file that a local specifier means when `parent` (a file URL) imports it, as TypeScript would find it. */
export function findLocalFile(specifier: string, parent: string): string | undefined {
  const url = new URL(specifier, parent);
  if (url.protocol !== "file:") return undefined;
  const path = fileURLToPath(url);
  return findCandidates(path).find(isFile);
}

export function readText(file: string): string {
  return readFileSync(file, "utf8");
}

function findCandidates(path: string): string[] {
  const written = /\.[cm]?jsx?$/.exec(path)?.[0] ?? "";
  const stem = path.slice(0, path.length - written.length);
  return [
    path,
    ...(compiled[written] ?? []).map((extension) => stem + extension),
    ...extensions.map((extension) => path + extension),
    ...extensions.map((extension) => `${path.replace(/[\\/]$/, "")}/index${extension}`),
  ];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
