import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findDataFolder } from "../../kernel/history/folder.ts";
import { toPattern } from "../../kernel/history/glob.ts";
import { openHistory } from "../../kernel/history/history.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "history-"));
const inputs = (entries: { input: string }[]) => entries.map(({ input }) => input);

async function earlierKernel(folder: string, cells: string[]): Promise<void> {
  const history = openHistory(folder);
  for (const [i, cell] of cells.entries()) history.add(i + 1, cell, undefined);
  await history.close();
}

test("tail reaches back over earlier kernels", async () => {
  const folder = newFolder();
  await earlierKernel(folder, ["a", "b"]);
  await earlierKernel(folder, ["c"]);
  const history = openHistory(folder);
  history.add(1, "d", "4");
  expect(inputs(history.tail(3))).toEqual(["b", "c", "d"]);
  expect(history.tail(1)).toEqual([{ session: 3, line: 1, input: "d", output: "4" }]);
  expect(history.tail(0)).toEqual([]);
  expect(inputs(history.tail(99))).toEqual(["a", "b", "c", "d"]);
  await history.close();
});

test("range counts sessions from this one backwards, or by their number", async () => {
  const folder = newFolder();
  await earlierKernel(folder, ["a", "b", "c"]);
  const history = openHistory(folder);
  history.add(1, "x", undefined);
  history.add(2, "y", undefined);
  expect(inputs(history.range(0, 1, 2))).toEqual(["x"]);
  expect(inputs(history.range(0, 2, undefined))).toEqual(["y"]);
  expect(inputs(history.range(-1, 2, 4))).toEqual(["b", "c"]);
  expect(inputs(history.range(1, 1, 2))).toEqual(["a"]);
  expect(history.range(77, 0, undefined)).toEqual([]);
  await history.close();
});

test("search takes shell patterns, a count, and each text once", async () => {
  const folder = newFolder();
  await earlierKernel(folder, ["let a = 1", "a + 1", "let b = 2"]);
  const history = openHistory(folder);
  history.add(1, "let a = 1", undefined);
  expect(inputs(history.search("let*", undefined, false))).toEqual(["let a = 1", "let b = 2", "let a = 1"]);
  expect(inputs(history.search("let*", undefined, true))).toEqual(["let b = 2", "let a = 1"]);
  expect(inputs(history.search("*a*", 1, false))).toEqual(["let a = 1"]);
  expect(history.search("*a*", 0, false)).toEqual([]);
  await history.close();
});

test("kernels that start together have different numbers", async () => {
  const folder = newFolder();
  const kernels = Array.from({ length: 20 }, () => openHistory(folder));
  for (const [i, history] of kernels.entries()) history.add(1, `cell of ${i}`, undefined);
  await Promise.all(kernels.map((history) => history.close()));
  const sessions = readdirSync(folder);
  expect(sessions.length).toBe(20);
  expect(new Set(sessions.map((name) => readFileSync(join(folder, name), "utf8"))).size).toBe(20);
});

test("a kernel that ran nothing leaves nothing", async () => {
  const folder = newFolder();
  await openHistory(folder).close();
  expect(readdirSync(folder)).toEqual([]);
});

test("the last line of a killed kernel does not hide the others", async () => {
  const folder = newFolder();
  await earlierKernel(folder, ["a"]);
  appendFileSync(join(folder, readdirSync(folder)[0]!), '[2,"cut');
  expect(inputs(openHistory(folder).tail(5))).toEqual(["a"]);
});

test("where nothing can be written, this kernel's history is kept all the same", async () => {
  const file = join(newFolder(), "a file");
  writeFileSync(file, "");
  const history = openHistory(file);
  history.add(1, "a", undefined);
  expect(inputs(history.tail(5))).toEqual(["a"]);
  await history.close();
});

test.each([
  ["a*", "abc", true],
  ["a*", "xabc", false],
  ["?b", "ab", true],
  ["[ab]c", "bc", true],
  ["[!ab]c", "bc", false],
  ["a.c", "abc", false],
  ["*(x)*", "f(x)\ng", true],
])("the pattern %s against %s: %s", (glob, text, matches) => {
  expect(toPattern(glob).test(text)).toBe(matches);
});

test.each<[NodeJS.ProcessEnv, NodeJS.Platform, RegExp]>([
  [{ LOSSBOOK_DATA_DIR: "/x" }, "linux", /^\/x$/],
  [{ XDG_DATA_HOME: "/data" }, "linux", /^\/data\/lossbook$/],
  [{}, "linux", /\.local\/share\/lossbook$/],
  [{}, "darwin", /Library\/Application Support\/lossbook$/],
  [{ APPDATA: "/roaming" }, "win32", /^\/roaming\/lossbook$/],
])("the data folder of %o on %s", (env, platform, path) => {
  expect(findDataFolder(env, platform)).toMatch(path);
});
