import { describe, expect, test } from "vitest";
import { open } from "./open.ts";

/** Each prints `busy` and then does not come back. */
const busy: Record<string, string> = {
  "a loop": "for (;;);",
  "a loop after an await": "await 0; for (;;);",
  "a loop that catches everything": "for (;;) { try { for (;;); } catch {} finally { } }",
  "a loop of microtasks": "await new Promise(() => { const next = () => Promise.resolve().then(next); next(); })",
  "microtasks that catch everything": "for (;;) { try { await 0; for (;;); } catch {} finally { await 0 } }",
  "a regular expression": "/(a+)+$/.test('a'.repeat(40) + 'b')",
  "a pending await": "await new Promise(() => {})",
  "a timer": "setTimeout(() => { for (;;); }, 0); await new Promise(() => {})",
  "an immediate": "setImmediate(() => { for (;;); }); await new Promise(() => {})",
  "a microtask": "queueMicrotask(() => { for (;;); }); await new Promise(() => {})",
  "Atomics.wait": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
  "a child that is waited for": "require('child_process').execSync('sleep 100')",
  "an asynchronous iteration": "for await (const _ of (async function* () { for (;;) yield 0 })());",
  "a flood of output": "for (;;) console.log('flood')",
  "a flood between awaits": "for (;;) { await 0; console.log('flood') }",
};

describe("Stop ends", () => {
  for (const [name, code] of Object.entries(busy))
    test(name, async () => {
      const { start, run, session, printed } = open();
      await run("$.kept = 'kept'");
      const { id, done } = start(`console.log('busy'); ${code}`);
      await printed(id, "busy");
      session.interrupt();
      expect(await done).toMatchObject({
        status: "interrupted",
        error: { ename: "KeyboardInterrupt", evalue: "The cell was interrupted." },
      });
      expect(await run("if ($.kept !== 'kept') throw $.kept")).toMatchObject({ status: "ok" });
    });

  test("a question to the user, asked either way", async () => {
    const { start, run, session, heard } = open();
    for (const question of ["await input('?')", "prompt('?')"]) {
      const { id, done } = start(question);
      await heard((event) => event.type === "input" && event.run === id);
      session.interrupt();
      expect(await done).toMatchObject({ status: "interrupted" });
    }
    expect(await run("return 1")).toMatchObject({ status: "ok" });
  });

  test("a cell that was sent and has not begun", async () => {
    const { start, session, printed } = open();
    const first = start("console.log('busy'); for (;;);");
    await printed(first.id, "busy");
    const second = start("console.log('never')");
    session.interrupt();
    expect((await Promise.all([first.done, second.done])).map(({ status }) => status)).toEqual([
      "interrupted",
      "interrupted",
    ]);
  });

  test("all cells that run side by side", async () => {
    const { start, session, printed } = open();
    const runs = [
      start("console.log('one'); await new Promise(() => {})"),
      start("console.log('two'); await 0; for (;;);"),
    ];
    await printed(2, "two");
    session.interrupt();
    for (const { done } of runs) expect(await done).toMatchObject({ status: "interrupted" });
  });

  test("code that was left behind by a cell and spins while another waits its turn", async () => {
    const { start, run, session, printed } = open();
    await run("setTimeout(() => { console.log('spins'); for (;;); }, 0)");
    await printed(1, "spins");
    session.interrupt();
    expect(await run("return 1")).toMatchObject({ status: "ok" });
    expect(start).toBeDefined();
  });
});

test("Stop when nothing runs does not touch the next cell", async () => {
  const { run, session } = open();
  for (let i = 0; i < 50; i++) {
    session.interrupt();
    expect(await run("let n = 0; for (let i = 0; i < 2e6; i++) n += i; return n")).toMatchObject({ status: "ok" });
  }
});

test("two hundred interrupts in a row leave a working session", async () => {
  const { start, run, session } = open();
  await run("$.kept = 1");
  const bodies = Object.values(busy);
  for (let i = 0; i < 200; i++) {
    const { done } = start(bodies[i % bodies.length]!);
    if (i % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    session.interrupt();
    expect(await done).toMatchObject({ status: "interrupted" });
  }
  expect(
    await run("if ($.kept !== 1) throw $.kept; await new Promise((resolve) => setTimeout(resolve, 1)); return 2"),
  ).toMatchObject({
    status: "ok",
  });
});

test("what a stopped cell left behind ends when it wants to be heard", async () => {
  const { start, run, said, session, printed } = open();
  const { sleep } = { sleep: "await new Promise((resolve) => setTimeout(resolve, 1))" };
  const { id, done } = start(`$.turns = 0; for (;;) { console.log('turn'); ${sleep}; $.turns++ }`);
  await printed(id, "turn");
  session.interrupt();
  await done;
  const quiet = said(id).length;
  await run(
    `const before = $.turns; for (let i = 0; i < 5; i++) ${sleep}; if ($.turns > before + 1) throw new Error('goes on')`,
  );
  expect(said(id)).toHaveLength(quiet);
  expect(said(2)).toEqual(["done ok"]);
});
