import * as peer from "tslab";
import { expect, test } from "vitest";
import * as own from "../../kernel/display/tslab.ts";
import { open } from "../session/open.ts";

test("display shows, updates by its handle and by name", async () => {
  const { run, events } = open();
  await run(
    "const place = display(html('<b>'), { id: 'p', metadata: { a: 1 } }); place.update(2); display(3, { id: 'p', update: true }); display({ 'text/x': 'raw' }, { raw: true })",
  );
  const shown = events.flatMap((event) =>
    event.type === "display" ? [[event.displayId === "p", event.update, event.shown]] : [],
  );
  expect(shown).toEqual([
    [true, false, { data: { "text/html": "<b>" }, metadata: { a: 1 } }],
    [true, true, { data: { "text/plain": "2" }, metadata: {} }],
    [true, true, { data: { "text/plain": "3" }, metadata: {} }],
    [false, false, { data: { "text/x": "raw" }, metadata: {} }],
  ]);
});

test("a display says what stands there when its cell is stopped", async () => {
  const { run, start, session, printed, said } = open();
  await run(
    "const place = $.first = display('1', { ifStopped: 'never' }); place.update('2', { ifStopped: 'never' }); 0",
  );
  const { id, done } = start(`
    const place = $.second = display(html('<b>'), { ifStopped: 'never' });
    place.update('half', { ifStopped: html('<i>half</i>') });
    display('other', { ifStopped: 'gone' }).update('whole');
    display('promised', { ifStopped: { [Symbol.for('Jupyter.display')]: () => new Promise(() => {}) } });
    console.log('busy');
    for (;;);
  `);
  await printed(id, "busy");
  session.interrupt();
  await done;
  expect(said(1)).not.toContain("update text/plain: never");
  expect(await run("return [$.first.isStopped, $.second.isStopped]")).toMatchObject({ status: "ok" });
  expect(said(3)[0]).toBe("text/plain: [ false, true ]");
  expect(said(id).slice(-3)).toEqual(["out: busy\n", "update text/html: <i>half</i>", "done interrupted"]);
});

test("a display that is still being made when the cell fails is shown before its end", async () => {
  const { run, said } = open();
  const late =
    "{ [Symbol.for('Jupyter.display')]: () => new Promise((r) => setTimeout(() => r({ 'text/plain': 'late' }), 300)) }";
  expect(await run(`display(${late}); throw new Error('no')`)).toMatchObject({ status: "error" });
  expect(said(1)).toEqual(["text/plain: late", "done error"]);
});

test("a renderer that fails is reported on stderr", async () => {
  const { run, said } = open();
  await run("return { [Symbol.for('Jupyter.display')]() { throw new Error('no') } }");
  expect(said(1)[0]).toMatch(/^err: The value could not be shown as it wants to be: Uncaught Error: no/);
  expect(said(1)[1]).toMatch(/^text\/plain: .*Symbol/);
});

test("a bundle that is none is the caller's error", async () => {
  const { run } = open();
  expect((await run("display({ html: 1 }, { raw: true })")).error?.evalue).toBe(
    '"html" is not a MIME type such as "text/html".',
  );
});

test("our tslab has everything that tslab has", () => {
  expect(Object.keys(own).sort()).toEqual(expect.arrayContaining(["display", "newDisplay", "versions"]));
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(peer.display)).filter(
    (name) => name !== "constructor",
  );
  expect(Object.keys(own.display).sort()).toEqual(names.sort());
  const typed: peer.Display = own.display;
  expect(typed).toBe(own.display);
  expect(own.versions).toMatchObject({ tslab: peer.versions.tslab, node: process.version });
  expect(own.versions.typescript).toMatch(/^\d+\./);
});

test("tslab shows, and a new display overwrites itself", async () => {
  const { run, said } = open();
  await run(`
    const tslab = await $cell.import('tslab');
    for (const name of ['javascript', 'html', 'markdown', 'latex', 'svg', 'text']) tslab.display[name](name);
    for (const name of ['png', 'jpeg', 'gif', 'pdf']) tslab.display[name](new Uint8Array([1]));
    tslab.display.raw('text/x', 'raw');
    const place = tslab.newDisplay(); place.text('1'); place.text('2');
  `);
  expect(said(1)).toEqual([
    "text/javascript: javascript",
    "text/html: html",
    "text/markdown: markdown",
    "text/latex: latex",
    "image/svg+xml: svg",
    "text/plain: text",
    "image/png: AQ==",
    "image/jpeg: AQ==",
    "image/gif: AQ==",
    "application/pdf: AQ==",
    "text/x: raw",
    "text/plain: 1",
    "update text/plain: 2",
    "done ok",
  ]);
});
