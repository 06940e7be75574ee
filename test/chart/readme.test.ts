/** The README's first cell makes the README's picture. `UPDATE_GALLERY=1 npx vitest run test/chart` draws it anew. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { lossbook } from "../runner/lossbook.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const PICTURE = join(ROOT, "test/chart/gallery/house-prices.png");

test("the README's first cell makes the README's picture", () => {
  const [, cell] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, "README.md"), "utf8"))!;
  const path = join(mkdtempSync(join(tmpdir(), "readme-")), "readme.ipynb");
  const code = { cell_type: "code", execution_count: null, id: "readme", metadata: {}, outputs: [], source: cell };
  writeFileSync(path, JSON.stringify({ cells: [code], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  expect(lossbook(["run", "--in-place", path])).toMatchObject({ code: 0, stderr: "" });
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as {
    cells: [{ outputs: { output_type: string; data?: Record<string, string> }[] }];
  };
  // the cell's value; the curve that was drawn while it trained stands above
  const shown = cells[0].outputs.find(({ output_type }) => output_type === "execute_result")!.data!;
  const picture = Buffer.from(shown["image/png"]!, "base64");
  if (process.env["UPDATE_GALLERY"]) writeFileSync(PICTURE, picture);
  expect(picture.equals(readFileSync(PICTURE)), "UPDATE_GALLERY=1 draws it anew").toBe(true);
  expect(String(shown["text/plain"])).toMatch(
    /^Training loss falls from \d\S* to 0\.01\S* in 40 epochs; validation is lowest, /,
  );
});
