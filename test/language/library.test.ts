import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

const folder = mkdtempSync(join(tmpdir(), "library-"));
const file = join(folder, "globals.d.ts");
writeFileSync(
  file,
  `export interface Big { size: 7 }
declare global {
    /** Makes one big. */
    const big: (n: number) => Big;
    type Huge = Big & { more: true };
}
`,
);

let notebook: ReturnType<typeof openNotebook>;
const open = () => {
  notebook = openNotebook({}, { library: [file] });
  return notebook;
};
afterEach(() => notebook.close());

describe("a library of global names", () => {
  test("is typed when a cell mentions a name of it, and stays", async () => {
    const { check } = open();
    expect(await check("1 + 1")).toEqual([]);
    expect(await check("const s: string = big(2).size")).toEqual([
      "In [2]:1:7 - error TS2322: Type 'number' is not assignable to type 'string'.",
    ]);
    expect(await check("const h: Huge = { size: 7, more: true }; big('x')")).toEqual([
      expect.stringContaining("TS2345"),
    ]);
  });

  test("a name of the session comes first", async () => {
    const { check } = open();
    expect(await check("const big = 'mine'; big.length")).toEqual([]);
    expect(await check("big.toUpperCase()")).toEqual([]);
  });

  test("is offered as soon as a name is begun, and described", async () => {
    const { language } = open();
    expect((await language.complete("bi", 2)).matches).toContain("big");
    expect((await language.inspect("big(1)", 1, 0))?.markdown).toContain("Makes one big.");
  });

  test("is not offered as the property of something else", async () => {
    const { language, check } = open();
    await check("const o = { bi: 1 }");
    expect((await language.complete("o.bi", 4)).matches).toEqual(["bi"]);
  });

  test("a file that is not there costs nothing", async () => {
    notebook = openNotebook({}, { library: [join(folder, "missing.d.ts")] });
    expect(await notebook.check("1 + 1")).toEqual([]);
  });
});
