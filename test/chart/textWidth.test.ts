/** Widths of texts against resvg, which draws them with a shaper of its own (rustybuzz). */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { describe, expect, test } from "vitest";
import { FONT_FAMILY, findFonts } from "../../src/chart/font.ts";
import { toPng } from "../../src/chart/png.ts";
import { measureWith, readWidths, type TextMetrics } from "../../src/chart/textWidth.ts";

const [regular, bold] = findFonts();
const texts = [
  "validation 0.455 at epoch 11",
  "epoch 40/40, step 440/440 · 4.7 s · 93.8/s · loss 0.274 · validation 0.472 · accuracy 0.858",
  "probability of the true class",
  "iiiillll",
  "WWWWMMMM",
  "γ = 2, ε – 1 → ∞, R²",
];

/** From the left edge of one bar to that of another behind the text: advances, not ink. */
function draw(text: string, weight: number): number {
  const svg = (inner: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="300"><text x="10" y="150" font-size="100" font-weight="${weight}" font-family="${FONT_FAMILY}" font-kerning="none">${inner}</text></svg>`;
  const right = (inner: string) => {
    const box = new Resvg(svg(inner), { font: { fontFiles: [regular, bold], loadSystemFonts: false } }).getBBox()!;
    return box.x + box.width;
  };
  return (right(`|${text}|`) - right("||")) / 100;
}

describe.each([
  ["regular", regular, 400],
  ["bold", bold, 700],
])("%s", (_, file, weight) => {
  test.each(texts)("%s", (text) => {
    const [width, drawn] = [readWidths(file)(text), draw(text, weight)];
    expect(Math.abs(width - drawn) / drawn, `${width} where ${drawn} is drawn`).toBeLessThan(0.015);
  });
});

test("what the font does not have is as wide as the glyph for that", () => {
  expect(readWidths(regular)("\u{1F600}")).toBe(readWidths(regular)("\u{10FFFF}"));
});

test("a file without the table is a sentence", () => {
  const file = Buffer.from(readFileSync(regular));
  const cmap = file.indexOf("cmap");
  const at = file.readUInt32BE(cmap + 8);
  for (let i = 0; i < file.readUInt16BE(at + 2); i++) file.writeUInt16BE(4, at + file.readUInt32BE(at + 8 + 8 * i));
  const path = join(mkdtempSync(join(tmpdir(), "font-")), "odd.ttf");
  writeFileSync(path, file);
  expect(() => readWidths(path)).toThrow("textWidth: the font has no cmap of format 12.");
});

describe("Vega's measure", () => {
  const estimate: TextMetrics["width"] = (_, text) => String(text).length;

  test("is replaced where it is a guess: bold, size and limit count", () => {
    const metrics = { width: estimate, estimateWidth: estimate };
    measureWith(metrics, regular, bold);
    const usual = metrics.width({ fontSize: 100 }, "loss");
    expect(usual).toBeCloseTo(100 * readWidths(regular)("loss"), 9);
    expect(metrics.width({ fontSize: 100, fontWeight: "bold" }, "loss")).toBeCloseTo(100 * readWidths(bold)("loss"), 9);
    expect(metrics.width({ fontSize: 100, fontWeight: 600 }, "loss")).toBeCloseTo(100 * readWidths(bold)("loss"), 9);
    expect(metrics.width({}, " loss ")).toBeCloseTo(11 * readWidths(regular)("loss"), 9);
    expect(metrics.width({ limit: 5 }, "loss")).toBe(5);
    expect(metrics.width({}, null)).toBe(0);
  });

  test("stays where a canvas measures", () => {
    const width = () => 7;
    const metrics = { width, estimateWidth: estimate };
    measureWith(metrics, regular, bold);
    expect(metrics.width).toBe(width);
  });
});

test("a long line below the title makes a picture no wider than it is", async () => {
  const text = texts[1]!;
  const spec = {
    title: { text: "Loss", subtitle: text, anchor: "start" },
    width: 480,
    height: 50,
    data: { values: [{ x: 0 }, { x: 1 }] },
    mark: "point",
    encoding: { x: { field: "x", type: "quantitative" } },
  };
  const png = Buffer.from(await toPng(spec));
  // the guess made 883 of it; two pixels each
  expect(png.readUInt32BE(16) / 2).toBeLessThan(520);
});
