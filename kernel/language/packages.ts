import { dirname, join } from "node:path";
import type { Change } from "./localModules.ts";

/** What to look at again when a module was not found: it may have been installed since. */
export class Packages {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  findChanged(messages: string[]): Change[] {
    const names = messages.flatMap((message) => /'([^']+)'/.exec(message)?.[1] ?? []);
    return names
      .filter((name) => !/^[./]|^\w:/.test(name))
      .flatMap((name) => {
        const bare = name.split("/", name.startsWith("@") ? 2 : 1).join("/");
        const typed = `@types/${bare.replace(/^@(.*)\//, "$1__")}`;
        return findFolders(this.#folder).flatMap((folder) => [
          join(folder, bare, "package.json"),
          join(folder, typed, "package.json"),
        ]);
      })
      .map((path) => ({ path, type: 1 }));
  }
}

function findFolders(folder: string): string[] {
  const parent = dirname(folder);
  return [join(folder, "node_modules"), ...(parent === folder ? [] : findFolders(parent))];
}
