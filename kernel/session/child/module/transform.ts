import { createRequire } from "node:module";
import { relative } from "node:path";

let oxc: typeof import("oxc-transform") | undefined;

/** A local TypeScript file as JavaScript. What cannot be parsed is an error that names file and line. */
export function transformFile(file: string, text: string, folder: string): { code: string; map: string } {
  oxc ??= createRequire(import.meta.url)("oxc-transform") as typeof import("oxc-transform");
  const { code, map, errors } = oxc.transformSync(file, text, {
    sourcemap: true,
    target: "es2022",
    decorator: { legacy: /"experimentalDecorators"\s*:\s*true/.test(text) },
    typescript: { rewriteImportExtensions: false },
  });
  const error = errors.find(({ severity }) => severity === "Error");
  if (error) {
    const start = error.labels[0]?.start ?? 0;
    const { line, column } = toPosition(text, start);
    throw new SyntaxError(`${toName(file, folder)}:${line}:${column}: ${error.message}`);
  }
  return { code, map: JSON.stringify(map) };
}

/** How a local file is called in a stack: from the notebook's folder. */
export function toName(file: string, folder: string): string {
  const path = relative(folder, file).replaceAll("\\", "/");
  return path.startsWith("..") ? file : `./${path}`;
}

function toPosition(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
