import vm from "node:vm";
import { afterAll, expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

const notebook = openNotebook();
afterAll(() => notebook.close());

test.each<[string, unknown]>([
  ["x + 1", 6],
  ["x as number", 5],
  ["{ a: x }", { a: 5 }],
  ["[x, x].map((v) => v * 2)", [10, 10]],
  ["await Promise.resolve(x)", 5],
  ["x // a comment", 5],
  ["typeof nowhere", "undefined"],
  ["(() => { const x = 1; return x })()", 1],
])("%s", async (source, expected) => {
  await notebook.check("let x = 5");
  const script = notebook.language.prepareExpression(source);
  if (!("code" in script)) throw new Error(script.evalue);
  const call = new vm.Script(script.code).runInThisContext();
  expect(await call({ x: 5 }, { completed: 0, wait: (value: unknown) => value })).toEqual(expected);
});

test.each(["x +", "let y = 1", "x; y", "", ") ("])("%j is no expression", (source) => {
  expect(notebook.language.prepareExpression(source)).toMatchObject({ ename: "SyntaxError" });
});
