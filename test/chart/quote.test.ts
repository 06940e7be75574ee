import { expect, test } from "vitest";
import { Chart } from "../../src/chart/index.ts";
import { quote } from "../../src/chart/quote.ts";
import { findProblems } from "./validity.ts";

test.each([
  ['the "true" price', "the “true” price"],
  ['5" pipes', "5″ pipes"],
  ["\\users", "∖users"],
  ["two\nlines", "two lines"],
  ["it's <b>&amp;", "it's <b>&amp;"],
])("%j is written as %s", (title, text) => {
  expect(quote(title)).toBe(text);
});

test("such a title does not break a chart, in an axis or a legend; titles outside and data stay", async () => {
  const bad = 'a "b\\x \n';
  const encoding = {
    x: { field: "x", type: "quantitative", title: bad },
    y: { field: "x", type: "quantitative", axis: { title: bad } },
    color: { field: "x", type: "quantitative", legend: { title: bad } },
    tooltip: [{ field: "x", title: bad }],
  };
  const made = new Chart({ title: bad, data: { values: [{ x: 1, title: bad }] }, mark: "point", encoding }, "A.", {});
  expect(await findProblems(made.spec)).toEqual([]);
  expect(made.spec).toMatchObject({ title: bad, data: { values: [{ title: bad }] } });
});
