import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "./lab.ts";
import type { LabNotebook } from "./notebook.ts";

const training = (epochs: number) => `train.fit(nn.sequential(nn.linear(4, 16), nn.relu(), nn.linear(16, 3)), {
  data: data.iris(),
  validation: 0.2,
  loss: loss.crossEntropy,
  epochs: ${epochs},
  metrics: { accuracy: (y, p) => metric.accuracy(y, p.argmax(-1)) },
})`;

const CELLS = [`const fitted = await ${training(1e6)};`, "6 * 7", `const fitted = await ${training(30)};\nfitted`];
const VEGA = "application/vnd.vegalite.v5+json";

export function lookAtTraining(lab: () => Lab): void {
  describe("a training", () => {
    let notebook: LabNotebook;
    beforeAll(async () => {
      notebook = await lab().open("live", CELLS);
    });
    afterAll(() => notebook?.close());

    test("is seen while it runs, and Stop ends it where it is", async () => {
      await notebook.start(0);
      const curve = notebook.outputs(0).locator("svg path").first();
      await notebook.outputs(0).locator("svg[aria-label='loss by epoch']").waitFor();
      const bar = notebook.outputs(0).locator("progress");
      const states: [done: number, path: string | null][] = [];
      const look = async () => {
        states.push([
          await bar.evaluate((each) => (each as unknown as { value: number }).value),
          await curve.getAttribute("d"),
        ]);
        return states.at(-1)!;
      };
      const [first, drawn] = await look();
      await expect.poll(async () => (await look())[0]).toBeGreaterThan(first);
      await expect.poll(async () => (await look())[1]).not.toBe(drawn);
      expect(await notebook.outputs(0).textContent()).toMatch(
        /epoch [\d]+\/1000000, step .*\/s · .* left · loss .* · validation .* · accuracy /,
      );
      await notebook.picture("live-running");
      await notebook.stop();
      await notebook.done(0);
      await notebook.charts(0).first().waitFor();
      await expect.poll(() => notebook.outputs(0).last().textContent()).toContain("KeyboardInterrupt");
      expect(await notebook.outputs(0).count()).toBe(2);
      expect(states.every(([done], i) => i === 0 || done >= states[i - 1]![0])).toBe(true);
    });

    test("the kernel answers after it", async () => {
      await notebook.run(1);
      await expect.poll(() => notebook.outputs(1).textContent()).toBe("42");
    });

    test("that ends leaves its chart, and what came back in one line", async () => {
      await notebook.run(2);
      await notebook.charts(2).first().waitFor();
      expect(await notebook.outputs(2).count()).toBe(2);
      expect(await notebook.outputs(2).last().textContent()).toMatch(
        /^30 epochs: training loss [\d.]+ → [\d.]+, validation/,
      );
      await notebook.picture("live-ended");
    });

    test("the file has the final states, and no picture but one", async () => {
      await notebook.save();
      const [stopped, , ended] = lab().read("live").cells;
      expect(stopped!.outputs.map((each) => each.ename ?? each.output_type)).toEqual([
        "display_data",
        "KeyboardInterrupt",
      ]);
      const { title } = stopped!.outputs[0]!.data![VEGA] as { title: { subtitle: string[] } };
      expect(title.subtitle[0]).toMatch(/^stopped at epoch \d+\/1000000, step \d+\/4000000 after /);
      expect(ended!.outputs.map(({ data }) => Object.keys(data!).sort())).toEqual([
        [VEGA, "image/png", "text/plain"],
        ["text/html", "text/plain"],
      ]);
      expect(JSON.stringify(ended).length).toBeLessThan(120_000);
    });

    test("nobody complains", () => expect(notebook.complaints).toEqual([]));
  });
}
