import { describe, expect, test } from "vitest";
import { toShown } from "../../kernel/display/bundle.ts";
import { html, json, latex, markdown, png, svg } from "../../kernel/display/make.ts";

const DISPLAY = Symbol.for("Jupyter.display");
const silent = () => {};
const vegaLite = (version: number) => `https://vega.github.io/schema/vega-lite/v${version}.json`;

class House {
  area = 100;
}

const table: [name: string, value: unknown, data: Record<string, unknown>][] = [
  ["a number", 1, { "text/plain": "1" }],
  ["a text", "it's", { "text/plain": `"it's"` }],
  ["null", null, { "text/plain": "null" }],
  ["a symbol", Symbol("s"), { "text/plain": "Symbol(s)" }],
  ["a bigint", 1n, { "text/plain": "1n" }],
  ["a map", new Map([["a", 1]]), { "text/plain": "Map(1) { 'a' => 1 }" }],
  ["a set", new Set([1]), { "text/plain": "Set(1) { 1 }" }],
  ["a date", new Date(0), { "text/plain": "1970-01-01T00:00:00.000Z" }],
  ["an instance", new House(), { "text/plain": "House { area: 100 }" }],
  ["a class", House, { "text/plain": "[class House]" }],
  ["bytes", Buffer.from([1, 2]), { "text/plain": "<Buffer 01 02>" }],
  ["Deno's convention", { [DISPLAY]: () => ({ "text/html": "<b>" }) }, { "text/html": "<b>" }],
  ["a convention with bytes", { [DISPLAY]: () => ({ "image/png": new Uint8Array([1]) }) }, { "image/png": "AQ==" }],
  ["a convention with nothing", { [DISPLAY]: () => undefined, a: 1 }, { "text/plain": "" }],
  [
    "Vega-Lite 5",
    { $schema: vegaLite(5), mark: "bar" },
    { "application/vnd.vegalite.v5+json": { $schema: vegaLite(5), mark: "bar" }, "text/plain": "Vega-Lite chart" },
  ],
  [
    "Vega-Lite 6, described",
    { $schema: vegaLite(6), description: "The loss" },
    { "application/vnd.vegalite.v5+json": { $schema: vegaLite(6), description: "The loss" }, "text/plain": "The loss" },
  ],
  [
    "Vega-Lite 4",
    { $schema: vegaLite(4) },
    { "application/vnd.vegalite.v4+json": { $schema: vegaLite(4) }, "text/plain": "Vega-Lite chart" },
  ],
  [
    "Vega",
    { $schema: "https://vega.github.io/schema/vega/v6.json" },
    {
      "application/vnd.vega.v5+json": { $schema: "https://vega.github.io/schema/vega/v6.json" },
      "text/plain": "Vega chart",
    },
  ],
  [
    "another schema",
    { $schema: "https://json-schema.org/draft/2020-12/schema" },
    { "text/plain": "{ '$schema': 'https://json-schema.org/draft/2020-12/schema' }" },
  ],
  [
    "a maker of specifications",
    { toSpec: () => ({ $schema: vegaLite(5) }) },
    { "application/vnd.vegalite.v5+json": { $schema: vegaLite(5) }, "text/plain": "Vega-Lite chart" },
  ],
  ["a node", { outerHTML: "<p>a</p>" }, { "text/html": "<p>a</p>" }],
  [
    "an SVG node",
    { outerHTML: '<svg width="1"><g/></svg>' },
    { "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" width="1"><g/></svg>' },
  ],
  ["a canvas", { toDataURL: () => "data:image/png;base64,AQ==" }, { "image/png": "AQ==" }],
  ["a picture", { toSVG: () => "<svg/>" }, { "image/svg+xml": "<svg/>", "text/plain": "{ toSVG: [Function: toSVG] }" }],
  ["html", html("<b>"), { "text/html": "<b>" }],
  [
    "an html template",
    html`<i>${"<&\"'>"}</i>${html`<b>${1}</b>`}${[1, 2]}`,
    { "text/html": "<i>&lt;&amp;&quot;&#39;&gt;</i><b>1</b>12" },
  ],
  ["markdown", markdown("# A"), { "text/markdown": "# A" }],
  ["a markdown template", markdown`# ${"A"}`, { "text/markdown": "# A" }],
  ["latex", latex("$x$"), { "text/latex": "$x$" }],
  ["a latex template", latex`$\frac{${1}}{2}$`, { "text/latex": "$\\frac{1}{2}$" }],
  ["svg", svg("<svg/>"), { "image/svg+xml": "<svg/>" }],
  ["an svg template", svg`<svg>${"<"}</svg>`, { "image/svg+xml": "<svg>&lt;</svg>" }],
  ["png", png(new Uint8Array([1])), { "image/png": "AQ==" }],
  ["png in base64", png("AQ=="), { "image/png": "AQ==" }],
  ["json", json({ a: [1] }), { "application/json": { a: [1] } }],
];

for (const [name, value, data] of table)
  test(name, async () => {
    const shown = await toShown(value, silent);
    if (name === "a convention with nothing") expect(shown?.data["text/plain"]).toContain("a: 1");
    else expect(shown?.data).toEqual(data);
  });

test("undefined is not shown", () => {
  expect(toShown(undefined, silent)).toBe(undefined);
});

test("a promised bundle is awaited", async () => {
  expect(await toShown({ [DISPLAY]: async () => ({ "text/html": "late" }) }, silent)).toEqual({
    data: { "text/html": "late" },
    metadata: {},
  });
});

test("the size of a picture is metadata", async () => {
  expect((await toShown(png("AQ==", { width: 2, height: 3 }), silent))?.metadata).toEqual({
    "image/png": { width: 2, height: 3 },
  });
});

test("a table shows itself as HTML, as Markdown and as text", async () => {
  const shown = await toShown({ toHTML: () => "<table></table>", toMarkdown: () => "|a|" }, silent);
  expect(Object.keys(shown!.data)).toEqual(["text/html", "text/markdown", "text/plain"]);
});

test("long arrays are cut with a count", async () => {
  const text = String(
    (
      await toShown(
        Array.from({ length: 1000 }, (_, i) => i),
        silent,
      )
    )?.data["text/plain"],
  );
  expect(text).toContain("... 900 more items");
});

test("an object that has every property is shown as text", async () => {
  const magic: unknown = new Proxy(() => magic, { get: (_, name) => (typeof name === "symbol" ? undefined : magic) });
  expect(Object.keys((await toShown(magic, silent))!.data)).toEqual(["text/plain"]);
});

describe("a specification has a picture where somebody can draw it", () => {
  const DRAW = Symbol.for("lossbook.vegaToPng");
  const asked: unknown[] = [];
  const show = async (draw: unknown) => {
    Object.assign(globalThis, { [DRAW]: draw });
    try {
      return (await toShown({ $schema: vegaLite(5), mark: "bar" }, silent))!.data;
    } finally {
      Reflect.deleteProperty(globalThis, DRAW);
    }
  };

  test("in base64, beside the specification and the text", async () => {
    const data = await show(async (spec: unknown) => {
      asked.push(spec);
      return new Uint8Array([1]);
    });
    expect(data).toEqual({
      "application/vnd.vegalite.v5+json": { $schema: vegaLite(5), mark: "bar" },
      "text/plain": "Vega-Lite chart",
      "image/png": "AQ==",
    });
    expect(asked).toEqual([{ $schema: vegaLite(5), mark: "bar" }]);
  });

  test.each<[string, unknown]>([
    ["that cannot be drawn", () => Promise.reject(new Error("no"))],
    [
      "that fails at once",
      () => {
        throw new Error("no");
      },
    ],
    ["of another kind", async () => "text"],
    ["without anybody", undefined],
  ])("%s: none, and the specification is shown all the same", async (_, draw) => {
    expect(Object.keys(await show(draw))).toEqual(["application/vnd.vegalite.v5+json", "text/plain"]);
  });
});

describe("a renderer that fails is told, and the value is shown as text", () => {
  const failing: [name: string, value: object][] = [
    [
      "throws",
      {
        [DISPLAY]: () => {
          throw new Error("no");
        },
      },
    ],
    ["rejects", { [DISPLAY]: () => Promise.reject(new Error("no")) }],
    ["returns a text", { [DISPLAY]: () => "text" }],
    ["returns what is no MIME type", { [DISPLAY]: () => ({ html: "<b>" }) }],
    ["returns what JSON cannot say", { [DISPLAY]: () => ({ "application/json": 1n }) }],
    ["returns nothing as JSON", { [DISPLAY]: () => ({ "application/json": undefined }) }],
    [
      "throws in toHTML",
      {
        toHTML: () => {
          throw new Error("no");
        },
      },
    ],
  ];
  for (const [name, value] of failing)
    test(name, async () => {
      const complaints: unknown[] = [];
      const shown = await toShown(value, (error) => complaints.push(error));
      expect(Object.keys(shown!.data)).toEqual(["text/plain"]);
      expect(complaints).toHaveLength(1);
    });

  test("throws while it is inspected", async () => {
    const value = {
      [Symbol.for("nodejs.util.inspect.custom")]() {
        throw new Error("no");
      },
    };
    expect(String((await toShown(value, silent))?.data["text/plain"])).toContain("Error: no");
  });
});

test("the text form of a picture is its alternative text, unless it has one", () => {
  const bundle = { "image/png": "AQ==", "text/plain": "Loss falls from 2 to 1." };
  expect(toShown({ [DISPLAY]: () => bundle }, silent)).toMatchObject({
    metadata: { "image/png": { alt: "Loss falls from 2 to 1." } },
  });
  expect(toShown({ [DISPLAY]: () => ({ "image/png": "AQ==" }) }, silent)).toMatchObject({ metadata: {} });
});
