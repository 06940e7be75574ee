import { expect, test } from "vitest";
import { open } from "./open.ts";

test("a value is shown, undefined is not, and names stay", async () => {
  const { run, said } = open();
  await run("$.x = 20; return $.x + 1");
  await run("return undefined");
  await run("return $.x");
  expect([said(1), said(2), said(3)]).toEqual([
    ["text/plain: 21", "done ok"],
    ["done ok"],
    ["text/plain: 20", "done ok"],
  ]);
});

test("a result that nobody wants to see is not shown", async () => {
  const { run, said } = open();
  await run("return 1", { showResult: false });
  expect(said(1)).toEqual(["done ok"]);
});

test("the code says how far it came", async () => {
  const { run } = open();
  expect(await run("$cell.completed = 1; $cell.completed = 2; throw new Error('third')")).toMatchObject({
    status: "error",
    completed: 2,
  });
});

test("the user's expressions are answered, or say what is wrong with them", async () => {
  const { run } = open();
  const script = (code: string) => ({ code: `async ($) => (${code})`, map: "" });
  const refused = { ename: "SyntaxError", evalue: "no", traceback: ["no"] };
  const { userExpressions } = await run("$.x = 2", {
    userExpressions: { good: script("$.x * 2"), bad: script("missing"), refused, empty: script("undefined") },
  });
  expect(userExpressions).toMatchObject({
    good: { status: "ok", data: { "text/plain": "4" } },
    bad: { status: "error", ename: "ReferenceError", evalue: "missing is not defined" },
    refused: { status: "error", ename: "SyntaxError" },
    empty: { status: "ok", data: { "text/plain": "undefined" } },
  });
});

test("cells run side by side, each with its own output", async () => {
  const { start, said, session, printed } = open();
  const slow = start(
    "console.log('slow waits'); await new Promise((resolve) => { $.go = resolve }); console.log('slow ends')",
  );
  await printed(slow.id, "slow waits");
  const quick = start("console.log('quick'); $.go()");
  await Promise.all([slow.done, quick.done]);
  expect(said(slow.id)).toEqual(["out: slow waits\nslow ends\n", "done ok"]);
  expect(said(quick.id)).toEqual(["out: quick\n", "done ok"]);
  expect(session.pid).toBeGreaterThan(0);
});

test("the session does not see how it is talked to", async () => {
  const { run, said } = open();
  await run("return [typeof process.send, 'LOSSBOOK_SESSION_MARK' in process.env]");
  expect(said(1)[0]).toBe("text/plain: [ 'undefined', false ]");
});

test("pages and next inputs come with the end of the cell", async () => {
  const { run } = open();
  const { payload } = await run("page('a long text'); page([1]); setNextInput('x = 1', { replace: true })");
  expect(payload).toEqual([
    { source: "page", data: { "text/plain": "a long text" }, start: 0 },
    { source: "page", data: { "text/plain": "[ 1 ]" }, start: 0 },
    { source: "set_next_input", text: "x = 1", replace: true },
  ]);
});

test("a module that is loaded at the start and fails is reported, and cells run without it", async () => {
  const missing = "file:///nowhere/notebook.js";
  const { run, heard } = open({ preload: ["data:text/javascript,globalThis.first = 1", missing] });
  expect(await heard(({ type }) => type === "configured")).toMatchObject({ error: { ename: "Error" } });
  expect(await run("if (first !== 1) throw first")).toMatchObject({ status: "ok" });
});
