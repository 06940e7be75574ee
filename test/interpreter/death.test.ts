import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Interpreter, Outcome } from "../../kernel/interpreter.ts";

const dist = new URL("../../dist/kernel/", import.meta.url);
const { createInterpreter } = (await import(
  /* @vite-ignore */ new URL("interpreter.js", dist).href
)) as typeof import("../../kernel/interpreter.ts");
const { openWorkspace } = (await import(
  /* @vite-ignore */ new URL("workspace.js", dist).href
)) as typeof import("../../kernel/workspace.ts");

function open(): { interpreter: Interpreter; run(source: string): Promise<Outcome & { text: string }> } {
  const interpreter = createInterpreter(openWorkspace(mkdtempSync(join(tmpdir(), "interpreter-"))));
  onTestFinished(() => interpreter.close());
  let count = 0;
  return {
    interpreter,
    async run(source) {
      let text = "";
      const sink = {
        stream: (_name: string, chunk: string) => void (text += chunk),
        result: ({ data }: { data: Record<string, unknown> }) => void (text += String(data["text/plain"])),
        display() {},
        clear() {},
        input: async () => null,
        comm() {},
        sessionDied() {},
      };
      const outcome = await interpreter.execute(source, { count: ++count, showResult: true, allowStdin: false, sink });
      return { ...outcome, text };
    },
  };
}

test("a cell sent while its session is dying runs in the next one", async () => {
  const { run } = open();
  const pid = Number((await run("process.pid")).text);
  for (const signal of ["SIGSTOP", "SIGKILL"] as const) process.kill(pid, signal);
  expect((await run("6 * 7")).text).toContain("42");
});

test("names of a session that died are unknown to the cell that was sent meanwhile", async () => {
  const { run } = open();
  const pid = Number((await run("const lost = 1; process.pid")).text);
  for (const signal of ["SIGSTOP", "SIGKILL"] as const) process.kill(pid, signal);
  expect((await run("lost + 1")).error?.evalue).toBe("TS2304: Cannot find name 'lost'.");
});
