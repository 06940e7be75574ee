/** What stands in comments inside of classes, interfaces and objects – methods of tensors and generators, names of cells – prints what it says. */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { Generator, Tensor } from "../../src/index.ts";
import { expectPrinted, run } from "./example.ts";

const ROOT = resolve(import.meta.dirname, "../../src");
// examples write files
process.chdir(mkdtempSync(join(tmpdir(), "examples-")));

const folders = ["tensor", "tensor/method", "tensor/random", "loss"];
const sources = folders.flatMap((folder) => readdirSync(join(ROOT, folder)).map((file) => `${folder}/${file}`));
const examples = [...sources.filter((file) => file.endsWith(".ts")), "notebook.ts"].flatMap(findExamples);

/** Examples of indented comments, each with the name that it is about. */
function findExamples(file: string): [name: string, code: string][] {
  const source = readFileSync(join(ROOT, file), "utf8");
  const found = source.matchAll(
    /\* @example\n((?: {2} \* (?!@).*\n)+)(?: {2} \* @.*\n)* {2} \*\/\n {2}(?:const |get )?(\w+)/g,
  );
  return [...found].map(([, code, name]) => [`${file} ${name}`, code!.replace(/^ {2} \* /gm, "").trim()]);
}

/** With a model and data that the reader is to put in. */
const SKETCHED = ["notebook.ts train"];

test.each([
  ["tensor", Tensor.prototype],
  ["generator", Generator.prototype],
])("every method of a %s has an example", (_, prototype) => {
  const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== "constructor");
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !examples.some(([place]) => place.endsWith(` ${name}`)))).toEqual([]);
});

describe("an example prints what it says", () => {
  test.each(examples.filter(([place]) => !SKETCHED.includes(place)))("%s", async (_, code) => {
    for (const [value, printed] of await run(code)) expectPrinted(value, printed);
  });
});
