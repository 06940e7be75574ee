// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of programs
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

const notebook = openNotebook({
  "local.ts":
    "export const loc: number = 3;\nexport interface Config { a: number }\nexport class Model<T> { constructor(readonly v: T) {} }\n",
  "data.json": '{ "rows": [1, 2] }',
  "node_modules/typed/package.json":
    '{ "name": "typed", "version": "1.0.0", "types": "index.d.ts", "main": "index.js" }',
  "node_modules/typed/index.d.ts":
    'export interface Box<T> { value: T }\nexport declare function box<T>(value: T): Box<T>;\ntype Wrong<M extends string> = { readonly " ": M };\nexport declare function even<N extends number>(n: N & (N extends 3 ? Wrong<"even: 3 is odd"> : unknown)): void;\nexport declare function open<N extends number>(n: N & (N extends 3 ? Wrong<`even: ${number} is odd`> : unknown)): void;\nexport declare function over(s: string): void;\nexport declare function over<N extends number>(n: N & (N extends 3 ? { readonly " ": "over: \\"3\\" is odd" } : unknown)): void;\nexport declare function nested<N extends number>(o: { a: { b: N & (N extends 3 ? Wrong<"nested: 3 is odd"> : unknown) } }): void;\n',
  "node_modules/typed/index.js": "",
});
beforeAll(() => notebook.language.ready);
afterAll(() => notebook.close());

/** Cells in order; the last is right when nothing is expected, else its error says so. */
const FLOWS: [string, string[], RegExp | undefined][] = [
  ["a declared type", ["let a: number = 1", "a = 'x'"], /2: Type 'string' is not assignable to type 'number'/],
  [
    "an inferred type",
    ["const xs = [1, 2].map((x) => ({ x }))", "const s: string = xs[0]!.x"],
    /'number' is not assignable to type 'string'/,
  ],
  ["an inferred type that fits", ["const ys = [1, 2].map((x) => ({ x }))", "const n: number = ys[0]!.x"], undefined],
  ["a literal", ["const l = 'a'", "const m: 'a' = l"], undefined],
  ["a tuple", ["const t = [1, 'a'] as const", "const [n, s]: readonly [1, 'a'] = t"], undefined],
  [
    "a unique symbol",
    ["const key = Symbol(); interface Keyed { [key]: number }", "const k: Keyed = { [key]: 1 }; k[key].toFixed()"],
    undefined,
  ],
  ["a const stays constant", ["const c1 = 1", "c1 = 2"], /Cannot assign to 'c1' because it is a constant/],
  ["a let is assigned", ["let l1 = 1", "l1 = 2; l1++; l1 += 3; [l1] = [4]"], undefined],
  ["a var is assigned", ["for (var v1 = 0; v1 < 3; v1++);", "v1 = 2"], undefined],
  [
    "a generic function",
    ["function id<T>(x: T) { return x }", "const n: number = id(1); const s: string = id('a')"],
    undefined,
  ],
  [
    "a generic class",
    ["class Box<T> { constructor(readonly v: T) {} }", "const b: Box<number> = new Box('x')"],
    /Type 'Box<string>' is not assignable|Type 'string' is not assignable to type 'number'/,
  ],
  ["a private member", ["class P { private p = 1 }", "new P().p"], /Property 'p' is private/],
  [
    "an abstract class",
    ["abstract class Abs { abstract f(): number }", "new Abs()"],
    /Cannot create an instance of an abstract class/,
  ],
  [
    "a class that extends",
    ["class Base { b = 1 }", "class Derived extends Base { d = this.b }", "new Derived().d.toFixed()"],
    undefined,
  ],
  [
    "an interface",
    ["interface I1 { a: number }", "const i: I1 = { a: 'x' }"],
    /'string' is not assignable to type 'number'/,
  ],
  [
    "an interface declared again replaces",
    ["interface I2 { a: number }", "interface I2 { b: string }", "const i: I2 = { b: 'x' }"],
    undefined,
  ],
  [
    "an interface declared again forgets",
    ["interface I3 { a: number }", "interface I3 { b: string }", "const i: I3 = { a: 1, b: 'x' }"],
    /'a' does not exist in type 'I3'/,
  ],
  ["a type alias", ["type T1 = { a: number }", "const t: T1 = {}"], /Property 'a' is missing/],
  [
    "a generic alias",
    ["type Pair<A, B = A> = [A, B]", "const p: Pair<number, string> = [1, 'x']; const q: Pair<number> = [1, 2]"],
    undefined,
  ],
  [
    "an alias of a value",
    ["const cfg = { lr: 0.1, layers: [1] }; type Cfg = typeof cfg", "const c: Cfg = { lr: 1, layers: [2] }"],
    undefined,
  ],
  [
    "a conditional type",
    ["type El<T> = T extends (infer E)[] ? E : never", "const e: El<number[]> = 'x'"],
    /'string' is not assignable to type 'number'/,
  ],
  ["a mapped type", ["type Opt<T> = { [K in keyof T]?: T[K] }", "const o: Opt<{ a: number }> = {}"], undefined],
  ["an enum", ["enum E1 { A, B = 'b' }", "const e: E1 = E1.A; const f: E1.B = E1.B"], undefined],
  ["an enum's value", ["enum E2 { A }", "const e: E2 = 'x'"], /is not assignable to type 'E2'/],
  [
    "an enum declared again",
    ["enum E3 { A }", "enum E3 { C }", "E3.A"],
    /Property 'A' does not exist on type 'typeof E3'/,
  ],
  [
    "a namespace",
    ["namespace N1 { export const k = 1; export type T = string }", "const s: N1.T = 'x'; N1.k.toFixed()"],
    undefined,
  ],
  ["a value and a type of one name", ["type VT = { a: number }", "const VT = 5", "const v: VT = { a: VT }"], undefined],
  [
    "a type declared again, its value kept",
    ["const VU = 5", "type VU = string", "const v: VU = 'x'; VU.toFixed()"],
    undefined,
  ],
  ["a value declared again, its type kept", ["type VW = string; const VW: VW = 'x'", "const VW2: VW = VW"], undefined],
  ["let and type of one name", ["let LT = 1; type LT = string", "const l: LT = 'x'; LT.toFixed()"], undefined],
  ["a class replaced by a value", ["class CV { a = 1 }", "let CV = 5", "CV = 6"], undefined],
  ["a value replaced by a class", ["let VC = 5", "class VC { a = 1 }", "const v: VC = new VC()"], undefined],
  ["let of another type", ["let lt = 1", "let lt = 'x'", "lt.toUpperCase()"], undefined],
  [
    "let of another type forgets",
    ["let lu = 1", "let lu = 'x'", "lu.toFixed()"],
    /Property 'toFixed' does not exist on type 'string'/,
  ],
  ["const from its earlier self", ["const self = 1", "const next = self + 1; const self2 = next"], undefined],
  [
    "a function declared again",
    ["function fd() { return 1 }", "function fd() { return 'x' }", "fd().toUpperCase()"],
    undefined,
  ],
  [
    "overloads",
    [
      "function ov(a: number): number; function ov(a: string): string; function ov(a: any) { return a }",
      "ov(1).toFixed(); ov('x').toUpperCase(); ov(true)",
    ],
    /No overload matches/,
  ],
  [
    "a type guard",
    [
      "function isS(x: unknown): x is string { return typeof x === 'string' }",
      "const u: unknown = 1; if (isS(u)) u.toUpperCase()",
    ],
    undefined,
  ],
  [
    "an assertion function",
    ["function assertS(x: unknown): asserts x is string {}", "const w: unknown = 1; assertS(w); w.toUpperCase()"],
    undefined,
  ],
  ["destructured", ["const { a: da, ...rest } = { a: 1, b: 'x' }", "da.toFixed(); rest.b.toUpperCase()"], undefined],
  ["awaited", ["const aw = await Promise.resolve(5)", "aw.toFixed()"], undefined],
  [
    "a promise is no value",
    ["const pr = Promise.resolve(5)", "pr.toFixed()"],
    /Property 'toFixed' does not exist on type 'Promise<number>'/,
  ],
  [
    "three cells away",
    ["type D1 = { n: number }", "const d1: D1 = { n: 1 }", "const d2 = [d1]", "d2[0]!.n.toUpperCase()"],
    /'toUpperCase' does not exist on type 'number'/,
  ],
  [
    "a later redeclaration does not change what was inferred",
    ["type E1t = { n: number }; const e1: E1t = { n: 1 }", "type E1t = string", "e1.n.toFixed()"],
    undefined,
  ],
  ["a list that grows", ["let grown = []; grown.push(1)", "grown.push('x'); grown.length"], undefined],
  ["a variable without a type", ["let model", "model = 5", "model"], undefined],
  ["a name that nobody declared", ["nowhere + 1"], /Cannot find name 'nowhere'/],
  ["using is local", ["using r1 = { [Symbol.dispose]() {} }", "r1"], /Cannot find name 'r1'/],
  ["declare", ["declare const outside: { x: number }", "outside.x.toFixed()"], undefined],
  [
    "@types/node",
    [
      "process.platform.toUpperCase(); Buffer.from('x').byteLength; setTimeout(() => {}, 1).unref(); fetch; structuredClone(1); new URL('http://x'); performance.now()",
    ],
    undefined,
  ],
  [
    "node: modules",
    ["import { readFileSync } from 'node:fs'", "readFileSync('x', 'utf8').toUpperCase(); readFileSync(5, 5)"],
    /not assignable|No overload/,
  ],
  ["no DOM", ["document.title"], /Cannot find name 'document'/],
  [
    "a package's types",
    ["import { box, type Box } from 'typed'", "const b: Box<number> = box(1); box('x').value.toUpperCase()"],
    undefined,
  ],
  [
    "a package's types are checked",
    ["import { box as bx } from 'typed'", "bx('x').value.toFixed()"],
    /'toFixed' does not exist on type 'string'/,
  ],
  [
    "a local module",
    [
      "import { loc, type Config, Model } from './local.ts'",
      "const c: Config = { a: loc }; new Model('x').v.toUpperCase()",
    ],
    undefined,
  ],
  ["a name that a module lacks", ["import { nope } from './local.ts'"], /has no exported member 'nope'/],
  [
    "json",
    ["import data from './data.json' with { type: 'json' }", "data.rows[0]!.toFixed(); const bad: string = data.rows"],
    /Type 'number\[\]' is not assignable to type 'string'/,
  ],
  ["dynamic import", ["const m = await import('./local.ts')", "m.loc.toFixed()"], undefined],
  ["import.meta", ["import.meta.url.toUpperCase()"], undefined],
  ["a package that is not there", ["import 'not-there'; import x from 'not-there'"], /Cannot find module 'not-there'/],
  ["an object literal", ["{ a: 1, b: notDeclared }"], /1:12.*Cannot find name 'notDeclared'/],
  ["a for await", ["for await (const x of [Promise.resolve(1)]) x.toFixed()"], undefined],
  [
    "export",
    ["export const ex1 = 1; export type Ex = string; export { ex1 as other }", "const e: Ex = 'x'; ex1.toFixed()"],
    undefined,
  ],
  ["export from", ["export { box as exBox } from 'typed'", "exBox(1).value.toFixed()"], undefined],
  ["export default", ["export default function exd() { return 1 }", "exd().toFixed()"], undefined],
  [
    "decorators",
    [
      "const dec = (v: (this: A9) => void, c: ClassMethodDecoratorContext<A9>) => {}; class A9 { @dec m() {} }",
      "new A9().m()",
    ],
    undefined,
  ],
  [
    "a name of JavaScript's objects",
    [
      "const constructor = 1, toString = 'x', hasOwnProperty = [1]",
      "constructor.toFixed(); toString.toUpperCase(); hasOwnProperty.length",
    ],
    undefined,
  ],
];

describe("types go from cell to cell", () => {
  test.each(FLOWS)("%s", async (_, cells, expected) => {
    for (const cell of cells.slice(0, -1)) expect(await notebook.check(cell), cell).toEqual([]);
    const errors = await notebook.check(cells.at(-1)!);
    if (expected === undefined) expect(errors).toEqual([]);
    else expect(errors.join("\n")).toMatch(expected);
  });
});

describe("a cell that fails", () => {
  test("moves only what it completed", async () => {
    await notebook.check("let m1 = 1, m2 = 'x'; type M = number");
    await notebook.check("let m1 = 'now a string'; let m2 = 5; function mf() { return true }; type M = string", 1);
    expect(await notebook.check("m1.toUpperCase(); m2.toUpperCase(); mf().valueOf(); const m: M = 'x'")).toEqual([]);
  });

  test("moves nothing when it does not run", async () => {
    await notebook.check("let stay = 1");
    expect(await notebook.check("let stay = 'x'; stay.nope")).not.toEqual([]);
    expect(await notebook.check("stay.toFixed()")).toEqual([]);
  });
});

describe("what an error looks like", () => {
  test("code, message, place, line and underline", async () => {
    const refused = await notebook.prepare("let ok = 1\n  const s: string = ok;");
    if (refused.status === "ok") throw new Error("was not refused");
    const [place = "", ...lines] = refused.error.traceback;
    expect(refused.error.ename).toBe("TypeScriptError");
    expect(refused.error.evalue).toBe("TS2322: Type 'number' is not assignable to type 'string'.");
    expect(place).toMatch(/^In \[\d+\]:2:9 - error TS2322: Type 'number' is not assignable to type 'string'\.$/);
    expect(lines).toEqual(["2 |   const s: string = ok;", "  |         ~"]);
  });

  test("every error is told", async () => {
    expect(await notebook.check("const a1: string = 1\nconst a2: number = 'x'\nnowhere2")).toHaveLength(3);
  });

  test("types of other cells have no path", async () => {
    await notebook.check("class Far { private secret = 1 }");
    const [error] = await notebook.check("const far: Far = { secret: 1 }");
    expect(error).toMatch(/type 'Far'/);
    expect(error).not.toMatch(/lossbook-cell/);
  });

  test.each([
    ["an argument", "import { even } from 'typed'; even(3)", "even: 3 is odd"],
    ["a size that is not known", "import { open } from 'typed'; open(3)", "even: number is odd"],
    ["an overload", "import { over } from 'typed'; over(3)", 'over: "3" is odd'],
    ["a nested property", "import { nested } from 'typed'; nested({ a: { b: 3 } })", "nested: 3 is odd"],
  ])("a library's sentence stands alone: %s", async (_, source, sentence) => {
    const refused = await notebook.prepare(source);
    if (refused.status === "ok") throw new Error("was not refused");
    expect(refused.error.evalue).toBe(sentence);
    expect(refused.error.traceback).toHaveLength(3);
  });
});

describe("how strictly a cell is checked", () => {
  test("off: it runs, and its names are known", async () => {
    expect(await notebook.check("// @check off\nconst off: number = 'x'; let off2 = nowhere3")).toEqual([]);
    expect(await notebook.check("off.toFixed()")).toEqual([]);
  });

  test("warn: it runs, and says so", async () => {
    const [warning = ""] = await notebook.check(
      "const first = 1 // @check off is no option here\n  // @check warn\nconst w: number = 'x'",
    );
    expect(warning).toContain(":3:7 - warning TS2322: Type 'string' is not assignable to type 'number'.");
    expect(warning).toContain("3 | const w: number = 'x'\n  |       ~");
  });
});

describe("a cell that runs again", () => {
  test("is checked again when a name means something else", async () => {
    await notebook.check("let again: number | string = 1");
    const cell = "const useAgain: number | string = again";
    expect(await notebook.check(cell)).toEqual([]);
    expect(await notebook.check(cell)).toEqual([]);
    await notebook.check("let again = true");
    expect((await notebook.check(cell)).join()).toMatch(/'boolean' is not assignable/);
  });

  test("declares what it declared", async () => {
    const cell = "const twice = { n: 1 }";
    await notebook.check(cell);
    await notebook.check("const twice = 'x'");
    await notebook.check(cell);
    expect(await notebook.check("twice.n.toFixed()")).toEqual([]);
  });

  test("is the same script", async () => {
    const first = await notebook.prepare("1 + 1");
    const second = await notebook.prepare("1 + 1");
    if (first.status === "error" || second.status === "error") throw new Error("was refused");
    expect(second.script).toBe(first.script);
  });
});
