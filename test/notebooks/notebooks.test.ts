/**
 * The curated notebooks: as files they are what Jupyter would write, without outputs; executed by our own runner they show what they promise, and executed with
 * another parameter their last cell fails.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import type { Ended } from "../runner/lossbook.ts";
import { executeAll } from "./execute.ts";
import { codeOf, type Notebook, type Output, readNotebook, textOf, toCanonical } from "./notebook.ts";

const FOLDER = resolve(import.meta.dirname, "../../notebooks");
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".ipynb"))
  .map((file) => basename(file, ".ipynb"));

/** A parameter with which a notebook's headline is not true: nothing is learned in one epoch, and enough points cannot be learned by heart. */
const BROKEN: Readonly<Record<string, readonly [from: string, to: string]>> = {
  "house-prices-mse": ["const epochs = 300;", "const epochs = 1;"],
  "cross-entropy-cats-dogs-birds": ["const epochs = 40;", "const epochs = 1;"],
  "focal-loss-on-imbalanced-images": ["const epochs = 20;", "const epochs = 1;"],
  "overfitting-and-ridge": ["const points = 20;", "const points = 200;"],
};

const CHART = "application/vnd.vegalite.v5+json";
const MOST_BYTES = 1_000_000;

const at = (name: string) => join(FOLDER, `${name}.ipynb`);
// with its parameter changed it stands beside it
const out = mkdtempSync(join(tmpdir(), "notebooks-"));
const executedAt = (name: string) => join(out, `${name}.ipynb`);
const brokenAt = (name: string) => join(out, `${name}-broken.ipynb`);
let ended: ReadonlyMap<string, Ended>;

beforeAll(async () => {
  for (const name of names) {
    const text = readFileSync(at(name), "utf8");
    writeFileSync(executedAt(name), text);
    writeFileSync(brokenAt(name), text.replace(...(BROKEN[name] ?? ["", ""])));
  }
  ended = await executeAll([...names.map(executedAt), ...names.map(brokenAt)]);
}, 300_000);

test("every notebook has a parameter with which it fails", () => {
  expect(names).toEqual(Object.keys(BROKEN).toSorted());
});

test("nbformat finds nothing against them, before and after", (context) => {
  const python = inject("python");
  if ("reason" in python) return context.skip(`needs Python: ${python.reason}`);
  const validate =
    "import nbformat, sys\nfor path in sys.argv[1:]: nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))";
  const files = names.flatMap((name) => [at(name), executedAt(name)]);
  const { status, stderr } = spawnSync(python.path, ["-W", "error", "-c", validate, ...files], { encoding: "utf8" });
  expect(status, stderr).toBe(0);
});

describe.each(names)("%s", (name) => {
  const source = readNotebook(at(name));
  let executed: Notebook;
  let outputs: readonly Output[];
  beforeAll(() => {
    executed = readNotebook(executedAt(name));
    outputs = codeOf(executed).flatMap((cell) => cell.outputs ?? []);
  });

  test("is written as Jupyter writes it, without outputs", () => {
    expect(readFileSync(at(name), "utf8")).toBe(toCanonical(source));
    expect(codeOf(source).filter((cell) => cell.execution_count !== null || cell.outputs?.length !== 0)).toEqual([]);
    expect(source).toMatchObject({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { name: "lossbook" } } });
  });

  test("has cells that can be named, parameters, and one title", () => {
    const ids = source.cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // words, as in links and diffs; what Jupyter makes by itself is eight hexadecimal digits
    expect(ids.filter((id) => !/^[a-z]+(-[a-z0-9]+)*$/.test(id) || /^(?=.*\d)[0-9a-f]{8}$/.test(id))).toEqual([]);
    expect(source.cells.length).toBeGreaterThanOrEqual(10);
    expect(source.cells.length).toBeLessThanOrEqual(20);
    expect(codeOf(source)[0]!.metadata.tags).toContain("parameters");
    const prose = source.cells.filter(({ cell_type }) => cell_type === "markdown").map((cell) => textOf(cell.source));
    expect(prose.flatMap((text) => text.match(/^# .*/gm) ?? [])).toHaveLength(1);
    expect(prose[0]).toMatch(/^# /);
  });

  test("runs without a mistake or a warning, every cell once, in order", () => {
    expect(ended.get(executedAt(name))).toMatchObject({ code: 0, stderr: "" });
    expect(outputs.filter((output) => output.output_type === "error" || output.name === "stderr")).toEqual([]);
    expect(codeOf(executed).map((cell) => cell.execution_count)).toEqual(codeOf(executed).map((_, i) => i + 1));
    // without its white space, which doubles a list of small numbers
    expect(JSON.stringify(executed).length).toBeLessThan(MOST_BYTES);
  });

  test("shows charts with a picture and a sentence, one of them with a control of its own", () => {
    const charts = outputs.flatMap(({ data }) => (data && CHART in data ? [data] : []));
    expect(charts.length).toBeGreaterThanOrEqual(3);
    for (const data of charts) {
      expect(Object.keys(data).toSorted()).toEqual([CHART, "image/png", "text/plain"]);
      const { description } = data[CHART] as { readonly description: string };
      expect(description).toMatch(/^[A-Z0-9].+\.$/s);
      expect(description).not.toMatch(/undefined|NaN|\[object/);
      expect(textOf(data["text/plain"])).toContain(description);
      // the first bytes of a PNG
      expect(textOf(data["image/png"])).toMatch(/^iVBORw0KGgo/);
    }
    expect(charts.filter((data) => hasControl(data[CHART])).length).toBeGreaterThan(0);
  });

  test("shows a training while it runs, of which one chart stays", () => {
    const trainings = outputs.filter(({ data }) => /^epoch (\d+)\/\1\b/.test(textOf(data?.["text/plain"])));
    expect(trainings.length).toBeGreaterThan(0);
    for (const { output_type, data } of trainings) {
      expect(output_type).toBe("display_data");
      expect(data).toHaveProperty([CHART]);
    }
  });

  test("asserts what it claims in its last cell, which fails when that is not so", () => {
    const last = codeOf(source).at(-1)!;
    expect(source.cells.at(-1)).toBe(last);
    expect(textOf(last.source).match(/^assert\./gm)!.length).toBeGreaterThanOrEqual(3);
    expect(codeOf(executed).at(-1)!.outputs).toEqual([
      { output_type: "stream", name: "stdout", text: ["all as expected\n"] },
    ]);
    expect(readFileSync(at(name), "utf8").split(BROKEN[name]![0])).toHaveLength(2);
    expect(ended.get(brokenAt(name))!.code).toBe(1);
    const failed = codeOf(readNotebook(brokenAt(name))).flatMap((cell) =>
      (cell.outputs ?? []).flatMap((output) => (output.ename ? [[cell.id, output.ename]] : [])),
    );
    expect(failed).toEqual([[last.id, "AssertionError"]]);
  });
});

/** A slider, a list or a box; a legend that can be clicked is none. */
function hasControl(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasControl);
  if (typeof value !== "object" || value === null) return false;
  const { bind } = value as { readonly bind?: { readonly input?: unknown } };
  return typeof bind?.input === "string" || Object.values(value).some(hasControl);
}
