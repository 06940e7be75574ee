/** Tables: text begins at the left and numbers end at the right, in a terminal and on a page whose style says otherwise. */
import { expect, test } from "vitest";
import * as chart from "../../src/chart/index.ts";

const rows = [
  { loss: "mse", epochs: 5, last: 0.25, best: "sgd" },
  { loss: "cross-entropy", epochs: 120, last: null, best: "adam" },
];
const shown = (table: chart.Table) =>
  (table as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!();

test("in a terminal", () => {
  expect(String(chart.table(rows, { title: "Runs" }))).toBe(
    [
      "Runs",
      "loss           epochs  last  best",
      "mse                 5  0.25  sgd",
      "cross-entropy     120        adam",
    ].join("\n"),
  );
});

test("on a page: names and numbers of a column on one side", () => {
  const html = shown(chart.table(rows))["text/html"]!;
  expect(html).toContain('<th scope="col" style="text-align:left">loss</th>');
  expect(html).toContain('<td style="text-align:left">cross-entropy</td>');
  expect(html).toContain('<th scope="col" style="text-align:right">epochs</th>');
  expect(html).toContain('<td style="text-align:right">120</td>');
  // what is missing stands where a number would
  expect(html).toContain('<td style="text-align:right"></td>');
  expect(html.match(/<td /g)).toHaveLength(8);
});

test("what is cut off is counted, and what stands in a cell is text", () => {
  const table = chart.table([{ a: "<b>" }, { a: "x" }, { a: "y" }], { limit: 1 });
  expect(String(table)).toBe("a\n<b>\n… 2 more rows");
  expect(shown(table)["text/html"]).not.toContain("<b>");
  expect(shown(table)["text/html"]).toContain("… 2 more rows");
});

test("a limit that shows nothing is a mistake", () => {
  expect(() => chart.table(rows, { limit: 0 })).toThrow("table: limit must be a whole number of at least 1, got 0.");
});
