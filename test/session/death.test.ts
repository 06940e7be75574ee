import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { open } from "./open.ts";

const host = new URL("../../dist/kernel/session/host.js", import.meta.url).href;

describe("the end of a session says why", () => {
  const ends: [name: string, code: string, kind: string, cause: string][] = [
    ["exit", "process.exit(3)", "exit", "the cell ended the session with process.exit(3)"],
    [
      "segfault",
      "process.kill(process.pid, 'SIGSEGV'); for (;;);",
      "signal",
      "the session crashed in native code (SIGSEGV)",
    ],
    ["abort", "process.abort()", "signal", "the session aborted in native code (SIGABRT)"],
    [
      "kill",
      "process.kill(process.pid, 'SIGKILL'); for (;;);",
      "signal",
      "the session was killed (SIGKILL), probably by the system because its memory ran out",
    ],
    ["term", "process.kill(process.pid, 'SIGTERM'); for (;;);", "signal", "the session was ended by SIGTERM"],
  ];
  for (const [name, code, kind, cause] of ends)
    test(name, async () => {
      const { run, died, said } = open();
      const done = await run(`console.log('before'); ${code}`);
      expect(await died).toMatchObject({ kind, cause });
      expect(done.error?.evalue).toBe(`${cause[0]!.toUpperCase()}${cause.slice(1)}. Its variables are gone.`);
      expect(said(1)[0]).toBe("out: before\n");
    });

  test("a full heap, without V8's dump", async () => {
    const { run, died, events } = open({ memoryLimit: 60 });
    await run("const all = []; for (;;) all.push(new Array(1e4).fill(Math.random()))");
    const death = await died;
    expect(death.kind).toBe("memory");
    expect(death.cause).toMatch(/^the session ran out of memory at its \d+ MB limit$/);
    expect(JSON.stringify(events)).not.toContain("Last few GCs");
  });

  test("an exit that no cell asked for", async () => {
    const { run, died } = open();
    await run("setTimeout(() => process.exit(4), 0)");
    expect((await died).cause).toMatch(/with process\.exit\(4\)$/);
  });

  test("a folder that does not exist", async () => {
    const { session, died } = open({ cwd: "/does/not/exist" });
    await expect(session.ready).rejects.toThrow("the session could not be started");
    expect((await died).kind).toBe("exit");
  });
});

test("close ends the session and every process that it started", async () => {
  const { run, session, said, died } = open();
  await run("const child = require('child_process').spawn('sleep', ['1000']); console.log(child.pid)");
  const child = Number(said(1)[0]?.slice(5));
  expect(existsSync(`/proc/${child}`) || process.platform !== "linux").toBe(true);
  await session.close();
  expect((await died).kind).toBe("closed");
  await gone(child);
  await gone(session.pid!);
});

test("a session dies with its kernel, also when that is killed and also while it spins", async () => {
  const script = `
    const { Session } = await import(${JSON.stringify(host)});
    const session = new Session({ cwd: process.cwd() }, { message: () => console.log(session.pid), died() {} });
    session.execute({ run: 1, count: 1, allowStdin: false, showResult: false, script: { map: "", code: "async () => { console.log(0); for (;;); }" } });
  `;
  const kernel = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  while (text.split("\n").length < 3) text += String(await once(kernel.stdout, "data"));
  kernel.kill("SIGKILL");
  await gone(Number.parseInt(text, 10));
});

/** Looks until the process is no more; the test's own time limit is the end of the patience. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("a cell that the session never took up is lost, not failed", async () => {
  const { session, start, died, events } = open();
  await session.ready;
  process.kill(session.pid!, "SIGSTOP");
  const { id, done } = start("console.log('ran')");
  process.kill(session.pid!, "SIGKILL");
  expect(await done).toMatchObject({ lost: true, run: id });
  await died;
  expect(events.filter((event) => "run" in event && event.run === id)).toEqual([]);
});
