import { readFileSync } from "node:fs";
import type { Service } from "./service.ts";

/**
 * Declaration files whose global names cells find without an import. They may be large – a hundred files, 20 MB of TypeScript's
 * memory – so they are loaded when a cell first mentions one of the names, and stay.
 */
export class Library {
  readonly #service: Service;
  #files: readonly string[];
  readonly #names: ReadonlySet<string>;

  constructor(service: Service, files: readonly string[]) {
    this.#service = service;
    this.#files = files;
    this.#names = new Set(files.flatMap(findGlobals));
  }

  /** Before a cell that uses these names is checked. */
  mention(names: Iterable<string>): void {
    if (this.#files.length > 0 && [...names].some((name) => this.#names.has(name))) this.#load();
  }

  /** Before a name is completed that begins like this. */
  mentionPrefix(prefix: string): void {
    if (this.#files.length === 0 || prefix === "") return;
    const lower = prefix.toLowerCase();
    if ([...this.#names].some((name) => name.toLowerCase().startsWith(lower))) this.#load();
  }

  #load(): void {
    const imports = this.#files.map((file) => `import type {} from ${JSON.stringify(file)};\n`);
    this.#files = [];
    this.#service.write("lossbook-cell-library.ts", `${imports.join("")}export {};\n`);
  }
}

/** What stands in `declare global { … }`; nothing for a file that is not there, or declares nothing. */
function findGlobals(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  const block = /^declare global \{\n([\s\S]*?)^\}/m.exec(text)?.[1] ?? "";
  return [
    ...block.matchAll(/^ {4}(?:const|let|var|function|class|type|interface|namespace) ([\p{ID_Continue}$]+)/gmu),
  ].map(([, name]) => name!);
}
