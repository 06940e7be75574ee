import type { TypedArray } from "../../tensor/dtype.ts";
import { type Shape, sizeOf, stridesOf } from "../../tensor/shape/shape.ts";
import type { Values } from "../../tensor/values.ts";
import { copyStrided } from "./broadcast.ts";

/** A tensor as `outer × n × inner`, where `n` counts what is reduced: element (o, i, r) is at `(o · n + i) · inner + r`. */
export interface Lines {
  readonly data: TypedArray;
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}

/** Neighbouring axes are seen in place; others are brought to the end first. */
export function toLines(x: Values, axes: readonly number[]): Lines {
  const first = axes[0] ?? x.shape.length;
  const last = axes.at(-1) ?? first - 1;
  const n = axes.reduce((product, axis) => product * x.shape[axis]!, 1);
  if (last - first + 1 === axes.length)
    return { data: x.data, outer: sizeOf(x.shape.slice(0, first)), n, inner: sizeOf(x.shape.slice(last + 1)) };
  const order = [...x.shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes);
  const shape: Shape = order.map((axis) => x.shape[axis]!);
  const strides = stridesOf(x.shape);
  const data = copyStrided(
    x.data,
    0,
    order.map((axis) => strides[axis]!),
    { shape, dtype: x.dtype },
  );
  return { data, outer: n === 0 ? sizeOf(shape.slice(0, -axes.length)) : data.length / n, n, inner: 1 };
}

export function sumLines({ data, outer, n, inner }: Lines, out: TypedArray): void {
  if (inner === 1) {
    for (let o = 0, p = 0; o < outer; o++) {
      let sum = 0;
      for (let i = 0; i < n; i++, p++) sum += data[p]!;
      out[o] = sum;
    }
    return;
  }
  const sums = new Float64Array(inner);
  for (let o = 0, p = 0; o < outer; o++) {
    sums.fill(0);
    for (let i = 0; i < n; i++) for (let r = 0; r < inner; r++, p++) sums[r]! += data[p]!;
    for (let r = 0, q = o * inner; r < inner; r++, q++) out[q] = sums[r]!;
  }
}

/** The largest (`sign` 1) or smallest (–1); NaN wins. */
export function extremeLines({ data, outer, n, inner }: Lines, sign: 1 | -1, out: TypedArray): void {
  for (let o = 0; o < outer; o++)
    for (let r = 0; r < inner; r++) {
      let best = sign * Number.NEGATIVE_INFINITY;
      for (let i = 0, p = o * n * inner + r; i < n; i++, p += inner) {
        const x = data[p]!;
        if (sign > 0 ? x > best : x < best) best = x;
        else if (Number.isNaN(x)) {
          best = x;
          break;
        }
      }
      out[o * inner + r] = best;
    }
}

/** Where the largest or smallest is: the first of equal ones, the first NaN. */
export function argExtremeLines({ data, outer, n, inner }: Lines, sign: 1 | -1, out: TypedArray): void {
  for (let o = 0; o < outer; o++)
    for (let r = 0; r < inner; r++) {
      const start = o * n * inner + r;
      let at = 0;
      let best = data[start]!;
      for (let i = 1, p = start + inner; i < n && !Number.isNaN(best); i++, p += inner) {
        const x = data[p]!;
        if ((sign > 0 ? x > best : x < best) || Number.isNaN(x)) [best, at] = [x, i];
      }
      out[o * inner + r] = at;
    }
}

export function logSumExpLines({ data, outer, n, inner }: Lines, out: TypedArray): void {
  for (let o = 0; o < outer; o++)
    for (let r = 0; r < inner; r++) {
      const start = o * n * inner + r;
      let max = Number.NEGATIVE_INFINITY;
      for (let i = 0, p = start; i < n; i++, p += inner) if (data[p]! > max) max = data[p]!;
      const shift = Number.isFinite(max) ? max : 0;
      let sum = 0;
      for (let i = 0, p = start; i < n; i++, p += inner) sum += Math.exp(data[p]! - shift);
      out[o * inner + r] = Math.log(sum) + shift;
    }
}

export function cumsumLines({ data, outer, n, inner }: Lines, reverse: boolean, out: TypedArray): void {
  for (let o = 0; o < outer; o++)
    for (let r = 0; r < inner; r++) {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const p = (o * n + (reverse ? n - 1 - i : i)) * inner + r;
        sum += data[p]!;
        out[p] = sum;
      }
    }
}

/** The order that sorts each line; equal elements keep theirs, NaN comes last. */
export function argsortLines({ data, outer, n, inner }: Lines, descending: boolean, out: TypedArray): void {
  const order = new Int32Array(n);
  const line = new Float64Array(n);
  const compare = (i: number, j: number) => {
    const [a, b] = [line[i]!, line[j]!];
    if (a === b) return 0;
    if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
    if (Number.isNaN(b)) return -1;
    return a < b !== descending ? -1 : 1;
  };
  for (let o = 0; o < outer; o++)
    for (let r = 0; r < inner; r++) {
      const start = o * n * inner + r;
      for (let i = 0; i < n; i++) {
        order[i] = i;
        line[i] = data[start + i * inner]!;
      }
      order.sort(compare);
      for (let i = 0; i < n; i++) out[start + i * inner] = order[i]!;
    }
}
