import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findLocalFile, isLocal, readText } from "./local.ts";
import { transformFile } from "./transform.ts";
import { findVersion } from "./version.ts";

export interface Place {
  folder: string;
  /** The notebook's own URL: it imports local modules too. */
  notebook: string;
  served: Record<string, string>;
}

export interface Loaded {
  format: "module" | "commonjs";
  source: string;
}

const VERSION = "lossbook";

/** The URL that a specifier means when the notebook or one of its local modules imports it; nothing if that is Node's to say. */
export function resolveLocal(specifier: string, parent: string | undefined, place: Place): string | undefined {
  const served = place.served[specifier];
  if (served !== undefined) return served;
  if (parent === undefined || !isLocal(specifier)) return undefined;
  if (parent !== place.notebook && !isVersioned(parent)) return undefined;
  const file = findLocalFile(specifier, parent);
  if (file === undefined) return undefined;
  return `${pathToFileURL(file).href}?${VERSION}=${findVersion(file)}`;
}

/** Source text that Node cannot read by itself: TypeScript, and JSON that nobody called JSON. */
export function loadFile(
  url: string,
  attributes: Record<string, string | undefined>,
  place: Place,
): Loaded | undefined {
  if (!isVersioned(url)) return undefined;
  const file = fileURLToPath(url);
  const extension = extname(file);
  if (extension === ".json" && !attributes["type"])
    return { format: "module", source: `export default ${readText(file)}` };
  if (!/^\.([cm]?ts|[tj]sx)$/.test(extension)) return undefined;
  const { code } = transformFile(file, readText(file), place.folder);
  return { format: extension === ".cts" ? "commonjs" : "module", source: code };
}

export function isVersioned(url: string): boolean {
  return url.startsWith("file:") && url.includes(`?${VERSION}=`);
}
