// A loop over elements runs 5 times as fast when the formula stands in it than when it calls a function that is not always the same
// (V8 shares the feedback of all closures of one source position). So loops are compiled from formulas, once per formula and kind of array.
import type { TypedArray } from "../../tensor/dtype.ts";

type Loop = (out: TypedArray, n: number, ...rest: (TypedArray | number)[]) => void;
const loops = new Map<string, Loop>();

/** What formulas may call beside `Math`. */
export type Library = Readonly<Record<string, (x: number) => number>>;

/** `out[i] = formula(a[i])`. */
export function mapLoop(formula: string, library: Library, out: TypedArray, a: TypedArray): void {
  const loop = find(
    `${formula}|${kind(out)}${kind(a)}`,
    library,
    "a",
    `for (let i = 0; i < n; i++) { const x = a[i]; out[i] = ${formula}; }`,
  );
  loop(out, out.length, a);
}

/** `out[o + i] = formula(a[p + i·s], b[q + i·t])`: one row of a broadcast operator. */
export function zipLoop(formula: string, out: TypedArray, a: TypedArray, b: TypedArray): ZipLoop {
  return find(
    `${formula}|${kind(out)}${kind(a)}${kind(b)}`,
    {},
    "o, a, p, s, b, q, t",
    `for (let i = 0; i < n; i++, p += s, q += t) { const x = a[p], y = b[q]; out[o + i] = ${formula}; }`,
  ) as unknown as ZipLoop;
}

export type ZipLoop = (
  out: TypedArray,
  n: number,
  o: number,
  a: TypedArray,
  p: number,
  s: number,
  b: TypedArray,
  q: number,
  t: number,
) => void;

/** `out[o + i] = c[r + i·u] ? a[p + i·s] : b[q + i·t]`: one row of a choice. */
export function chooseLoop(out: TypedArray, c: TypedArray, a: TypedArray, b: TypedArray): ChooseLoop {
  return find(
    `?|${kind(out)}${kind(c)}${kind(a)}${kind(b)}`,
    {},
    "o, c, r, u, a, p, s, b, q, t",
    "for (let i = 0; i < n; i++, r += u, p += s, q += t) out[o + i] = c[r] !== 0 ? a[p] : b[q];",
  ) as unknown as ChooseLoop;
}

export type ChooseLoop = (
  out: TypedArray,
  n: number,
  o: number,
  c: TypedArray,
  r: number,
  u: number,
  a: TypedArray,
  p: number,
  s: number,
  b: TypedArray,
  q: number,
  t: number,
) => void;

function find(key: string, library: Library, parameters: string, body: string): Loop {
  const known = loops.get(key);
  if (known !== undefined) return known;
  const names = Object.keys(library);
  const make = new Function(...names, `return function (out, n, ${parameters}) { "use strict"; ${body} };`);
  const loop = make(...names.map((name) => library[name])) as Loop;
  loops.set(key, loop);
  return loop;
}

function kind(array: TypedArray): string {
  return array.constructor.name.slice(0, 3) + array.BYTES_PER_ELEMENT;
}
