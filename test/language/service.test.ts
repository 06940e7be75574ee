import { execFileSync, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

let notebook: ReturnType<typeof openNotebook>;
afterEach(() => notebook.close());

/** The processes of TypeScript that this process has started. */
function findProcesses(parent = process.pid): number[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  return rows.flatMap((row) => {
    const [, pid, ppid, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
    return Number(ppid) === parent && args?.includes("--lsp") ? [Number(pid)] : [];
  });
}

describe("the process of TypeScript", () => {
  test("is started again when it ends, and knows the cells", async () => {
    notebook = openNotebook();
    await notebook.check("const kept = { n: 1 }");
    const [pid] = findProcesses();
    process.kill(pid!, "SIGKILL");
    expect((await notebook.check("const s: string = kept.n")).join()).toMatch(/'number' is not assignable/);
    expect(findProcesses()).not.toContain(pid);
    expect((await notebook.language.complete("kept.", 5)).matches).toContain("n");
  });

  test("is started again when it ends in the middle of a check", async () => {
    notebook = openNotebook();
    await notebook.check("const before = 1");
    const checking = notebook.check("const s: string = before + 1");
    for (const pid of findProcesses()) process.kill(pid, "SIGKILL");
    expect((await checking).join()).toMatch(/'number' is not assignable/);
  });

  test("ends with close", async () => {
    notebook = openNotebook();
    await notebook.check("1");
    const before = findProcesses();
    expect(before).toHaveLength(1);
    await notebook.language.close();
    expect(findProcesses()).toEqual([]);
  });

  test("ends when the kernel is killed", async () => {
    notebook = openNotebook();
    const program = `
      const { spawn } = require("node:child_process");
      const child = spawn(process.argv[1], ["--lsp", "--stdio"], { stdio: ["pipe", "pipe", "ignore"], detached: true });
      console.log(child.pid);
      setInterval(() => {}, 1000);`;
    const { findTypeScript } = await import("../../kernel/language/executable.ts");
    const kernel = spawn(process.execPath, ["-e", program, findTypeScript()], { stdio: ["ignore", "pipe", "inherit"] });
    const pid = await new Promise<number>((resolve) => kernel.stdout.once("data", (data) => resolve(Number(data))));
    kernel.kill("SIGKILL");
    await expect.poll(() => isRunning(pid), { timeout: 5000 }).toBe(false);
  });

  test("leaves the folder alone", async () => {
    notebook = openNotebook({ "local.ts": "export const a = 1\n" });
    await notebook.check("import { a } from './local.ts'");
    await notebook.language.complete("a.", 2);
    expect(readdirSync(notebook.cwd)).toEqual(["local.ts"]);
  });

  test.each(["/nonexistent/tsc", "/bin/false", "/bin/true"])("is not needed to run a cell: %s", async (typescript) => {
    notebook = openNotebook({}, { typescript });
    await notebook.language.ready;
    const [warning = ""] = await notebook.check("const a: number = 'x'");
    expect(warning).toMatch(/cells run without a type check/);
    expect(await notebook.check("const b: number = a")).toEqual([]);
    expect((await notebook.language.complete("a", 1)).matches).toEqual(["a"]);
    expect(await notebook.language.inspect("a", 1, 0)).toBeUndefined();
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(execFileSync("cat", [`/proc/${pid}/stat`], { encoding: "utf8" }));
  } catch {
    return false;
  }
}

describe("files of the notebook's folder", () => {
  test("a local module that changes is read again", async () => {
    notebook = openNotebook({ "local.ts": "export const value: number = 1\n" });
    const cell = "import { value } from './local.ts'; value.toFixed()";
    expect(await notebook.check(cell)).toEqual([]);
    notebook.write("local.ts", "export const value: string = 'changed'\n");
    expect((await notebook.check(cell)).join()).toMatch(/'toFixed' does not exist on type 'string'/);
    notebook.write("local.ts", "export const value: number = 22\n");
    expect(await notebook.check(cell)).toEqual([]);
  });

  test("so is what it imports", async () => {
    notebook = openNotebook({
      "a.ts": "export * from './deep/b.ts'\n",
      "deep/b.ts": "export const value: number = 1\n",
    });
    expect(await notebook.check("import { value } from './a'")).toEqual([]);
    expect(await notebook.check("value.toFixed()")).toEqual([]);
    notebook.write("deep/b.ts", "export const value: string = 'changed'\n");
    expect((await notebook.check("value.toFixed()")).join()).toMatch(/'toFixed' does not exist on type 'string'/);
  });

  test("a module that appears, and goes", async () => {
    notebook = openNotebook();
    expect((await notebook.check("import { late } from './late.ts'")).join()).toMatch(/Cannot find module/);
    notebook.write("late.ts", "export const late = 1\n");
    expect(await notebook.check("import { late } from './late.ts'")).toEqual([]);
    notebook.remove("late.ts");
    expect((await notebook.check("import { late } from './late.ts'")).join()).toMatch(/Cannot find module/);
  });

  test("a package that is installed later", async () => {
    notebook = openNotebook();
    expect((await notebook.check("import { late } from 'late'")).join()).toMatch(/Cannot find module 'late'/);
    notebook.write("node_modules/late/package.json", '{ "name": "late", "version": "1.0.0", "types": "index.d.ts" }');
    notebook.write("node_modules/late/index.d.ts", "export declare const late: number;\n");
    expect(await notebook.check("import { late } from 'late'")).toEqual([]);
    expect((await notebook.check("late.toUpperCase()")).join()).toMatch(/does not exist on type 'number'/);
  });

  test("its tsconfig.json is heard, with comments and commas", async () => {
    notebook = openNotebook({
      "tsconfig.json":
        '{\n  // strict it is not\n  "compilerOptions": { "strict": false, "lib": ["esnext", "dom"], "paths": { "@/*": ["./src/*"] }, "outDir": "x", "noUnusedLocals": true, "module": "commonjs", },\n}',
      "src/thing.ts": "export const thing = 1\n",
    });
    expect(await notebook.check("let n: number = null; const f = (x) => x; document.title; const unused = 1")).toEqual(
      [],
    );
    expect(await notebook.check("import { thing } from '@/thing'; thing.toFixed(); await 1; import.meta.url")).toEqual(
      [],
    );
  });

  test("what the kernel serves has types", async () => {
    notebook = openNotebook({
      "types/served.d.ts": "export declare const chart: { line(): string };\n",
      "types/ambient.d.ts": "declare function display(value: unknown): void;\n",
    });
    const cwd = notebook.cwd;
    await notebook.language.close();
    const { createLanguage } = await import("../../kernel/language/language.ts");
    const language = createLanguage({
      cwd,
      check: "error",
      ambient: [`${cwd}/types/ambient.d.ts`],
      served: { served: `${cwd}/types/served.d.ts` },
    });
    const run = { run: 1, count: 1, showResult: true };
    expect(
      (await language.prepare("import { chart } from 'served'; display(chart.line().toUpperCase())", run)).status,
    ).toBe("ok");
    expect((await language.prepare("import { chart } from 'served'; display(chart.line().nope)", run)).status).toBe(
      "error",
    );
    await language.close();
  });
});

describe("a session that is new", () => {
  test("has no names", async () => {
    notebook = openNotebook();
    await notebook.check("const old = 1");
    notebook.language.forget();
    expect((await notebook.check("old")).join()).toMatch(/Cannot find name 'old'/);
    expect(await notebook.check("const old = 'x'")).toEqual([]);
    expect(await notebook.check("old.toUpperCase()")).toEqual([]);
  });
});
