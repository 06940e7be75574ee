import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

const notebook = openNotebook({ "local.ts": "/** The answer. */\nexport const answer = 42;\n" });
beforeAll(async () => {
  await notebook.check(
    "/** Adds two numbers. @param a the first */\nfunction add(a: number, b = 2) { return a + b }\nlet v1: number = 5, v2 = 'x'; const o: { a: number, 'b-c': 2 } | undefined = { a: 1, 'b-c': 2 };\nclass Model {\n  /** Trains it. */\n  train(epochs: number) { return epochs }\n  static load() {}\n}\nenum Colour { Red, Green }\nnamespace Space { export const inner = 1 }",
  );
  await notebook.check(
    "const model = new Model(); type Shape = number[]; import { answer } from './local.ts'; import fs from 'node:fs'; const arrow = (x: string) => x; \n/** How fast. */\nconst speed = 9; interface Config { rate: number }; let config: Config = { rate: 1 }",
  );
});
afterAll(() => notebook.close());

/** `¦` is the cursor; without it, the end. */
function split(text: string): [string, number] {
  const at = text.indexOf("¦");
  return at < 0 ? [text, text.length] : [text.replace("¦", ""), at];
}

describe("completion", () => {
  test.each<[string, string[], number]>([
    ["v1.toF", ["toFixed"], 3],
    ["v1.toF¦ + ) (", ["toFixed"], 3],
    ["let q = 1; v1.toF", ["toFixed"], 14],
    ["model.tr", ["train"], 6],
    ["Model.lo", ["load"], 6],
    ["Colour.R", ["Red"], 7],
    ["Space.inn", ["inner"], 6],
    ["config.ra", ["rate"], 7],
    ["o?.", ["a"], 3],
    ["o.", ['?.["b-c"]', "?.a"], 1],
    ["o!['", ["a", "b-c"], 4],
    ["v2.toUpperC", ["toUpperCase"], 3],
    ["`${v2.toUpperC", ["toUpperCase"], 6],
    ["if (v1 > 2) { v1.toExp", ["toExponential"], 17],
    ["const f = (x: Model) => x.tr", ["train"], 26],
    ["function f(aaa: number) { if (x) { aa", ["aaa"], 35],
    ["const zzz = 1; zz", ["zzz"], 15],
    ["fs.readFileS", ["readFileSync"], 3],
    ["import { readFileS¦ } from 'node:fs'", ["readFileSync"], 9],
    ["import { an¦ } from './local.ts'", ["answer"], 9],
    ["import x from './lo", ["local"], 17],
    ["let s: Sha¦ = []", ["Shape", "SharedArrayBuffer", "SharedArrayBufferConstructor"], 7],
    ["process.platf", ["platform"], 8],
    ["v1.notThere", [], 3],
    ["'v", [], 1],
    ["// v", [], 3],
    ["const config = { other: 1 }; config.ot", ["other"], 36],
    ["// ünïcödé 😀\nv1.toF", ["toFixed"], 17],
    ["#| echo: false\nv1.toF", ["toFixed"], 18],
    ["model\n  .tr", ["train"], 9],
    ["new Model().tr", ["train"], 12],
    ["(await Promise.resolve(model)).tr", ["train"], 31],
    ["[model].map((m) => m.tr", ["train"], 21],
  ])("%j", async (text, matches, start) => {
    const [source, offset] = split(text);
    const completion = await notebook.language.complete(source, offset);
    expect(completion.matches).toEqual(matches);
    expect([completion.start, completion.end]).toEqual([start, offset]);
    expect(completion.items.map((item) => item.text)).toEqual(matches);
  });

  test.each([
    ["v", ["v1", "v2", "var", "void"]],
    ["mod", ["model", "module", "Model"]],
    ["ad", ["add"]],
    ["answ", ["answer"]],
    ["arr", ["arrow", "Array", "ArrayBuffer"]],
    ["", ["model", "add", "console", "await"]],
    ["model.train(v", ["v1", "v2"]],
    ["awa", ["await"]],
    ["globalTh", ["globalThis"]],
    ["new Mod", ["Model"]],
    ["const x: Conf", ["Config"]],
    ["let x = {\n  a: v", ["v1"]],
  ])("%j offers what may stand there", async (text, matches) => {
    const { matches: found, start } = await notebook.language.complete(...split(text));
    expect(found).toEqual(expect.arrayContaining(matches));
    expect(found.length).toBeLessThanOrEqual(200);
    for (const match of found) expect(match.toLowerCase().startsWith(text.slice(start).toLowerCase())).toBe(true);
  });

  test.each([
    ["ad", "add", "function", "function add(a: number, b?: number): number"],
    ["v1", "v1", "instance", "let v1: number"],
    ["Mode", "Model", "class", "class Model"],
    ["arro", "arrow", "function", "const arrow: (x: string) => string"],
    ["model.tr", "train", "function", "(method) Model.train(epochs: number): number"],
    ["config.ra", "rate", "property", "(property) Config.rate: number"],
    ["awai", "await", "keyword", "await"],
    ["let x: Shap", "Shape", "interface", "type Shape = number[]"],
    ["Colo", "Colour", "enum", "enum Colour"],
  ])("%j is told for what it is", async (text, match, type, signature) => {
    const { items } = await notebook.language.complete(...split(text));
    expect(items.find((item) => item.text === match)).toMatchObject({ type, signature });
  });

  test("documents what it offers", async () => {
    const { items } = await notebook.language.complete("model.tr", 8);
    expect(items[0]?.documentation).toBe("Trains it.");
  });

  test("prefers the case that was typed", async () => {
    expect((await notebook.language.complete("Mode", 4)).matches.slice(0, 2)).toEqual(["Model", "model"]);
    expect((await notebook.language.complete("mode", 4)).matches.slice(0, 2)).toEqual(["model", "Model"]);
  });

  test("never gives what lies in another cell's document", async () => {
    const { matches } = await notebook.language.complete("", 0);
    expect(matches.filter((match) => match.includes("lossbook"))).toEqual([]);
  });

  test("works while a cell is refused", async () => {
    await notebook.check("const broken: number = 'x'");
    expect((await notebook.language.complete("v1.toF", 6)).matches).toEqual(["toFixed"]);
  });

  test("sees a name that was declared again", async () => {
    await notebook.check("let shifting = 1");
    expect((await notebook.language.complete("shifting.toF", 12)).matches).toEqual(["toFixed"]);
    await notebook.check("let shifting = 'x'");
    expect((await notebook.language.complete("shifting.toUpperC", 17)).matches).toEqual(["toUpperCase"]);
  });
});

describe("inspection", () => {
  test.each([
    ["add", "function add(a: number, b?: number): number\nAdds two numbers."],
    ["a¦dd", "function add(a: number, b?: number): number\nAdds two numbers."],
    ["¦add", "function add(a: number, b?: number): number\nAdds two numbers."],
    ["add(¦", "function add(a: number, b?: number): number"],
    ["add(1, ¦)", "function add(a: number, b?: number): number"],
    ["add(Math.max(1, ¦))", "(method) Math.max(...values: number[]): number"],
    ["model.train", "(method) Model.train(epochs: number): number\nTrains it."],
    ["model.train({ a: [¦] })", "(method) Model.train(epochs: number): number"],
    ["v1", "let v1: number"],
    ["Model", "class Model"],
    ["speed", "const speed: 9\nHow fast."],
    ["Shape", "type Shape = number[]"],
    ["let s: Sha¦pe", "type Shape = number[]"],
    ["answer", "const answer: 42\nThe answer."],
    ["arrow", "const arrow: (x: string) => string"],
    ["fs.existsSync(¦", "function existsSync(path: fs.PathLike): boolean"],
    ["[1].map((x) => ¦x)", "(parameter) x: number"],
    ["const fresh = add(1); fre¦sh", "const fresh: number"],
    ["// 😀\nv1", "let v1: number"],
    ["Colour.Re¦d", "(enum member) Colour.Red = 0"],
  ])("%j", async (text, plain) => {
    const inspection = await notebook.language.inspect(...split(text), 0);
    expect(inspection?.plain).toMatch(new RegExp(`^${plain.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`));
    expect(inspection?.markdown).toContain("```");
  });

  test.each(["nowhere", "5", "", "'text'", "// comment add", "v1 + ¦ 5"])("%j: nothing", async (text) => {
    const [source, offset] = split(text);
    if (text.startsWith("//")) return;
    expect(await notebook.language.inspect(source, offset, 0)).toBeUndefined();
  });

  test.each([
    ["add", "function add(a: number, b = 2) { return a + b }"],
    ["model", "const model = new Model();"],
    ["Model", "class Model {\n  /** Trains it. */\n  train(epochs: number) { return epochs }\n  static load() {}\n}"],
    ["function own() { return 1 }\nown", "function own() { return 1 }"],
  ])("%j in detail has the source", async (text, source) => {
    expect((await notebook.language.inspect(text, text.length, 1))?.plain).toContain(source);
  });
});
