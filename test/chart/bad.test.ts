/**
 * Bad input to every chart: a chart that can be drawn or an error of one sentence, never a broken page. The rows are in `bad/`, by family; a
 * chart without a row for each of the inputs fails.
 */
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import * as chart from "../../src/chart/index.ts";
import { toPixels } from "../../src/chart/png.ts";
import { INPUTS, type Outcome } from "./bad/case.ts";
import { bad } from "./bad/index.ts";
import { draw } from "./validity.ts";

/** A notebook with a few charts is to stay under what GitHub shows. */
const MOST_BYTES = 500_000;

describe.each(Object.entries(bad))("%s", (_name, cases) => {
  test.each(INPUTS.flatMap((input) => [cases[input]].flat().map((outcome) => [input, outcome] as const)))(
    "%s",
    async (_input, outcome) => {
      if ("none" in outcome) expect(outcome.none).toMatch(/\w+ \w+/);
      else if ("refused" in outcome) expectSentence(outcome);
      else await expectChart(outcome);
    },
  );
});

test("every chart is here", () => {
  // a table is no picture, and compositions take charts, not data
  const others = ["table", "layer", "row", "column"];
  const functions = Object.entries(chart).filter(([name, each]) => typeof each === "function" && /^[a-z]/.test(name));
  expect(
    functions
      .map(([name]) => name)
      .filter((name) => !others.includes(name))
      .sort(),
  ).toEqual(Object.keys(bad).sort());
});

function expectSentence({ refused, says }: Extract<Outcome, { refused: unknown }>): void {
  let error: unknown;
  try {
    refused();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).message).toBe(says);
}

async function expectChart({ chart: make, says }: Extract<Outcome, { chart: unknown }>): Promise<void> {
  const made = make();
  if (typeof says === "string") expect(made.description).toBe(says);
  else expect(made.description).toMatch(says);
  expect(made.description).not.toMatch(/undefined|\[object/);
  const json = JSON.stringify(made.spec);
  expect(Buffer.byteLength(json)).toBeLessThan(MOST_BYTES);
  // nothing that JSON would lose: NaN, infinities, undefined
  expect(isDeepStrictEqual(JSON.parse(json), made.spec)).toBe(true);
  const { problems, svg } = await draw(made.spec);
  expect(problems).toEqual([]);
  expectText(svg);
  expect((await toPixels(svg)).length).toBeGreaterThan(0);
  expectText((made.table() as unknown as Record<symbol, () => Record<string, string>>)[DISPLAY]!()["text/html"]!);
}

/** Labels are text: no element and no attribute comes of them. */
function expectText(markup: string): void {
  expect(markup.replace(/"[^"]*"/g, '""')).not.toMatch(/<script|<img|<[^>]*\sonerror=/i);
}

const DISPLAY = Symbol.for("Jupyter.display");
