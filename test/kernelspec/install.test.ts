import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { expect, test } from "vitest";
import { findSysPrefixFolder, findUserFolder } from "../../kernel/kernelspec/folder.ts";

const LOSSBOOK = join(import.meta.dirname, "../../dist/runner/main.js");

function run(args: string[], env: NodeJS.ProcessEnv = {}): string {
  return execFileSync(process.execPath, [LOSSBOOK, ...args], {
    encoding: "utf8",
    env: { ...process.env, ...env },
    stdio: "pipe",
  });
}

test("--prefix writes a kernelspec whose paths exist, and its logos", () => {
  const prefix = mkdtempSync(join(tmpdir(), "prefix-"));
  const folder = join(prefix, "share/jupyter/kernels/ts");
  expect(run(["install", "--prefix", prefix, "--name", "ts", "--display-name", "Mine"])).toContain(folder);
  const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")) as { argv: string[] };
  expect(spec).toMatchObject({
    display_name: "Mine",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.5.0",
  });
  expect(spec.argv.at(-1)).toBe("{connection_file}");
  for (const path of spec.argv.slice(0, -1).filter((argument) => !argument.startsWith("--")))
    expect(isAbsolute(path) && existsSync(path), path).toBe(true);
  expect(readFileSync(join(folder, "logo-svg.svg"), "utf8")).toContain("<svg");
  for (const size of [32, 64]) {
    const png = readFileSync(join(folder, `logo-${size}x${size}.png`));
    // The width stands at byte 16 of a PNG.
    expect([png.subarray(1, 4).toString(), png.readUInt32BE(16)]).toEqual(["PNG", size]);
  }
});

test("--user and the default write where Jupyter looks, without Jupyter or Python on the PATH", () => {
  const data = mkdtempSync(join(tmpdir(), "jupyter-"));
  run(["install"], { JUPYTER_DATA_DIR: data, PATH: "" });
  expect(existsSync(join(data, "kernels/lossbook/kernel.json"))).toBe(true);
});

test("--sys-prefix follows the active environment", () => {
  const prefix = mkdtempSync(join(tmpdir(), "venv-"));
  run(["install", "--sys-prefix"], { VIRTUAL_ENV: prefix });
  expect(existsSync(join(prefix, "share/jupyter/kernels/lossbook/kernel.json"))).toBe(true);
  expect(findSysPrefixFolder({ CONDA_PREFIX: "/conda" })).toBe("/conda/share/jupyter");
});

test("--sys-prefix without any Python says what else there is", () => {
  const env = { PATH: "", VIRTUAL_ENV: undefined, CONDA_PREFIX: undefined };
  expect(() => run(["install", "--sys-prefix"], env)).toThrow(
    /no Python environment is active .* use --user or --prefix DIR/,
  );
});

test.each([
  [["install", "--name", "no good"], /a kernel's name consists of letters/],
  [["install", "--user", "--prefix", "x"], /exclude each other/],
  [["install", "somewhere"], /install takes no arguments, got somewhere/],
  [["install", "--colour"], /Unknown option '--colour'/],
])("a mistake in %j is said", (args, sentence) => {
  expect(() => run(args)).toThrow(sentence);
});

test.each<[NodeJS.ProcessEnv, NodeJS.Platform, RegExp]>([
  [{ JUPYTER_DATA_DIR: "/j" }, "linux", /^\/j$/],
  [{ XDG_DATA_HOME: "/x" }, "linux", /^\/x\/jupyter$/],
  [{}, "darwin", /Library\/Jupyter$/],
  [{ APPDATA: "/r" }, "win32", /^\/r\/jupyter$/],
])("a user's kernelspecs with %o on %s", (env, platform, path) => {
  expect(findUserFolder(env, platform)).toMatch(path);
});
