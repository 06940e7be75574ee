import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** TypeScript's native program: it comes in a package of its own for each platform. */
export function findTypeScript(): string {
  const require = createRequire(import.meta.url);
  const typescript = createRequire(require.resolve("typescript/package.json"));
  const platform = typescript.resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`);
  return join(dirname(platform), "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
}

/** The folder of our own `@types`, for a notebook whose folder has none. */
export function findTypeRoot(): string {
  return dirname(dirname(createRequire(import.meta.url).resolve("@types/node/package.json")));
}
