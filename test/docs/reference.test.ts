/** The reference has an entry for everything that the package exports at run time, with a comment, and an example where a user needs one. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import * as lossbook from "../../src/index.ts";
import { expectPrinted, run } from "./example.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const OUT = mkdtempSync(join(tmpdir(), "reference-"));
// examples write files
process.chdir(mkdtempSync(join(tmpdir(), "examples-")));
afterAll(() => rmSync(OUT, { recursive: true }));

const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "docs/reference.mjs"), OUT], { encoding: "utf8" });
const pages = readdirSync(OUT).filter((file) => file !== "README.md");
const entries = new Map(pages.flatMap((page) => findEntries(readFileSync(join(OUT, page), "utf8"))));
const exported = findExported(lossbook, "");

/** Pages whose every function shows how it is called. */
const SHOWN = /^(loss|optim|metric|nn|model|data|chart|grad|tensor)\b/;

test("is written", () => {
  expect(status, stderr).toBe(0);
  const wanted = "chart data grad linalg loss metric model nn optim random tensor train".split(" ");
  expect(pages.map((page) => page.replace(".md", ""))).toEqual(wanted);
  expect(exported.length).toBeGreaterThan(250);
});

test("everything that is exported has an entry", () => {
  expect(exported.filter((path) => !entries.has(path))).toEqual([]);
});

test("every function and class has a comment", () => {
  expect(exported.filter((path) => readProse(path) === "")).toEqual([]);
});

test("every function has an example where it is called from cells", () => {
  const without = [...exported].filter((path) => SHOWN.test(path) && !isClass(path) && !hasExample(path));
  expect(without).toEqual([]);
});

test("every method of a tensor has a comment", () => {
  const [, members] = entries.get("Tensor")!.split("Members:\n\n") as [string, string];
  const lines = members.split("\n").filter((line) => line.startsWith("- "));
  expect(lines.length).toBeGreaterThan(80);
  expect(lines.filter((line) => !line.includes("` – ") && !/^- `(shape|dtype|trace)\b/.test(line))).toEqual([]);
});

describe("an entry says", () => {
  test("signature, formula, example, errors, source, options with their defaults", () => {
    const entry = entries.get("loss.focal")!;
    expect(entry).toContain("focal<Z extends Tensor,");
    expect(entry).toContain("`l = –α_y (1 – p_y)^γ log p_y`");
    expect(entry).toContain("loss.focal(tensor([[2, 0, 0]]), tensor([0])).item() // 0.010869");
    expect(entry).toContain("- ShapeError `focal: logits of shape [4, 3] need 4 targets, got shape [5].`");
    expect(entry).toContain("See Lin et al. 2017");
    expect(entry).toContain("- `gamma?: number` – How much the easy ones are turned down: 2 unless given");
    expect(entry, "inherited").toContain('- `reduction?: R` – `"mean"` unless given.');
  });

  test("all overloads", () => {
    expect(entries.get("arange")!.match(/^arange(<const N|\(start: number)/gm)).toHaveLength(2);
  });

  test("all names of one thing", () => {
    expect(entries.get("tensor.zeros")).toBe(entries.get("zeros"));
    expect(entries.get("nn.kaimingNormal")).toBe(entries.get("nn.heNormal"));
  });
});

/** Examples with names that the reader is to put in: a model, a file, a table of another library. */
const SKETCHED = [
  "data.parseCsv",
  "data.readCsv",
  "data.fromTable",
  "train.fit",
  "train.progress",
  "train.load",
  "train.save",
];

describe("an example prints what it says", () => {
  const examples = [...new Set(entries.values())].flatMap((text) => {
    const [, path] = /^### `(.*?)`/.exec(text)!;
    const code = /\nExample:\n\n```ts\n([\s\S]*?)\n```/.exec(text)?.[1];
    return code === undefined || SKETCHED.includes(path!) ? [] : [[path!, code] as const];
  });

  test("there are examples", () => {
    expect(examples.length).toBeGreaterThan(200);
  });

  test.each(examples)("%s", async (_, code) => {
    for (const [value, printed] of await run(code)) expectPrinted(value, printed);
  });
});

/** `### \`loss.mse\`, \`mse\`` and what follows it. */
function findEntries(page: string): [path: string, text: string][] {
  return page
    .split(/^(?=##)/m)
    .filter((text) => text.startsWith("### "))
    .flatMap((text) => {
      const [heading] = text.split("\n", 1) as [string];
      return [...heading.matchAll(/`([^`]+)`/g)].map(([, path]) => [path!, text] as [string, string]);
    });
}

/** `loss.mse`, `optim.schedule.step`: all functions, those inside objects with the object's name before theirs. */
function findExported(home: object, prefix: string): string[] {
  return Object.entries(home).flatMap(([name, value]: [string, unknown]) => {
    const path = prefix + name;
    if (typeof value === "object" && value !== null) return findExported(value, `${path}.`);
    return typeof value === "function" ? [path, ...(isClass(path) ? [] : findExported(value, `${path}.`))] : [];
  });
}

function isClass(path: string): boolean {
  return /(^|\.)[A-Z]\w*$/.test(path);
}

/** What an entry says beside code and lists. */
function readProse(path: string): string {
  return (entries.get(path) ?? "").replace(/^###.*$|^```[\s\S]*?^```$|^- .*$|^\w+:$/gm, "").trim();
}

/** A block of its own, or a line within the text: `zeros([2]).toArray()` is `[0, 0]`. */
function hasExample(path: string): boolean {
  const text = entries.get(path) ?? "";
  return text.includes("\nExample:\n") || /`[^`]*\([^`]*\)` is /.test(text);
}
