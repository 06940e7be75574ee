import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lossbook } from "./lossbook.ts";

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
  version: string;
};

test("--version is the package's", () => {
  expect(lossbook(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test.each([[[]], [["--help"]], [["help"]]])("%j lists every command", (args) => {
  const { code, stdout } = lossbook(args);
  expect(code).toBe(0);
  for (const command of ["run", "install", "doctor", "kernel"])
    expect(stdout).toMatch(new RegExp(`^  ${command} +\\w`, "m"));
});

test.each(["run", "install", "doctor", "kernel"])("%s --help says how it is used", (command) => {
  const { code, stdout } = lossbook([command, "--help"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^usage: lossbook ${command}`));
});

test("an unknown command is named, with those there are", () => {
  expect(lossbook(["rnu"])).toEqual({
    code: 2,
    stdout: "",
    stderr: 'lossbook: there is no command "rnu"; there are run, install, doctor, kernel\n',
  });
});

test.each([
  [["kernel"], /usage: lossbook kernel <connection file>/, 2],
  [["kernel", "/nowhere/connection.json"], /The connection file \/nowhere\/connection\.json cannot be read/, 1],
])("%j is refused in one sentence", (args, sentence, exitCode) => {
  const { code, stderr } = lossbook(args);
  expect(stderr).toMatch(sentence);
  expect(code).toBe(exitCode);
});
