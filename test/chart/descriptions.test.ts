/** The charts of the doc comments of classification and data have the descriptions that stand below them there. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import * as lossbook from "../../src/index.ts";

const SOURCES = resolve(import.meta.dirname, "../../src/chart");

/** Code and what stands below it. */
const examples = ["classification", "data"]
  .flatMap((family) => readdirSync(join(SOURCES, family)).map((file) => join(SOURCES, family, file)))
  .flatMap((file) => readFileSync(file, "utf8").split("@example").slice(1))
  .flatMap((text) => {
    const lines = text.split("\n").map((line) => line.replace(/^ \* ?/, ""));
    const at = lines.findIndex((line) => line.startsWith('// "'));
    const code = lines.slice(1, at);
    return at > 0 && code.every((line) => !line.startsWith("@"))
      ? [[code, JSON.parse(lines[at]!.slice(3)) as string]]
      : [];
  }) as [code: string[], description: string][];

test("there are examples", () => {
  expect(examples.length).toBeGreaterThan(14);
});

test.each(examples)("%j", (code, description) => {
  const body = [...code.slice(0, -1), `return ${code.at(-1)}`].join("\n");
  const made = new Function(...Object.keys(lossbook), body)(...Object.values(lossbook)) as unknown;
  expect(String(made)).toBe(description);
});
