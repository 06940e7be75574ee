import { afterEach, expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

let notebook: ReturnType<typeof openNotebook>;
afterEach(() => notebook.close());

test("a declaration file of the folder types a package that has no types", async () => {
  notebook = openNotebook({ "untyped.d.ts": "declare module 'no-types-here';" });
  expect(await notebook.check("import anything from 'no-types-here'; anything.at.all")).toEqual([]);
});

test("a cell may add to what is global", async () => {
  notebook = openNotebook();
  const cell = "declare global { interface Array<T> { last(): T } }\n[1, 2].last()";
  expect(await notebook.check(cell)).toEqual([]);
});

test("a level that is none is said, and the cell is checked", async () => {
  notebook = openNotebook();
  expect(await notebook.check("// @check of\n1")).toEqual(["// @check of: there are error, warn, off."]);
  expect(await notebook.check("// @check OFF\nconst n: number = 'x'")).toEqual([]);
});
