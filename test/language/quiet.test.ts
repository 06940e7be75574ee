import { chmodSync, existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openNotebook } from "./notebook.ts";

/** TypeScript's editors' service looks for types of packages by running npm, unless it is told not to. */
test("nobody runs npm behind the user's back", async () => {
  const folder = mkdtempSync(join(tmpdir(), "npm-"));
  const marker = join(folder, "was-run");
  writeFileSync(join(folder, "npm"), `#!/bin/sh\necho "$@" >> ${marker}\n`);
  chmodSync(join(folder, "npm"), 0o755);
  const { PATH } = process.env;
  process.env["PATH"] = `${folder}${delimiter}${PATH}`;
  const notebook = openNotebook({ "package.json": '{ "dependencies": { "lodash": "4" } }' });
  onTestFinished(async () => {
    process.env["PATH"] = PATH;
    await notebook.close();
  });
  for (let i = 0; i < 30; i++) await notebook.check(`import x${i} from "lodash"; const v${i} = ${i}; v${i}`);
  expect(existsSync(marker)).toBe(false);
});
