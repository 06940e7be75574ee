/** A Vega or Vega-Lite specification that no chart of ours made, as the value of a cell. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { toPng } from "../../src/chart/png.ts";
import { lossbook } from "../runner/lossbook.ts";

const schema = (name: string) => `https://vega.github.io/schema/${name}.json`;
const bars = {
  data: { values: [{ a: 1 }, { a: 3 }] },
  mark: "bar",
  encoding: { y: { field: "a", type: "quantitative" } },
};
const lite = { $schema: schema("vega-lite/v6"), description: "Two bars", ...bars };
const vega = {
  $schema: schema("vega/v5"),
  width: 40,
  height: 20,
  marks: [{ type: "rect", encode: { enter: { x2: { value: 40 }, y2: { value: 20 }, fill: { value: "#d55e00" } } } }],
};
const PNG = /^iVBORw0KGgo/;

test("it shows itself: interactive, as a picture and as a sentence", () => {
  const path = join(mkdtempSync(join(tmpdir(), "raw-")), "raw.ipynb");
  const cells = [lite, vega, { $schema: schema("vega-lite/v5"), ...bars, data: { url: "no/such/file.json" } }].map(
    (spec, i) => ({
      cell_type: "code",
      execution_count: null,
      id: `cell-${i}`,
      metadata: {},
      outputs: [],
      source: `(${JSON.stringify(spec)})`,
    }),
  );
  writeFileSync(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  expect(lossbook(["run", "--in-place", path])).toMatchObject({ code: 0, stderr: "" });
  const { cells: done } = JSON.parse(readFileSync(path, "utf8")) as {
    cells: { outputs: { data: Record<string, unknown> }[] }[];
  };
  const [first, second, third] = done.map(({ outputs }) => outputs[0]!.data);
  expect(first).toEqual({
    "application/vnd.vegalite.v5+json": lite,
    "image/png": expect.stringMatching(PNG),
    "text/plain": expect.anything(),
  });
  expect(String(first!["text/plain"])).toBe("Two bars");
  expect(second).toEqual({
    "application/vnd.vega.v5+json": vega,
    "image/png": expect.stringMatching(PNG),
    "text/plain": expect.anything(),
  });
  // its data are not to be had here: no picture is better than an empty one
  expect(Object.keys(third!).sort()).toEqual(["application/vnd.vegalite.v5+json", "text/plain"]);
});

test("a picture has the size that Vega gives it, twice as fine", async () => {
  const png = Buffer.from(await toPng(vega));
  // padding 0 on every side
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([80, 40]);
});

test("data that cannot be loaded are an error", async () => {
  await expect(toPng({ ...lite, data: { url: "no/such/file.json" } })).rejects.toThrow("no/such/file.json");
});
