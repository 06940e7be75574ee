import { isLocal } from "./local.ts";
import { findFile, findFolder, findServed, findUrl } from "./notebook.ts";

/** `import.meta` of a cell: that of a module in the notebook's folder. */
export function findMeta(): object {
  return {
    url: findUrl(),
    dirname: findFolder(),
    filename: findFile(),
    resolve: (specifier: string) =>
      findServed()[specifier] ??
      (isLocal(specifier) ? new URL(specifier, findUrl()).href : resolveFrom(specifier, findUrl())),
  };
}

function resolveFrom(specifier: string, parent: string): string {
  return (import.meta.resolve as (specifier: string, parent: string) => string)(specifier, parent);
}
