import { expect, test } from "vitest";
import { open } from "./open.ts";

test("both streams, displays and results keep their order", async () => {
  const { run, said } = open();
  await run(
    "console.log(1); console.error(2); display('3'); process.stdout.write('4'); console.table([{ a: 5 }]); return 6",
  );
  expect(said(1).map((line) => line.split("\n")[0])).toEqual([
    "out: 1",
    "err: 2",
    "text/plain: '3'",
    "out: 4┌─────────┬───┐",
    "text/plain: 6",
    "done ok",
  ]);
});

test("every encoding, bytes, halves of characters, callbacks", async () => {
  const { run, said } = open();
  await run(`
    const { write } = { write: process.stdout.write.bind(process.stdout) };
    write('é'); write('w6k=', 'base64'); write(new Uint8Array([0xc3])); write(Buffer.from([0xa9]));
    await new Promise((resolve) => write('!', resolve));
    await new Promise((resolve) => process.stdout.write('?', 'utf8', resolve));
    try { write(5) } catch (error) { write(error.code) }
  `);
  expect(said(1)).toEqual(["out: éééERR_INVALID_ARG_TYPE".replace("éééE", "ééé!?E"), "done ok"]);
});

test("a million lines arrive", async () => {
  const { session, events, run } = open();
  await session.ready;
  await run("for (let i = 0; i < 1e6; i++) console.log(i)");
  let next = 0;
  for (const event of events)
    if (event.type === "stream") for (const line of event.text.split("\n")) if (line !== "") expect0(line, next++);
  expect(next).toBe(1e6);
});

/** Expect is too slow to be called a million times. */
function expect0(line: string, number: number): void {
  if (line !== String(number)) expect(line).toBe(String(number));
}

test("a session that is not read waits, and loses nothing", async () => {
  const { session, start, said } = open();
  await session.ready;
  session.pause();
  const { done } = start("for (let i = 0; i < 1e5; i++) console.log('line')");
  await new Promise((resolve) => setTimeout(resolve, 50));
  session.resume();
  await done;
  expect(said(1)[0]?.length).toBe("out: ".length + 5e5);
});

test("timers, promises, events and children print to the cell that made them", async () => {
  const { run, said, printed } = open();
  await run(`
    setTimeout(() => { console.log('timer'); Promise.resolve().then(() => console.log('promise')) }, 1);
    setImmediate(() => console.log('immediate'));
    queueMicrotask(() => console.log('microtask'));
    const { spawn } = require('child_process');
    const held = ['-e', 'process.stdin.on("data", () => { console.log("inherited"); process.exit() })'];
    $.child = spawn(process.execPath, held, { stdio: ['pipe', 'inherit', 'inherit'] });
    if ($.child.stdout !== null) throw $.child.stdout;
    $.listened = spawn('cat'); $.listened.stdout.on('data', (data) => console.log('listened ' + data));
    const { Worker } = require('worker_threads'); new Worker('console.log("worker")', { eval: true });
  `);
  await run(
    "console.log('next'); $.child.stdin.write('go'); $.listened.stdin.end('go'); await new Promise((resolve) => $.child.on('close', resolve))",
  );
  for (const text of ["timer", "promise", "immediate", "microtask", "inherited", "listened go", "worker"])
    await printed(1, text);
  expect(said(2)).toEqual(["out: next\n", "done ok"]);
});

test("what goes past the session's streams stays in its place", async () => {
  const { run, said } = open();
  await run(`
    const { execSync } = require('child_process');
    for (let i = 0; i < 5; i++) { console.log('a' + i); execSync('echo b' + i, { stdio: 'inherit' }); display(i); }
  `);
  const places = [0, 1, 2, 3, 4].flatMap((i) => [`out: a${i}\nb${i}\n`, `text/plain: ${i}`]);
  expect(said(1)).toEqual([...places, "done ok"]);
});

test("what is written straight to a descriptor comes in its cell, and behind what a child wrote before it", async () => {
  const { run, said } = open();
  await run(`
    require('child_process').execSync('echo child', { stdio: 'inherit' });
    require('fs').writeSync(1, 'raw');
  `);
  expect(said(1)).toEqual(["out: child\nraw", "done ok"]);
});

test("a cell that closes its outputs still ends", async () => {
  const { run, said } = open();
  await run("require('fs').closeSync(1); console.log('still here')");
  await run(
    "$.file = require('fs').openSync('taken.txt', 'w'); return require('fs').readFileSync('taken.txt', 'utf8')",
  );
  expect(said(1)).toEqual(["out: still here\n", "done ok"]);
  expect(said(2)).toEqual(["text/plain: ''", "done ok"]);
});

test("a slow display keeps its place, and the cell waits for it", async () => {
  const { run, said } = open();
  const slow = (name: string) =>
    `display({ [Symbol.for('Jupyter.display')]: () => new Promise((resolve) => setTimeout(resolve, 5, { 'text/html': '${name}' })) })`;
  await run(`console.log('before'); ${slow("one")}; console.log('between'); ${slow("two")}; console.log('after')`);
  expect(said(1)).toEqual([
    "out: before\n",
    "text/html: one",
    "out: between\n",
    "text/html: two",
    "out: after\n",
    "done ok",
  ]);
});

test("a display that takes too long loses its place, not its content", async () => {
  const { run, said } = open();
  await run(`
    display({ [Symbol.for('Jupyter.display')]: () => new Promise((resolve) => { $.show = resolve }) });
    console.log('said meanwhile');
    setTimeout(() => $.show({ 'text/html': 'late' }), 400);
  `);
  expect(said(1)).toEqual(["out: said meanwhile\n", "text/html: late", "done ok"]);
});

test("uncaught errors are printed to their cell and end nothing", async () => {
  const { run, said, printed } = open();
  await run("setTimeout(() => { throw new Error('timer') }, 0); setTimeout(() => { throw 'text' }, 0)");
  await run(
    "Promise.reject(new Error('promise')); new (require('events'))().on('x', () => {}); process.nextTick(() => { throw new Error('tick') })",
  );
  await printed(1, "Uncaught Error: timer\n    at Timeout.<anonymous> (In [1]:1:");
  await printed(1, "Uncaught 'text'");
  await printed(2, "Uncaught (in promise) Error: promise\n    at In [2]:1:");
  expect(await run("return 1")).toMatchObject({ status: "ok" });
  expect(said(3)).toEqual(["text/plain: 1", "done ok"]);
});

test("listeners of the user hear uncaught errors too", async () => {
  const { run, printed } = open();
  await run(
    "process.on('uncaughtException', (error) => console.log('heard ' + error.message)); setTimeout(() => { throw new Error('it') }, 0)",
  );
  await printed(1, "heard it");
});

test("the output can be cleared", async () => {
  const { run, said } = open();
  await run("clearOutput(); clearOutput({ wait: true }); console.clear()");
  expect(said(1)).toEqual(["clear", "clear", "clear", "done ok"]);
});
