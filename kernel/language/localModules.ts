import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";

export interface Change {
  path: string;
  /** As the language server counts: made, changed, gone. */
  type: 1 | 2 | 3;
}

/** The notebook's own modules, and what they import, watched by looking when a cell is about to be checked. */
export class LocalModules {
  readonly #folder: string;
  readonly #files = new Map<string, { stamp: string; imports: string[] }>();
  readonly #roots = new Set<string>();
  /** Counts the changes: what was checked before one is checked again. */
  generation = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes in what a cell imports. */
  add(specifiers: Iterable<string>): void {
    for (const specifier of specifiers) for (const path of toPaths(specifier, this.#folder)) this.#roots.add(path);
  }

  /** What has changed on disk since the last look. */
  findChanged(): Change[] {
    const changes: Change[] = [];
    const seen = new Set<string>();
    const queue = [...this.#roots];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const stamp = findStamp(path);
      const known = this.#files.get(path);
      if (known === undefined || known.stamp !== stamp) {
        if (known !== undefined) changes.push({ path, type: stamp === "" ? 3 : known.stamp === "" ? 1 : 2 });
        this.#files.set(path, { stamp, imports: stamp === "" ? [] : findImports(path) });
      }
      queue.push(...this.#files.get(path)!.imports);
    }
    if (changes.length > 0) this.generation++;
    return changes;
  }
}

/** The modules of its own folder that a text imports, however it does. */
export function findLocalSpecifiers(text: string): string[] {
  const found = new Set<string>();
  for (const [, specifier] of text.matchAll(
    /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["']((?:\.{0,2}\/|file:)[^"'\n]*)["']/g,
  )) {
    found.add(specifier!);
  }
  return [...found];
}

function findStamp(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : "";
}

function findImports(path: string): string[] {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return [];
  const text = readFileSync(path, "utf8");
  if (!/\b(?:import|export|require)\b/.test(text)) return [];
  const { module } = parseSync(path, text);
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1)),
  ];
  return specifiers.flatMap((specifier) => toPaths(specifier, dirname(path)));
}

/** A specifier without its extension may mean any of these files; each is looked at, so that one that appears is seen. */
function toPaths(specifier: string, folder: string): string[] {
  if (!/^(?:\.{1,2}\/|\/|file:)/.test(specifier)) return [];
  const path = specifier.startsWith("file:") ? fileURLToPath(specifier) : resolve(folder, specifier);
  if (/\.json$/.test(path)) return [path];
  if (/\.[cm]?tsx?$/.test(path)) return [path];
  const bare = path.replace(/\.([cm]?)jsx?$/, ".$1ts");
  return bare === path ? [`${path}.ts`, `${path}.js`, `${path}/index.ts`, `${path}.d.ts`] : [bare, path];
}
