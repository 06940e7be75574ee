/** What lies far outside of a picture is not drawn; resvg would end this process over it, without an error that could be caught. */
import { expect, test } from "vitest";
import { toPng } from "../../src/chart/png.ts";
import type { Specification } from "../../src/chart/specification.ts";
import { chart } from "../../src/index.ts";

const $schema = "https://vega.github.io/schema/vega-lite/v5.json";

/** 100 × 100 pixels from 0 to 1, whatever the numbers are. */
function draw(mark: object, values: readonly object[]): Specification {
  const field = (name: string) => ({ field: name, type: "quantitative", scale: { domain: [0, 1], nice: false } });
  return { $schema, width: 100, height: 100, data: { values }, mark, encoding: { x: field("x"), y: field("y") } };
}

const inside = [
  { x: 0.2, y: 0.3 },
  { x: 0.8, y: 0.6 },
];

test.each([1e2, 1e4, 1e7, -1e4])("a transparent point at %d changes nothing in the picture", async (far) => {
  const mark = { type: "point", opacity: 0.5, clip: true };
  const alone = Buffer.from(await toPng(draw(mark, inside)));
  for (const point of [
    { x: 0.5, y: far },
    { x: far, y: 0.5 },
  ])
    expect(alone.equals(await toPng(draw(mark, [...inside, point])))).toBe(true);
});

test.each(["line", "trail"])("a clipped %s that is nowhere to be seen leaves an empty picture", async (type) => {
  const far = [
    { x: 0, y: 5000 },
    { x: 1, y: 9000 },
  ];
  const axes = draw({ type: "point", opacity: 0 }, inside);
  const mark = { type, clip: true };
  expect(Buffer.from(await toPng(axes)).equals(await toPng(draw(mark, far)))).toBe(true);
});

test("a mark that is not clipped, and makes the picture larger than memory, is a sentence", async () => {
  const far = draw({ type: "point" }, [...inside, { x: 0.5, y: 1e7 }]);
  await expect(toPng(far)).rejects.toThrow(
    /^A picture of \d+ × \d{10} pixels cannot be drawn: is there a mark far outside of its axes\? "clip": true cuts it off\.$/,
  );
});

test.each(["line", "area", "trail"])("a clipped %s that passes through stays", async (type) => {
  const through = [
    { x: 0, y: -1e3 },
    { x: 1, y: 1e3 },
  ];
  const axes = draw({ type: "point", opacity: 0 }, inside);
  expect(Buffer.from(await toPng(axes)).equals(await toPng(draw({ type, clip: true }, through)))).toBe(false);
});

test("the charts beside it stay", async () => {
  const wild = (y: number) => chart.line({ x: [0, 1, 2], y: [0, y, 1] }, { yRange: [-2, 2] });
  const curve = chart.lossCurve({ train: [2, 1] });
  const picture = await toPng(chart.row(curve, wild(1e6)).spec);
  expect(picture.length).toBeGreaterThan(Buffer.from(await toPng(curve.spec)).length);
});
