// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of programs
import { describe, expect, test } from "vitest";
import { createSession } from "./run.ts";

/** Cells one after the other, and the value of the last: what one binding for the whole session means. */
const SEQUENCES: [string, string[], unknown][] = [
  ["let → let of another type", ["let x: number = 1", "let x: string = 'a'", "x"], "a"],
  ["let → const", ["let x = 1", "const x = 2", "x"], 2],
  ["const → let, assigned", ["const x = 1", "let x = 2", "x = 3", "x"], 3],
  ["const → function", ["const x = 1", "function x() { return 2 }", "x()"], 2],
  ["function → const", ["function x() { return 2 }", "const x = 1", "x"], 1],
  ["const → class", ["const x = 1", "class x { v = 3 }", "new x().v"], 3],
  ["class → class", ["class A { v = 1 }", "class A { v = 2 }", "new A().v"], 2],
  ["class → const", ["class A { v = 1 }", "const A = 5", "A"], 5],
  ["enum → enum", ["enum E { A = 1 }", "enum E { B = 2 }", "[E.B, (E as any).A]"], [2, undefined]],
  ["enum → class", ["enum E { A = 1 }", "class E { a = 1 }", "new E().a"], 1],
  [
    "namespace → namespace",
    ["namespace N { export const a = 1 }", "namespace N { export const b = 2 }", "[N.b, (N as any).a]"],
    [2, undefined],
  ],
  ["namespace → let", ["namespace N { export const a = 1 }", "let N = 5", "N"], 5],
  ["import → let", ["import { join } from 'node:path'", "let join = 1", "join"], 1],
  ["let → import", ["let join: any = 1", "import { join } from 'node:path'", "join('a', 'b')"], "a/b"],
  ["type and value of one name", ["type P = number", "const P = 5", "type P = string", "P"], 5],
  ["interface leaves the value", ["const A = 1", "interface A { a: number }", "A"], 1],
  ["a function sees the newest value", ["let x = 1; function f() { return x }", "x = 2", "f()"], 2],
  [
    "a function sees a value that was declared again",
    ["let x = 1; function f() { return x }", "const x = 'new'", "f()"],
    "new",
  ],
  [
    "a function sees a function that was declared again",
    ["function a() { return 1 } function b() { return a() }", "function a() { return 2 }", "b()"],
    2,
  ],
  [
    "an arrow sees a class that was declared again",
    ["class A { v = 1 }; const f = () => new A().v", "class A { v = 2 }", "f()"],
    2,
  ],
  [
    "a method sees the newest value",
    ["let k = 1; class A { v() { return k } } const a = new A()", "k = 5", "a.v()"],
    5,
  ],
  ["a closure assigns the session's name", ["let n = 0; const inc = () => ++n", "inc(); inc()", "n"], 2],
  ["a function sees a name of a later cell", ["function f() { return later + 1 }", "let later = 1", "f()"], 2],
  [
    "a function calls a function of a later cell",
    ["function f() { return later(1) }", "function later(x: number) { return x + 1 }", "f()"],
    2,
  ],
  ["typeof a name of a later cell", ["const f = () => typeof later", "let later = 1", "f()"], "number"],
  ["typeof a name of no cell", ["const f = () => typeof later", "f()"], "undefined"],
  ["a global is no name of the session", ["globalThis.fromOutside = 7", "fromOutside"], 7],
  ["a name hides a global", ["let fetch = 5", "fetch"], 5],
  ["a local of a cell ends with it", ["{ let inner = 1 }", "typeof inner"], "undefined"],
  [
    "using ends with the cell",
    ["using r = { [Symbol.dispose ?? Symbol.for('Symbol.dispose')]() {} }", "typeof r"],
    "undefined",
  ],
  ["a value of the session is no global", ["let notGlobal = 1", "'notGlobal' in globalThis"], false],
  ["this is not the session", ["function who() { return this }", "who()"], undefined],
  ["this in a called arrow property", ["const o = { f() { return this === o } }", "o.f()"], true],
  ["a called parenthesis", ["function who() { return this }", "(who)()"], undefined],
  ["a called assertion", ["function who() { return this }", "(who as any)()"], undefined],
  ["a called non-null", ["function who() { return this }", "who!()"], undefined],
  ["an optional call", ["function who() { return this }", "who?.()"], undefined],
  ["an optional call of nothing", ["let who: any", "who?.()"], undefined],
  ["a tag", ["function who(s: any) { return this }", "who`x`"], undefined],
  ["new", ["class A { v = 1 }", "new A().v + new A.prototype.constructor().v"], 2],
  ["a promise is awaited", ["Promise.resolve(5)"], 5],
  ["the value of await", ["await Promise.resolve([1])"], [1]],
  ["an assignment is an expression", ["let x = 1", "x = 5"], 5],
  ["a declaration has no value", ["let x = 5"], undefined],
  ["a loop has no value", ["for (const x of [1]) x"], undefined],
  ["types after the value", ["5; interface I { a: number }; type T = I"], 5],
  ["empty statements after the value", ["5;;;"], 5],
  ["an object literal", ["{ a: 1, b: [2] }"], { a: 1, b: [2] }],
  ["an object literal over lines", ["{\n  a: 1,\n  b: 2,\n}\n"], { a: 1, b: 2 }],
  ["an object literal of names", ["let a = 1", "{ a }"], { a: 1 }],
  ["a block", ["let a = 0", "{ a = 1; a = 2 }", "a"], 2],
  ["a string is no directive", ["'use strict'"], "use strict"],
  ["a comment alone", ["// nothing"], undefined],
  ["nothing", [""], undefined],
  ["a comment after the value", ["5 // five"], 5],
  ["a function expression", ["(function () { return 5 })()"], 5],
  ["a sequence", ["1, 2, 3"], 3],
  ["a template", ["let n = 2", "`${n} ${`${n}`}`"], "2 2"],
  ["export const", ["export const a = 1", "a"], 1],
  ["export function", ["export function f() { return 2 }", "f()"], 2],
  ["export async function", ["export async function f() { return 2 }", "await f()"], 2],
  ["export class", ["export class A { v = 3 }", "new A().v"], 3],
  ["export enum", ["export enum E { A = 4 }", "E.A"], 4],
  ["export type", ["export type T = number; export interface I {}; export const v: T = 5", "v"], 5],
  ["export a list", ["const a = 1, b = 2; export { a, b as c }", "a + b"], 3],
  ["export default expression", ["export default 1 + 1"], 2],
  ["export default arrow", ["export default () => 1", "1"], 1],
  ["export default object", ["export default { a: 1 }"], { a: 1 }],
  ["export default function", ["export default function f() { return 5 }", "f()"], 5],
  ["export default class", ["export default class A { v = 6 }", "new A().v"], 6],
  ["export from", ["export { join as j } from 'node:path'", "j('a', 'b')"], "a/b"],
  ["export namespace from", ["export * as p from 'node:path'", "p.join('a', 'b')"], "a/b"],
  ["export all from", ["export * from 'node:path'", "1"], 1],
  ["option lines", ["#| echo: false\n//| fig: 1\nlet a = 1", "a"], 1],
  ["a hash-bang", ["#!/usr/bin/env node\nlet a = 2", "a"], 2],
  ["Windows line ends", ["let a = 1\r\nlet b = a + 1\r\n", "b"], 2],
  [
    "decorators",
    [
      "const log: string[] = []; const d = (v: any, c: any) => { log.push(c.name) }",
      "class A { @d m() {} @d f = 1 }",
      "log.join()",
    ],
    "m,f",
  ],
  [
    "a decorated class",
    [
      "const d = (C: any, c: any) => class extends C { extra = c.name }",
      "@d class A { v = 1 }",
      "(new A() as any).extra",
    ],
    "A",
  ],
  ["merged namespaces", ["namespace A { export const x = 1 } namespace A { export const y = x + 1 }", "A.y"], 2],
  ["a namespace with let", ["namespace A { export let x = 1; export const up = () => ++x }", "A.up(); A.x"], 2],
  ["a class and a namespace", ["class A { v = 1 } namespace A { export const w = 2 }", "[new A().v, A.w]"], [1, 2]],
  ["a function and a namespace", ["function f() { return f.k } namespace f { export const k = 3 }", "f()"], 3],
  [
    "a namespace of types is no value",
    ["namespace T { export type A = 1; export interface B {} }", "typeof T"],
    "undefined",
  ],
  ["an alias", ["namespace N { export const a = { b: 4 } } import b = N.a", "b.b"], 4],
  [
    "dollar names",
    ["const $ = (s: string) => s + '!'", "const $cell = 5", "['a'].map(($) => $ + $cell).concat($('b'))"],
    ["a5", "b!"],
  ],
  ["names of Object.prototype", ["let toString = 1, valueOf = 2", "toString + valueOf"], 3],
];

test.each(SEQUENCES)("%s", async (_, cells, expected) => {
  const { run } = createSession();
  let value: unknown;
  for (const cell of cells) value = (await run(cell)).value;
  expect(value).toEqual(expected);
});

describe("imports", () => {
  const modules = {
    esm: { default: "the default", named: 1, other: 2 },
    cjs: { default: { named: 3, inner: 4 } },
    types: {},
    missing: Object.assign(new Error("Cannot find package 'missing'"), { code: "ERR_MODULE_NOT_FOUND" }),
    broken: new Error("broken"),
  };
  const rows: [string, string, unknown][] = [
    ["default", "import d from 'esm'; d", "the default"],
    ["named", "import { named } from 'esm'; named", 1],
    ["renamed", "import { named as n } from 'esm'; n", 1],
    ["string name", "import { 'named' as n } from 'esm'; n", 1],
    ["default by name", "import { default as d } from 'esm'; d", "the default"],
    ["namespace", "import * as m from 'esm'; m.other", 2],
    ["default and named", "import d, { other } from 'esm'; [d, other]", ["the default", 2]],
    ["default and namespace", "import d, * as m from 'esm'; [d, m.named]", ["the default", 1]],
    ["side effect", "import 'esm'; 5", 5],
    ["CommonJS named", "import { inner } from 'cjs'; inner", 4],
    ["CommonJS default", "import c from 'cjs'; c.named", 3],
    ["CommonJS require", "import c = require('cjs'); c.named", 3],
    ["type only", "import type { T } from 'missing'; 5", 5],
    ["type only names", "import { type T, named } from 'esm'; named", 1],
    ["only names that are types", "import { type T } from 'missing'; 5", 5],
    ["used as a type", "import { T } from 'types'; const v: T = 5 as any; v", 5],
    ["used as a type, not there when it runs", "import { T } from 'missing'; const v: T = 5 as any; v", 5],
    ["after statements", "let a = typeof named; import { named } from 'esm'; a", "number"],
    ["a local hides it", "import { named } from 'esm'; ((named: number) => named)(9)", 9],
    ["assigned property", "import * as m from 'esm'; m.named + 1", 2],
    ["dynamic", "(await import('esm')).named", 1],
    ["dynamic in a function", "const f = async (n: string) => (await import(n)).other; await f('esm')", 2],
    ["meta", "import.meta.url", "file:///notebook.ipynb"],
    ["json", "import data from './x.json' with { type: 'json' }; data", { a: 1 }],
  ];
  test.each(rows)("%s", async (_, source, expected) => {
    const { run } = createSession({ ...modules, "./x.json": { default: { a: 1 } } });
    expect((await run(source)).value).toEqual(expected);
  });

  test("are there in later cells", async () => {
    const { run } = createSession(modules);
    await run("import d, { named as n } from 'esm'; import * as all from 'esm'");
    expect((await run("[d, n, all.other]")).value).toEqual(["the default", 1, 2]);
  });

  test("happen in their order, before the first statement", async () => {
    const { run, imported } = createSession({ a: {}, b: {}, c: {} });
    await run("import 'b'; let x = 1; import 'a'; import * as c from 'c'");
    expect(imported).toEqual(["b", "a", "c"]);
  });

  test.each([
    [
      "a name that is not there",
      "import { nope } from 'esm'; nope",
      "The requested module 'esm' does not provide an export named 'nope'",
    ],
    [
      "a default that is not there",
      "import d from 'types'; d",
      "The requested module 'types' does not provide an export named 'default'",
    ],
    ["a module that is not there", "import { x } from 'missing'; x", "Cannot find package 'missing'"],
    ["a module that throws", "import { x } from 'broken'", "broken"],
    ["a side effect that is not there", "import 'missing'", "Cannot find package 'missing'"],
  ])("%s is an error", async (_, source, message) => {
    await expect(createSession(modules).run(source)).rejects.toThrow(message);
  });
});

describe("a cell that fails", () => {
  test.each<[string, string, string, unknown]>([
    ["keeps what came before", "let a = 1; throw 0; let b = 2", "[typeof a, typeof b]", ["number", "undefined"]],
    ["keeps functions from the start", "throw 0; function f() { return 5 }", "f()", 5],
    ["keeps the earlier meaning of what came after", "throw 0; let old = 2", "old", 1],
    ["keeps a class that was complete", "class A { v = 1 }; throw 0", "new A().v", 1],
    ["keeps imports", "import { join } from 'node:path'; throw 0", "join('a', 'b')", "a/b"],
    ["keeps a for-var", "for (var i = 0; i < 3; i++) if (i === 2) throw 0", "i", 2],
  ])("%s", async (_, source, value, expected) => {
    const { run } = createSession();
    await run("let old = 1");
    await expect(run(source)).rejects.toBe(0);
    expect((await run(value)).value).toEqual(expected);
  });

  test("says how far it came", async () => {
    const { run } = createSession();
    expect((await run("let a = 1")).completed).toBe(1);
    expect((await run("1 + 1")).completed).toBe(0);
    expect(
      (await run("import 'node:path'; import { join } from 'node:path'; let a = 1; class B {}; enum C { X }"))
        .completed,
    ).toBe(4);
  });
});

describe("using", () => {
  const setUp =
    "const log: string[] = []; const dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose'); const asyncDispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose'); const open = (name: string) => ({ name, [dispose]() { log.push(name) }, async [asyncDispose]() { log.push('async ' + name) } })";
  test.each([
    ["at the end of the cell, in reverse", "using a = open('a'); using b = open('b'); log.push('body')", "body,b,a"],
    ["in a block", "{ using a = open('a') } log.push('after')", "a,after"],
    ["await", "{ await using a = open('a') } log.push('after')", "async a,after"],
    ["await at the top", "await using a = open('a'); log.push('body')", "body,async a"],
    ["in a loop", "for (using x of [open('1'), open('2')]) log.push('x' + x.name)", "x1,1,x2,2"],
    [
      "with other declarations",
      "using a = open('a'); function f() { return a.name } class K { n = f() } enum E { X = 3 } const v = new K().n + E.X; log.push(v)",
      "a3,a",
    ],
    ["null", "using a = null; log.push('x')", "x"],
  ])("%s", async (_, source, expected) => {
    const { run } = createSession();
    await run(setUp);
    await run(source);
    expect((await run("log.join()")).value).toBe(expected);
  });

  test("disposes when the cell throws, and the error arrives", async () => {
    const { run } = createSession();
    await run(setUp);
    await expect(run("using a = open('a'); throw new Error('x')")).rejects.toThrow("x");
    expect((await run("log.join()")).value).toBe("a");
  });

  test("gives the value of the cell", async () => {
    const { run } = createSession();
    await run(setUp);
    expect((await run("using a = open('a'); a.name + '!'")).value).toBe("a!");
  });
});
