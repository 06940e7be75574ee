/** One formatter, one linter, the strictest compiler: a change that one of them refuses fails the suite. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

function run(script: string, ...args: string[]): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(ROOT, "node_modules", script), ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { code: status, output: stdout + stderr };
}

test("formatted and linted (`npm run format` mends most)", () => {
  const { code, output } = run("@biomejs/biome/bin/biome", "ci", "--max-diagnostics=20", ".");
  expect(code, output).toBe(0);
});

test("type-checked (`npm run check`)", () => {
  const { code, output } = run("typescript/bin/tsc", "-p", "tsconfig.json");
  expect(code, output).toBe(0);
});

test("what only cells know is typed apart", () => {
  const { code, output } = run("typescript/bin/tsc", "-p", "tsconfig.build.json", "--noEmit");
  expect(code, output).toBe(0);
});

test("a forgotten import is not found among the names of cells: they are no part of what is checked", () => {
  const { output } = run("typescript/bin/tsc", "-p", "tsconfig.json", "--listFilesOnly");
  const files = output.split("\n");
  expect(files).toContain(resolve(ROOT, "src/preloaded.ts"));
  expect(files).not.toContain(resolve(ROOT, "src/notebook.ts"));
});
