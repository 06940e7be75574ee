import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfiguration } from "../kernel/configuration.ts";

function folderWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "configuration-"));
  writeFileSync(join(folder, "lossbook.json"), text);
  return folder;
}

test("without a file cells are checked strictly", () => {
  expect(readConfiguration(mkdtempSync(join(tmpdir(), "bare-")))).toEqual({ check: "error" });
});

test("the nearest file upwards holds", () => {
  const folder = folderWith('{ "check": "warn", "memory": 512 }');
  mkdirSync(join(folder, "a/b"), { recursive: true });
  expect(readConfiguration(join(folder, "a/b"))).toEqual({ check: "warn", memory: 512 });
  writeFileSync(join(folder, "a/lossbook.json"), "{}");
  expect(readConfiguration(join(folder, "a/b"))).toEqual({ check: "error" });
});

test.each([
  ["{", /lossbook\.json: .*JSON/],
  ["[1]", /"0" is not known; there are "check" and "memory"\./],
  ["null", /an object is expected, not null\./],
  ['{ "chek": "off" }', /"chek" is not known; there are "check" and "memory"\./],
  ['{ "check": "maybe" }', /check is "maybe", not one of "error", "warn", "off"\./],
  ['{ "memory": 12 }', /memory is 12, not a number of megabytes from 64\./],
])("%s is a mistake in one sentence", (text, sentence) => {
  expect(() => readConfiguration(folderWith(text))).toThrow(sentence);
});
