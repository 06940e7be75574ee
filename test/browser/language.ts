import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "./lab.ts";
import type { LabNotebook } from "./notebook.ts";

export function lookAtLanguage(lab: () => Lab): void {
  describe("what a cell knows", () => {
    let notebook: LabNotebook;
    beforeAll(async () => {
      notebook = await lab().open("language", ["const rate = 0.1;", "", "loss.crossEntropy"]);
      await notebook.run(0);
    });
    afterAll(() => notebook?.close());

    test("is completed with Tab", async () => {
      await notebook.type(1, "loss.crossEn");
      await notebook.page.keyboard.press("Tab");
      await notebook.page.locator(".jp-Completer .jp-mod-active").waitFor();
      await notebook.page.keyboard.press("Enter");
      const editor = notebook.cell(1).locator(".cm-content");
      await expect.poll(() => editor.textContent()).toMatch(/^loss\.crossEntropy/);
    });

    test("is listed with its kinds", async () => {
      await notebook.type(1, "metric.a");
      await notebook.page.keyboard.press("Tab");
      const list = notebook.page.locator(".jp-Completer");
      await list.waitFor();
      await expect.poll(() => list.textContent()).toMatch(/accuracy.*averagePrecision/s);
      await notebook.picture("completion");
      await notebook.page.keyboard.press("Escape");
    });

    test("is explained with Shift+Tab", async () => {
      await notebook.type(1, "loss.crossEntropy");
      await notebook.page.keyboard.press("Shift+Tab");
      const tooltip = notebook.page.locator(".jp-Tooltip");
      await tooltip.waitFor();
      await expect.poll(() => tooltip.textContent()).toMatch(/crossEntropy.*logits/s);
      await notebook.picture("inspection");
      await notebook.page.keyboard.press("Escape");
    });
  });
}
