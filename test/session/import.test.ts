import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type Opened, open } from "./open.ts";

function write({ folder }: Opened, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

async function value(opened: Opened, code: string): Promise<string> {
  const before = opened.events.length;
  const { error } = await opened.run(`return ${code}`);
  if (error) return error.traceback.join("\n");
  const result = opened.events.slice(before).find(({ type }) => type === "result");
  return result?.type === "result" ? String(result.shown.data["text/plain"]) : "nothing";
}

const packages = {
  "node_modules/esm/package.json": '{ "type": "module", "exports": "./main.js" }',
  "node_modules/esm/main.js": "export const kind = 'esm'; export default 1;",
  "node_modules/cjs/package.json": '{ "main": "main.js" }',
  "node_modules/cjs/main.js": "exports.kind = 'cjs';",
  "data.json": '{ "answer": 42 }',
  "plain.mjs": "export default 'plain'",
  "module.ts": "export enum Size { Small = 1 }\nexport const size: Size = Size.Small;",
  "typed.mts": "export const typed: string = 'mts'",
  "common.cts": "const value: string = 'cts'; module.exports = { value };",
  "folder/index.ts": "export const index: boolean = true",
  "a.ts": "import { b } from './b.ts'; export const a = () => 'a' + b(); export const end = (): string => 'end';",
  "b.ts": "import { end } from './a.ts'; export const b = (): string => 'b' + end();",
  "json.ts": "import data from './data.json'; export const { answer } = data;",
};

const table: [code: string, value: string][] = [
  ["(await $cell.import('esm')).kind", "'esm'"],
  ["(await $cell.import('cjs')).default.kind", "'cjs'"],
  ["(await $cell.import('node:path')).sep.length", "1"],
  ["(await $cell.import('./data.json')).default.answer", "42"],
  ["(await $cell.import('./data.json', { with: { type: 'json' } })).default.answer", "42"],
  ["(await $cell.import('esm/package.json')).default", "ERR_PACKAGE_PATH_NOT_EXPORTED"],
  ["(await $cell.import('cjs/package.json')).default.main", "'main.js'"],
  ["(await $cell.import('./plain.mjs')).default", "'plain'"],
  ["(await $cell.import('./module.ts')).size", "1"],
  ["(await $cell.import('./module')).Size.Small", "1"],
  ["(await $cell.import('./module.js')).size", "1"],
  ["(await $cell.import('./typed.mjs')).typed", "'mts'"],
  ["(await $cell.import('./common.cts')).default.value", "'cts'"],
  ["(await $cell.import('./folder')).index", "true"],
  ["(await $cell.import('./a')).a()", "'abend'"],
  ["(await $cell.import('./json')).answer", "42"],
  ["require('cjs').kind", "'cjs'"],
  ["typeof (await $cell.import('tslab')).display.html", "'function'"],
  ["$cell.meta.dirname === process.cwd() && $cell.meta.url.startsWith('file:')", "true"],
  ["$cell.meta.resolve('esm').endsWith('/node_modules/esm/main.js')", "true"],
  ["$cell.meta.resolve('./x.js').endsWith('/x.js')", "true"],
  ["(await new Function('return import(\"node:path\")')()).sep.length", "1"],
  ["$cell.import('missing')", "Cannot find package 'missing'"],
  ["$cell.import('./missing')", "Cannot find module"],
];

test("imports", async () => {
  const opened = open();
  write(opened, packages);
  for (const [code, expected] of table) expect(await value(opened, code), code).toContain(expected);
});

test("a local module is loaded again when it or what it imports has changed, and only then", async () => {
  const opened = open();
  write(opened, {
    "main.ts": "import { one } from './lib/one'; export const text: string = 'main ' + one;",
    "lib/one.ts": "export const one = 1",
  });
  const load = "($.before = $.now, $.now = await $cell.import('./main'), [$.now.text, $.now === $.before])";
  expect(await value(opened, load)).toBe("[ 'main 1', false ]");
  expect(await value(opened, load)).toBe("[ 'main 1', true ]");
  write(opened, { "lib/one.ts": "export const one = 2" });
  expect(await value(opened, load)).toBe("[ 'main 2', false ]");
});

test("errors in a local module name its file and line", async () => {
  const opened = open();
  write(opened, {
    "broken.ts": "export const a = 1;\nlet b = ;",
    "throws.ts":
      "interface Long {\n  a: string;\n}\nexport function fail(_: Long): never {\n  throw new Error('from a module');\n}",
  });
  expect(await value(opened, "$cell.import('./broken')")).toMatch(/^SyntaxError: .*\.\/broken\.ts:2:9/);
  expect(await value(opened, "(await $cell.import('./throws')).fail()")).toContain("(./throws.ts:5:9)");
});
