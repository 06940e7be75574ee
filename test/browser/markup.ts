import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "./lab.ts";
import type { LabNotebook } from "./notebook.ts";

/** As many ways in as there are: a script, an attribute that runs, the end of the script that it may stand in. */
const EVIL = `</script><script>globalThis.isBroken = true; alert(1)</script><img src=x onerror="globalThis.isBroken = true">"'\``;

/** Everything that shows a text that somebody else may have written. */
const SHOWN = {
  chart: "chart.lossCurve({ train: [2, 1, 0.5], validation: [2, 1.5, 1] }, { title: evil, step: evil })",
  runs: "chart.lossCurve({ [evil]: { train: [2, 1] }, other: { train: [1, 2] } })",
  table: "chart.table([{ [evil]: evil }], { title: evil })",
  "a report": "metric.classificationReport([0, 1, 1], [0, 1, 0], { targetNames: [evil, 'b'] })",
  dataset:
    "new (data.iris().constructor as any)(tensor([[1], [2]]), tensor([1, 2]), { name: evil, description: evil, featureNames: [evil], targetName: evil, classNames: [evil] })",
  progress: "for (const _ of progress([1, 2], { label: evil })); 0",
  metrics:
    "await train.fit(nn.linear(4, 3), { data: data.iris(), loss: loss.crossEntropy, epochs: 3, metrics: { [evil]: () => 1 } })",
  "a text": "evil",
};

export function lookAtMarkup(lab: () => Lab): void {
  describe("markup in what is shown", () => {
    let notebook: LabNotebook;
    beforeAll(async () => {
      notebook = await lab().open("markup", [
        `const evil = ${JSON.stringify(EVIL)};`,
        ...Object.values(SHOWN).map((code) => `// @check off\n${code}`),
        `// @check off\nawait (${SHOWN.chart}).save("page.html");`,
      ]);
      await notebook.run(0);
    });
    afterAll(() => notebook?.close());

    test.each(Object.keys(SHOWN))("%s executes nothing", async (name) => {
      const cell = Object.keys(SHOWN).indexOf(name) + 1;
      await notebook.run(cell);
      await notebook.outputs(cell).first().waitFor();
      expect(await notebook.outputs(cell).locator("script, img[src=x]").count()).toBe(0);
      expect(await notebook.page.evaluate(() => "isBroken" in globalThis)).toBe(false);
      const errors = notebook.cell(cell).locator("[data-mime-type='application/vnd.jupyter.stderr']");
      expect(await errors.allTextContents()).toEqual([]);
    });

    test("nor does the page that a chart saves, which is drawn", async () => {
      await notebook.run(Object.keys(SHOWN).length + 1);
      const page = await lab().newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(pathToFileURL(join(lab().folder, "page.html")).href);
      await page.locator(":is(canvas, svg.marks)").first().waitFor();
      expect(await page.evaluate(() => "isBroken" in globalThis)).toBe(false);
      expect(complaints).toEqual([]);
      await page.close();
    });

    test("nothing opened", async () => {
      await notebook.picture("markup");
      expect(notebook.dialogs).toEqual([]);
      expect(notebook.complaints).toEqual([]);
    });
  });
}
