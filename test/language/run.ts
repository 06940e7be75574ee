import vm from "node:vm";
import { transformSync } from "esbuild";
import { parseSync } from "oxc-parser";
import { compile, understand } from "../../kernel/language/compile.ts";
import { parseCell } from "../../kernel/language/parse.ts";

/** What a compiled cell is given, as the session gives it. */
interface CellObject {
  completed: number;
  import(specifier: string, options?: ImportCallOptions): Promise<unknown>;
  meta: { url: string };
  wait(value: unknown): unknown;
  each(values: unknown): unknown;
}

export interface Ran {
  value: unknown;
  completed: number;
  code: string;
  map: string;
}

/** A session without TypeScript: cells are compiled, run by `vm.Script` and share one object of names. */
export function createSession(modules: Record<string, unknown> = {}) {
  const $: Record<string, unknown> = {};
  const names = new Set<string>();
  const imported: string[] = [];
  const run = async (source: string): Promise<Ran> => {
    const cell = parseCell(source);
    if (cell.mistakes.length > 0) throw new SyntaxError(cell.mistakes.map(({ message }) => message).join("; "));
    const understood = understand(cell);
    const options = {
      isKnown: (name: string) => names.has(name),
      showResult: true,
      isChecked: true,
      legacyDecorators: false,
    };
    const { code, map } = await compile(understood, source, options);
    const call = new vm.Script(code, { filename: "cell.js" }).runInThisContext() as (
      $: object,
      cell: CellObject,
    ) => Promise<unknown>;
    const $cell: CellObject = {
      completed: 0,
      async import(specifier, attributes) {
        imported.push(specifier);
        if (specifier in modules) {
          const module = modules[specifier];
          if (module instanceof Error) throw module;
          return module;
        }
        return import(specifier, attributes);
      },
      meta: { url: "file:///notebook.ipynb" },
      wait: (value: unknown) => value,
      each: (values: unknown) => values,
    };
    try {
      return { value: await call($, $cell), completed: $cell.completed, code, map };
    } finally {
      for (const { name, step } of understood.steps.declared) if (step <= $cell.completed) names.add(name);
    }
  };
  return { $, run, imported };
}

/** The same program as one strict function in plain Node, with types stripped by another compiler. */
export async function runPlainly(program: string, expression: string): Promise<unknown> {
  // A namespace may only stand at the top of a module.
  const isTop = program.includes("namespace");
  const text = isTop
    ? `${program}\n;export default () => (${expression});`
    : `export default async () => { ${program}\n;return (${expression}); }`;
  const { code } = transformSync(text, { loader: "ts", format: "cjs", target: "node20" });
  const module = { exports: {} as { default: () => Promise<unknown> } };
  new vm.Script(`(function (module, exports) { "use strict"; ${code}\n})`).runInThisContext()(module, module.exports);
  return module.exports.default();
}

/** The text of each top-level statement: a program that runs as one cell also runs as one cell for each. */
export function toStatements(program: string): string[] {
  return parseSync("cell.ts", program).program.body.map(({ start, end }) => program.slice(start, end));
}
