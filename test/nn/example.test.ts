/** The examples of the doc comments of layers and optimizers say what they give. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import * as lossbook from "../../src/index.ts";

const ROOT = resolve(import.meta.dirname, "../../src");

interface Example {
  readonly place: string;
  readonly code: string;
}

const examples = ["nn", "optim", "optim/schedule"].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => findExamples(`${folder}/${file}`)),
);

function findExamples(file: string): Example[] {
  const source = readFileSync(join(ROOT, file), "utf8");
  return [...source.matchAll(/@example\n([\s\S]*?)(?=\n \* @|\n \*\/)/g)].map((match, i) => ({
    place: `${file} ${i + 1}`,
    code: match[1]!.replace(/^ \* ?/gm, ""),
  }));
}

/** `expression // value` as a call that collects both. */
function rewrite(code: string): string {
  return code
    .split("\n")
    .map((line) => {
      const [, expression, value] = /^(?!const|let|for|\()(.*?);? \/\/ (.*)$/.exec(line) ?? [];
      return expression === undefined ? line : `collect(${expression}, ${JSON.stringify(value)});`;
    })
    .join("\n");
}

/** A value that is written in words (`about √(2 / 784)`) is for the reader. */
function read(text: string): unknown {
  try {
    return new Function(`return (${text});`)();
  } catch {
    return undefined;
  }
}

test("there are examples", () => {
  expect(examples.length).toBeGreaterThan(40);
});

describe("examples", () => {
  test.each(examples)("$place", ({ code }) => {
    const seen: [unknown, string][] = [];
    const { code: script } = transformSync(rewrite(code), { loader: "ts" });
    const names = Object.keys(lossbook);
    const run = new Function(...names, "collect", `{ ${script} }`);
    run(...Object.values(lossbook), (value: unknown, text: string) => seen.push([value, text]));
    for (const [value, text] of seen) {
      if (typeof value === "string") expect(value).toBe(text);
      else if (read(text) !== undefined) expect(value).toEqual(near(read(text)));
    }
  });
});

function near(value: unknown): unknown {
  if (typeof value === "number") return expect.closeTo(value, 6);
  if (Array.isArray(value)) return value.map(near);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, near(each)]));
  return value;
}
