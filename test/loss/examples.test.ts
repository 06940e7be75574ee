/** The examples of the doc comments are executed: every line `code // value` prints the value. */
import { readdirSync, readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import * as lossbook from "../../src/index.ts";

const folder = new URL("../../src/loss/", import.meta.url);

const examples = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => [file.replace(".ts", ""), findExamples(readFileSync(new URL(file, folder), "utf8"))] as const);

describe("an example prints what its comment says", () => {
  test.each(examples.filter(([, lines]) => lines.length > 0))("%s", (_, lines) => {
    const before: string[] = [];
    for (const line of lines) {
      const [code, printed] = line.split(" // ") as [string, string | undefined];
      if (printed === undefined) before.push(code);
      else expectPrinted(evaluate(before, code), printed);
    }
  });
});

test("every loss has an example with its value", () => {
  const without = Object.keys(lossbook.loss).filter(
    (name) => !examples.find(([file]) => file === name)?.[1].some((line) => line.includes(" // ")),
  );
  expect(without).toEqual([]);
});

/** The lines below `@example` up to the next tag. */
function findExamples(source: string): string[] {
  const blocks = source.match(/@example\n(?: \* (?!@).*\n)+/g) ?? [];
  return blocks.flatMap((block) =>
    block
      .split("\n")
      .slice(1, -1)
      .map((line) => line.replace(/^ \* /, "")),
  );
}

function evaluate(before: readonly string[], code: string): unknown {
  const { code: program } = transformSync([...before, `__result = ${code}`].join("\n"), { loader: "ts" });
  const { tensor, loss, random } = lossbook;
  return new Function("tensor", "loss", "random", `let __result; ${program}; return __result;`)(tensor, loss, random);
}

/** Equal in all digits that are printed. */
function expectPrinted(actual: unknown, printed: string): void {
  const digits = Math.max(0, ...[...printed.matchAll(/\.(\d+)/g)].map(([, decimals]) => decimals!.length));
  const wanted = JSON.parse(printed) as unknown;
  const round = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(round) : Math.round((value as number) * 10 ** digits) / 10 ** digits + 0;
  expect(round(actual), printed).toEqual(round(wanted));
}
