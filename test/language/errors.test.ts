import vm from "node:vm";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { describe, expect, test } from "vitest";
import { createLanguage } from "../../kernel/language/language.ts";
import { parseCell } from "../../kernel/language/parse.ts";
import { createSession } from "./run.ts";

/** Where V8 says that a cell threw, through its map, as `line:column` from 1. */
async function findThrow(cells: string[]): Promise<string[]> {
  const { run } = createSession();
  const maps = new Map<string, TraceMap>();
  const original = vm.Script;
  for (const cell of cells.slice(0, -1)) await run(cell);
  const { compile, understand } = await import("../../kernel/language/compile.ts");
  const names = new Set(["f", "g", "x", "o"]);
  const source = cells.at(-1)!;
  const script = await compile(understand(parseCell(source)), source, {
    isKnown: (name) => names.has(name),
    showResult: true,
    isChecked: true,
    legacyDecorators: false,
  });
  maps.set("cell.js", new TraceMap(script.map));
  const call = new original(script.code, { filename: "cell.js" }).runInThisContext();
  const $cell = {
    completed: 0,
    import: (specifier: string) => import(specifier),
    meta: {},
    wait: (value: unknown) => value,
  };
  const error: Error = await call({ g: () => 1, o: {} }, $cell).then(
    () => new Error("did not throw"),
    (thrown: Error) => thrown,
  );
  return [...(error.stack ?? "").matchAll(/cell\.js:(\d+):(\d+)/g)].map(([, line, column]) => {
    const { line: to, column: at } = originalPositionFor(maps.get("cell.js")!, {
      line: Number(line),
      column: Number(column) - 1,
    });
    return `${to}:${(at ?? -1) + 1}`;
  });
}

describe("positions of what a cell throws", () => {
  test.each<[string, string[], string[]]>([
    ["a throw", ["throw new Error('x')"], ["1:7"]],
    ["on a later line", ["let a = 1\n\n  throw new Error('x')"], ["3:9"]],
    ["after types", ["const a: { b: number; c: string } = { b: 1, c: '' }; throw new Error(a.c)"], ["1:60"]],
    ["after a type over lines", ["let a: {\n  b: number\n} = { b: 1 }\nthrow new Error('x')"], ["4:7"]],
    ["in a function", ["function f(a: number) {\n  throw new Error('x')\n}\nf(1)"], ["2:9", "4:1"]],
    ["in an arrow", ["const h = (a: number) => { throw new Error('x') }\nlet v = h(1)"], ["1:34", "2:9"]],
    ["a call of no function", ["let n: any = 5\nn()"], ["2:1"]],
    ["a property of undefined", ["let n: any\nn.a.b"], ["2:3"]],
    ["a name that is not there", ["1 +\n  nowhere"], ["2:3"]],
    ["after an import", ["import { join } from 'node:path'\nthrow new Error(join('a'))"], ["2:7"]],
    ["after a wide character", ["const s = '😀é', t = 1; throw new Error(s)"], ["1:31"]],
    ["after option lines", ["#| echo: false\nthrow new Error('x')"], ["2:7"]],
    ["in an object literal", ["{ a: 1, b: nowhere }"], ["1:12"]],
    [
      "in a class",
      ["class A {\n  constructor(private x: number) {}\n  m() { throw new Error('x') }\n}\nnew A(1).m()"],
      ["3:15", "5:10"],
    ],
    ["in a name that was declared", ["let value: any = null\nlet { a } = value"], ["2:7"]],
  ])("%s", async (_, cells, expected) => {
    expect((await findThrow(cells)).slice(0, expected.length)).toEqual(expected);
  });
});

describe("what cannot be parsed", () => {
  const language = createLanguage({ cwd: "/", check: "off", ambient: [], served: {} });
  test.each<[string, string, string[]]>([
    ["const = 5", "Unexpected token", ["In [7]:1:7 - error: Unexpected token", "1 | const = 5", "  |       ~"]],
    [
      "let x = 1\nlet x = 2",
      "Identifier `x` has already been declared",
      ["In [7]:2:5 - error: Identifier `x` has already been declared", "2 | let x = 2", "  |     ~"],
    ],
    [
      "\n\nreturn 5",
      "A 'return' statement can only be used within a function body",
      [
        "In [7]:3:1 - error: A 'return' statement can only be used within a function body",
        "3 | return 5",
        "  | ~~~~~~",
      ],
    ],
    ["function f() {", "Expected `}` but found `EOF`", ["In [7]:1:15 - error: Expected `}` but found `EOF`"]],
    ["foo(", "Expected `)` but found `EOF`", ["In [7]:1:5 - error: Expected `)` but found `EOF`"]],
    ["'abc", "Unterminated string", ["In [7]:1:1 - error: Unterminated string"]],
    [
      "\tlet 1x",
      "Invalid characters after number",
      ["In [7]:1:7 - error: Invalid characters after number", "1 | \tlet 1x", "  | \t     ~"],
    ],
    ["a b", "Expected a semicolon or an implicit semicolon after a statement, but found none", []],
    [
      "/(/",
      "Invalid regular expression: /(/: Unterminated group",
      ["In [7]:1:1 - error: Invalid regular expression: /(/: Unterminated group"],
    ],
    [
      "#| option\nlet a = ;",
      "Unexpected token",
      ["In [7]:2:9 - error: Unexpected token", "2 | let a = ;", "  |         ~"],
    ],
    ["class A { #x; #x }", "Identifier `#x` has already been declared", []],
    ["break", "Illegal break statement", []],
    ["function f() { await 1 }", "", []],
    ["new.target", "Unexpected new.target expression", []],
  ])("%j", async (source, evalue, traceback) => {
    const refused = await language.prepare(source, { run: 1, count: 7, showResult: true });
    if (refused.status === "ok") throw new Error("was not refused");
    expect(refused.error.ename).toBe("SyntaxError");
    expect(refused.error.evalue).toContain(evalue);
    expect(refused.error.traceback.slice(0, traceback.length)).toEqual(traceback);
  });
});
