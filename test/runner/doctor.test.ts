import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lossbook } from "./lossbook.ts";

interface Finding {
  name: string;
  needed: boolean;
  ok: boolean;
  detail: string;
  mend?: string;
}

const folder = mkdtempSync(join(tmpdir(), "doctor-"));
const env = {
  JUPYTER_DATA_DIR: join(folder, "jupyter"),
  JUPYTER_PATH: "",
  LOSSBOOK_DATA_DIR: join(folder, "data"),
  VIRTUAL_ENV: folder,
};

function examine(extra: NodeJS.ProcessEnv = {}): { code: number | null; findings: Map<string, Finding> } {
  const { code, stdout } = lossbook(["doctor", "--json"], { env: { ...env, ...extra } });
  return { code, findings: new Map((JSON.parse(stdout) as Finding[]).map((finding) => [finding.name, finding])) };
}

test("everything that is needed is here; what is absent comes with its mend", () => {
  const { code, findings } = examine();
  expect([...findings.values()].filter(({ needed, ok }) => needed && !ok)).toEqual([]);
  expect(code).toBe(0);
  expect(findings.get("Kernelspec")).toMatchObject({ ok: false, mend: expect.stringContaining("lossbook install") });
  expect(lossbook(["install"], { env }).code).toBe(0);
  expect(examine().findings.get("Kernelspec")).toMatchObject({ ok: true, detail: expect.stringContaining(folder) });
});

test("a folder that cannot be written is named, and no reason to fail", () => {
  const { code, findings } = examine({ LOSSBOOK_DATA_DIR: "/dev/null/nowhere" });
  expect(findings.get("History")).toMatchObject({ ok: false, detail: expect.stringContaining("/dev/null/nowhere") });
  expect(code).toBe(0);
});

test("for people it is a line each", () => {
  expect(lossbook(["doctor"], { env }).stdout).toMatch(/^ok +Node\.js +v\d+/m);
});
