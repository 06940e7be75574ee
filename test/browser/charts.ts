import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "./lab.ts";
import type { LabNotebook } from "./notebook.ts";

const CHART = resolve(import.meta.dirname, "../chart");

/** Every chart of the gallery, made by the kernel, drawn by JupyterLab. */
const names = readdirSync(resolve(CHART, "gallery")).flatMap((file) => /^(.*)\.vl\.json$/.exec(file)?.[1] ?? []);

export function lookAtCharts(lab: () => Lab): void {
  describe("charts", () => {
    let notebook: LabNotebook;
    const cellOf = (name: string) => names.indexOf(name) + 1;

    beforeAll(async () => {
      const cases = JSON.stringify(resolve(CHART, "cases/index.ts"));
      const cells = [
        `// @check off\nimport { cases } from ${cases};`,
        ...names.map((name) => `// @check off\nawait cases[${JSON.stringify(name)}]()`),
      ];
      notebook = await lab().open("charts", cells);
      await notebook.runAll();
    });
    afterAll(() => notebook?.close());

    test("there are some", () => expect(names.length).toBeGreaterThan(3));

    test.each(names)("%s is drawn", async (name) => {
      const cell = cellOf(name);
      await notebook.done(cell);
      await notebook.charts(cell).first().waitFor();
      const { width, height } = (await notebook.charts(cell).first().boundingBox())!;
      expect(Math.min(width, height)).toBeGreaterThan(100);
      expect(await countColours(notebook.charts(cell).first())).toBeGreaterThan(10);
      expect(await notebook.outputs(cell).count()).toBe(1);
    });

    test("a pointer on a loss curve is told the losses of its epoch", async () => {
      const text = await hover(notebook, cellOf("lossCurve"), [0.5, 0.5]);
      expect(text).toMatch(/epoch:?\s*\d+.*0\.\d+/s);
    });

    test("a pointer on a cell of a confusion matrix is told what was taken for what", async () => {
      const text = await hover(notebook, cellOf("confusionMatrix"), [0.5, 0.5]);
      expect(text).toMatch(/truth:\s*\d.*predicted:\s*\d.*count:\s*\d+.*share of row:\s*\d/s);
    });

    test("a slider changes the drawing, without the kernel", async () => {
      const cell = cellOf("lossShape-focal");
      const [chart, slider] = [
        notebook.charts(cell).first(),
        notebook.outputs(cell).locator("input[type=range]").first(),
      ];
      const before = await drawingOf(chart);
      const { min, max } = await slider.evaluate((input) => input as unknown as { min: string; max: string });
      await slider.fill(String((Number(min || 0) + Number(max || 1)) / 3));
      await expect.poll(() => drawingOf(chart)).not.toBe(before);
    });

    test("nobody complains", () => {
      expect(notebook.complaints).toEqual([]);
      expect(notebook.dialogs).toEqual([]);
    });

    test("the file has each as specification, picture and sentence", async () => {
      await notebook.picture("charts-light");
      await notebook.save();
      const saved = lab().read("charts");
      for (const { outputs } of saved.cells.slice(1))
        expect(Object.keys(outputs[0]!.data!).sort()).toEqual([
          "application/vnd.vegalite.v5+json",
          "image/png",
          "text/plain",
        ]);
    });
  });
}

/** The notebook of above as somebody finds it who has another theme; after all others, since the theme stays. */
export function lookInTheDark(lab: () => Lab): void {
  test("a saved notebook shows its charts in the dark, before anything runs", async () => {
    const dark = await lab().openSaved("charts", "JupyterLab Dark");
    for (const index of names.keys())
      await dark
        .charts(index + 1)
        .first()
        .waitFor();
    await dark.picture("charts-dark");
    expect(dark.complaints).toEqual([]);
    await dark.page.close();
  });
}

/** The text of the tooltip at a part of the chart's width and height. */
async function hover(notebook: LabNotebook, cell: number, [x, y]: readonly [number, number]): Promise<string> {
  const chart = notebook.charts(cell).first();
  const { width, height } = (await chart.boundingBox())!;
  await chart.hover({ position: { x: x * width, y: y * height } });
  const tooltip = notebook.page.locator("#vg-tooltip-element.visible");
  await tooltip.waitFor();
  return (await tooltip.textContent())!;
}

async function drawingOf(chart: Locator): Promise<string> {
  return await chart.evaluate((each) => {
    const { toDataURL } = each as unknown as Partial<Canvas>;
    return toDataURL === undefined ? each.outerHTML : toDataURL.call(each);
  });
}

/** Of a canvas: 1 or 2 where nothing is drawn. */
async function countColours(chart: Locator): Promise<number> {
  return await chart.evaluate((each) => {
    const canvas = each as unknown as Canvas;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
}

/** What is needed of the page's canvas. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  toDataURL(): string;
  getContext(kind: "2d"): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8Array };
  } | null;
}
