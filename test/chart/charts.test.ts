import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { column, lossCurve, predictedActual, row } from "../../src/chart/index.ts";
import { toPng } from "../../src/chart/png.ts";
import { toText } from "../../src/chart/text.ts";
import { findProblems } from "./validity.ts";

describe("lossCurve", () => {
  test.each<[string, Parameters<typeof lossCurve>, string]>([
    [
      "training and validation",
      [{ train: [2.31, 0.6, 0.08], validation: [2.4, 0.7, 0.9] }],
      "Training loss falls from 2.31 to 0.08 in 3 epochs; validation is lowest, 0.7, at epoch 2.",
    ],
    ["training alone", [{ train: [1, 2] }], "Training loss rises from 1 to 2 in 2 epochs."],
    ["a single point", [{ train: [0.5] }], "Training loss stays at 0.5 in 1 epoch."],
    ["another step", [{ train: [3, 1] }, { step: "batch" }], "Training loss falls from 3 to 1 in 2 batches."],
    ["an explosion", [{ train: [1, Number.NaN] }], "Training loss stays at NaN in 2 epochs."],
  ])("%s is described", (_name, args, description) => {
    expect(String(lossCurve(...args))).toBe(description);
  });

  test("its numbers can be read", () => {
    const { numbers } = lossCurve({ train: Float32Array.of(2, 1), validation: [3, 2.5] });
    expect(numbers).toEqual({ first: 2, last: 1, best: { loss: 2.5, epoch: 2 } });
  });

  test("what JSON cannot say is a gap, what a logarithm cannot is left out", () => {
    const values = (chart: ReturnType<typeof lossCurve>) => (chart.spec["data"] as { values: unknown[] }).values;
    expect(
      values(lossCurve({ train: [1, Number.NaN, Number.POSITIVE_INFINITY] })).map(
        (row) => (row as { value: unknown }).value,
      ),
    ).toEqual([1, null, null]);
    expect(values(lossCurve({ train: [1, 0, -1, 0.5] }, { log: true }))).toHaveLength(2);
  });

  test("no epoch is refused", () => {
    expect(() => lossCurve({ train: [] })).toThrow("lossCurve: a history of at least one epoch is needed, got none.");
  });
});

describe("predictedActual", () => {
  test("its numbers are scikit-learn's", () => {
    // sklearn.metrics: mean_absolute_error, r2_score of [3, -0.5, 2, 7] and [2.5, 0.0, 2, 8]
    const { numbers, description } = predictedActual([2.5, 0, 2, 8], [3, -0.5, 2, 7]);
    expect(numbers.meanAbsoluteError).toBeCloseTo(0.5, 12);
    expect(numbers.r2).toBeCloseTo(0.9486081370449679, 12);
    expect(description).toBe("4 predictions of value are off by 0.5 on average; R² is 0.949.");
  });

  test("what is not finite is left out, and said", () => {
    const { description } = predictedActual([1, Number.NaN], [1, 2]);
    expect(description).toBe("2 predictions of value (1 that are not finite are left out) are off by 0 on average.");
  });

  test.each<[number[], number[], string]>([
    [[1, 2], [1, 2, 3], "predictedActual: 2 predictions do not match 3 truths."],
    [[], [], "predictedActual: at least one prediction is needed, got none."],
  ])("%j against %j is refused", (predicted, actual, sentence) => {
    expect(() => predictedActual(predicted, actual)).toThrow(sentence);
  });
});

describe("a chart", () => {
  const curve = lossCurve({ train: [2, 1, 0.5], validation: [2.1, 1.2, 0.9] });

  test("is its specification, a picture and a sentence, and no HTML, which would outrank it", async () => {
    const bundle = await (curve as unknown as Record<symbol, () => Promise<Record<string, unknown>>>)[
      Symbol.for("Jupyter.display")
    ]!();
    expect(Object.keys(bundle).sort()).toEqual(["application/vnd.vegalite.v5+json", "image/png", "text/plain"]);
    expect(bundle["application/vnd.vegalite.v5+json"]).toMatchObject({
      $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    });
    expect(JSON.parse(JSON.stringify(curve.spec))).toEqual(curve.spec);
    expect(bundle["text/plain"]).toBe(curve.description);
  });

  test("its picture has ink on it, the same every time", async () => {
    const [first, second] = [await toPng(curve.spec), await toPng(curve.spec)];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    expect(countColours(first)).toBeGreaterThan(20);
  });

  test("of several views shares a new size among them", async () => {
    const beside = row(curve, predictedActual([1], [2])).with({ width: 400, height: 100 }).spec;
    // 480 and 320 before
    expect(beside["hconcat"]).toMatchObject([
      { width: 240, height: 100 },
      { width: 160, height: 100 },
    ]);
    const below = column(curve, row(curve, curve)).with({ width: 200, height: 520 }).spec;
    // 260 each before
    expect(below["vconcat"]).toMatchObject([
      { width: 200, height: 260 },
      { hconcat: [{ width: 100, height: 260 }, { width: 100 }] },
    ]);
    for (const spec of [beside, below]) expect(await findProblems(spec)).toEqual([]);
  });

  test("can have another title and size", () => {
    expect(curve.with({ title: "Mine", width: 100 }).spec).toMatchObject({ title: "Mine", width: 100, height: 260 });
  });
});

test.each([
  [0, "0"],
  [2.31234, "2.31"],
  [-0.05, "-0.05"],
  [123456, "123000"],
  [1.5e-7, "1.50e-7"],
  [2e9, "2.00e+9"],
  [Number.POSITIVE_INFINITY, "Infinity"],
])("%d is said as %s", (value, text) => {
  expect(toText(value)).toBe(text);
});

/** Different bytes in the decompressed rows of a PNG: 1 or 2 for an empty picture. */
function countColours(png: Uint8Array): number {
  const buffer = Buffer.from(png);
  const parts: Buffer[] = [];
  for (let at = 8; at < buffer.length; at += buffer.readUInt32BE(at) + 12)
    if (buffer.toString("latin1", at + 4, at + 8) === "IDAT")
      parts.push(buffer.subarray(at + 8, at + 8 + buffer.readUInt32BE(at)));
  return new Set(inflateSync(Buffer.concat(parts))).size;
}
