import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { lossbook } from "./lossbook.ts";

interface Output {
  output_type: string;
  name?: string;
  text?: string[];
  data?: Record<string, unknown>;
  ename?: string;
  evalue?: string;
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "notebooks-"));
}

/** A notebook as Jupyter writes it, from the sources of its code cells. */
function writeNotebook(path: string, sources: string[], metadata: Record<string, unknown>[] = []): string {
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    execution_count: null,
    id: `cell-${i}`,
    metadata: metadata[i] ?? {},
    outputs: [],
    source: source.split(/(?<=\n)/),
  }));
  const markdown = { cell_type: "markdown", id: "title", metadata: {}, source: ["# Title"] };
  writeFileSync(path, JSON.stringify({ cells: [markdown, ...cells], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return path;
}

function readOutputs(path: string): Output[][] {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as { cells: { cell_type: string; outputs: Output[] }[] };
  return cells.filter(({ cell_type }) => cell_type === "code").map(({ outputs }) => outputs);
}

test("executes cells in order, keeps names, and writes what they show", () => {
  const folder = newFolder();
  const path = writeNotebook(join(folder, "a.ipynb"), [
    "const xs = [1, 2, 3];\nconsole.log(xs.length);\nconsole.log('again')",
    "console.error('careful'); xs.map((x) => x * 2)",
  ]);
  const { code, stdout } = lossbook(["run", path, "--out", join(folder, "out")]);
  expect(stdout).toMatch(/^ok +.*a\.ipynb → .*out\/a\.ipynb \(\d+\.\d s\)\n$/);
  expect(code).toBe(0);
  expect(readOutputs(join(folder, "out/a.ipynb"))).toEqual([
    [{ output_type: "stream", name: "stdout", text: ["3\n", "again\n"] }],
    [
      { output_type: "stream", name: "stderr", text: ["careful\n"] },
      { output_type: "execute_result", execution_count: 2, metadata: {}, data: { "text/plain": ["[ 2, 4, 6 ]"] } },
    ],
  ]);
});

test("a failing cell ends the notebook, which is written all the same, and the exit code is 1", () => {
  const folder = newFolder();
  const path = writeNotebook(join(folder, "a.ipynb"), [
    "1",
    "throw new RangeError('too far')",
    "console.log('not reached')",
  ]);
  const { code, stdout, stderr } = lossbook(["run", "--in-place", path]);
  expect([code, stdout.slice(0, 6)]).toEqual([1, "failed"]);
  expect(stderr).toMatch(/a\.ipynb, cell 2:\n[\s\S]*RangeError: too far/);
  const [first, second, third] = readOutputs(path);
  expect(first![0]!.output_type).toBe("execute_result");
  expect(second).toMatchObject([{ output_type: "error", ename: "RangeError", evalue: "too far" }]);
  expect(third).toEqual([]);
});

test("a type error fails the cell before anything of it runs", () => {
  const folder = newFolder();
  const path = writeNotebook(join(folder, "a.ipynb"), ["console.log('ran');\nconst n: number = 'text';"]);
  expect(lossbook(["run", "--in-place", path]).code).toBe(1);
  expect(readOutputs(path)[0]).toMatchObject([{ output_type: "error", evalue: expect.stringContaining("TS2322") }]);
});

test("--allow-errors goes on; a cell tagged raises-exception may fail", () => {
  const folder = newFolder();
  const cells = ["throw new Error('one')", "console.log('reached')"];
  const path = writeNotebook(join(folder, "a.ipynb"), cells);
  expect(lossbook(["run", "--in-place", "--allow-errors", path]).code).toBe(1);
  expect(readOutputs(path)[1]).toMatchObject([{ text: ["reached\n"] }]);
  const tagged = writeNotebook(join(folder, "b.ipynb"), cells, [{ tags: ["raises-exception"] }]);
  expect(lossbook(["run", "--in-place", tagged]).code).toBe(0);
});

test("--timeout interrupts a cell that does not end", () => {
  const path = writeNotebook(join(newFolder(), "a.ipynb"), ["while (true) {}"]);
  expect(lossbook(["run", "--in-place", "--timeout", "0.5", path]).code).toBe(1);
  expect(readOutputs(path)[0]).toMatchObject([{ output_type: "error", ename: "KeyboardInterrupt" }]);
});

test("a display is updated where it stands, and cleared output is gone", () => {
  const path = writeNotebook(join(newFolder(), "a.ipynb"), [
    'await display("first", { id: "d" })',
    'await display("second", { id: "d", update: true })',
    'console.log("old"); clearOutput({ wait: true }); console.log("new")',
  ]);
  const { code, stderr } = lossbook(["run", "--in-place", path]);
  expect([code, stderr]).toEqual([0, ""]);
  const [shown, updating, cleared] = readOutputs(path);
  expect(JSON.stringify(shown)).toContain("second");
  expect(updating!.filter(({ output_type }) => output_type === "display_data")).toEqual([]);
  expect(cleared).toMatchObject([{ output_type: "stream", text: ["new\n"] }]);
});

test("a folder stands for its notebooks, in order; checkpoints are no notebooks", () => {
  const folder = newFolder();
  mkdirSync(join(folder, ".ipynb_checkpoints"));
  for (const name of ["b.ipynb", "a.ipynb", ".ipynb_checkpoints/a-checkpoint.ipynb"])
    writeNotebook(join(folder, name), ["1"]);
  const { stdout } = lossbook(["run", folder, "--out", join(folder, "out")]);
  expect(stdout.match(/→ \S+/g)!.map((target) => basename(target))).toEqual(["a.ipynb", "b.ipynb"]);
});

test("relative imports and files are the notebook's folder's", () => {
  const folder = newFolder();
  writeFileSync(join(folder, "local.ts"), "export const answer: number = 42;");
  const path = writeNotebook(join(folder, "a.ipynb"), [
    'import { readdirSync } from "node:fs"; import { answer } from "./local.ts"; [answer, readdirSync(".").includes("local.ts")]',
  ]);
  lossbook(["run", "--in-place", path], { cwd: tmpdir() });
  expect(readOutputs(path)[0]).toMatchObject([{ data: { "text/plain": ["[ 42, true ]"] } }]);
});

test("a lossbook.json beside the notebook relaxes the check; a mistake in it is said in the first cell", () => {
  const folder = newFolder();
  const path = writeNotebook(join(folder, "a.ipynb"), ["const n: number = 'text'; n"]);
  writeFileSync(join(folder, "lossbook.json"), '{ "check": "off" }');
  expect(lossbook(["run", "--in-place", path]).code).toBe(0);
  expect(readOutputs(path)[0]).toMatchObject([{ data: { "text/plain": ["'text'"] } }]);
  writeFileSync(join(folder, "lossbook.json"), '{ "chek": "off" }');
  expect(lossbook(["run", "--in-place", path]).code).toBe(1);
  const [said, refused] = readOutputs(path)[0]!;
  expect(said).toMatchObject({ name: "stderr", text: [expect.stringContaining('"chek" is not known')] });
  expect(refused).toMatchObject({ output_type: "error", evalue: expect.stringContaining("TS2322") });
});

test.each([
  [["run"], /run: No notebook is named\./],
  [["run", "none.ipynb"], /run: none\.ipynb does not exist\./],
  [["run", "--out", "x", "--in-place", "."], /--out and --in-place exclude each other/],
  [["run", "--timeout", "soon", "."], /--timeout soon: a number of seconds is expected/],
  [["run", "--fast", "."], /Unknown option '--fast'/],
])("a mistake in %j is one sentence, the usage, and exit code 2", (args, sentence) => {
  const { code, stderr } = lossbook(args, { cwd: newFolder() });
  expect(stderr).toMatch(sentence);
  expect(code).toBe(2);
});

test.each([
  ["{", /cannot be read as a notebook/],
  ['{"nbformat": 3, "worksheets": []}', /is not a notebook of format 4 \(nbformat is 3\)/],
])("a file that is no notebook is said to be none: %s", (text, sentence) => {
  const path = join(newFolder(), "a.ipynb");
  writeFileSync(path, text);
  const { code, stderr } = lossbook(["run", path]);
  expect(stderr).toMatch(sentence);
  expect(code).toBe(1);
});
