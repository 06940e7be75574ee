import { expect, test } from "vitest";
import { open } from "./open.ts";

const table: [code: string, ename: string, evalue: string, traceback: string][] = [
  ["throw new TypeError('no')", "TypeError", "no", "TypeError: no\n    at In [1]:1:28"],
  ["throw 'text'", "Uncaught", "'text'", "Uncaught 'text'"],
  ["throw { a: 1 }", "Uncaught", "{ a: 1 }", "Uncaught { a: 1 }"],
  ["throw undefined", "Uncaught", "undefined", "Uncaught undefined"],
  ["throw null", "Uncaught", "null", "Uncaught null"],
  ["class Own extends Error {}; throw new Own('mine')", "Own", "mine", "Own: mine\n    at In [1]:1:56"],
  [
    "throw Object.assign(new Error('outer', { cause: new RangeError('inner') }), { code: 'E' })",
    "Error",
    "outer",
    "Error: outer\n    at In [1]:1:42 {\n  code: 'E',\n  [cause]: RangeError: inner\n      at In [1]:1:70\n}",
  ],
  [
    "throw new AggregateError([new Error('one')], 'many')",
    "AggregateError",
    "many",
    "AggregateError: many\n    at In [1]:1:28 {\n  [errors]: [\n    Error: one\n        at In [1]:1:48\n  ]\n}",
  ],
  [
    "let a = ]",
    "SyntaxError",
    "Unexpected token ']'",
    "In [1]:1\nasync ($, $cell) => {let a = ]\n                             ^\n\nSyntaxError",
  ],
  ["throw { get message() { throw 1 }, [Symbol.toStringTag]: 'Error' }", "Error", "", "{ message: [Getter]"],
  ["require('fs').readFileSync('none')", "Error", "ENOENT: no such file or directory, open 'none'", "Error: ENOENT"],
  [
    "function f() { throw new Error('deep') } f()",
    "Error",
    "deep",
    "Error: deep\n    at f (In [1]:1:43)\n    at In [1]:1:63",
  ],
  [
    "await Promise.all([new Promise(() => { throw new Error('in') })])",
    "Error",
    "in",
    "Error: in\n    at In [1]:1:67\n    at new Promise",
  ],
];

for (const [code, ename, evalue, traceback] of table)
  test(code, async () => {
    const { run } = open();
    const { error } = await run(code);
    expect(error).toMatchObject({ ename, evalue });
    expect(error?.traceback.join("\n").startsWith(traceback), error?.traceback.join("\n")).toBe(true);
    expect(error?.traceback.join("\n")).not.toMatch(/kernel\/session|node:internal/);
  });

test("positions go through the cell's source map, also where the user prints them", async () => {
  const { session, said } = open();
  // One segment: the second line of the code is the first of the cell, moved by 4 columns.
  const map = JSON.stringify({ version: 3, sources: ["cell"], names: [], mappings: ";AAAA,IAAI" });
  const code = "async ($, $cell) => {\nlet console_ = new Error('here').stack; console.log(console_)\n}";
  await session.execute({ run: 1, count: 7, script: { code, map }, allowStdin: false, showResult: false });
  expect(said(1)[0]).toBe("out: Error: here\n    at In [7]:1:5\n");
});
