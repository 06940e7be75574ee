// Broadcasting, slicing, reductions and movement against loops over coordinates, on random shapes.
import fc from "fast-check";
import { expect, test } from "vitest";
import { concat, random, type Tensor, tensor } from "../../src/index.ts";

type Shape = readonly number[];

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const filled = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const seeds = fc.integer({ min: 0, max: 1e6 });

/** All coordinates of a shape, in row-major order. */
function coordinates(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (list, n) => list.flatMap((at) => Array.from({ length: n }, (_, i) => [...at, i])),
    [[]],
  );
}

/** The element at coordinates, by nested arrays. */
function read(x: Tensor, at: readonly number[]): number {
  return at.reduce<unknown>((level, i) => (level as unknown[])[i], x.toArray()) as number;
}

function draw(seed: number, shape: Shape): Tensor {
  return random(seed).integers(-9, 10, shape).to("float32");
}

function expectEach(x: Tensor, shape: Shape, want: (at: number[]) => number): void {
  expect(x.shape).toEqual(shape);
  expect(Array.from(x.data, (v) => v + 0)).toEqual(coordinates(shape).map((at) => Math.fround(want(at)) + 0));
}

test("operators broadcast as NumPy's", () => {
  const pairs = fc.tuple(filled, fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }), fc.nat(3));
  fc.assert(
    fc.property(pairs, seeds, ([shape, sides, missing], seed) => {
      const left = shape.map((n, i) => (sides[i] === 1 ? 1 : n));
      const right = shape.map((n, i) => (sides[i] === 2 ? 1 : n)).slice(Math.min(missing, shape.length));
      const [a, b] = [draw(seed, left), draw(seed + 1, right)];
      const full = shape.map((n, i) => (sides[i] === 1 && i < shape.length - right.length ? 1 : n));
      const pick = (x: Tensor, at: number[]) =>
        read(
          x,
          at.slice(at.length - x.rank).map((i, axis) => (x.shape[axis] === 1 ? 0 : i)),
        );
      expectEach(a.sub(b), full, (at) => pick(a, at) - pick(b, at));
      expectEach(b.mul(a), full, (at) => pick(a, at) * pick(b, at) + 0);
      expectEach(a.to("float64").less(b).to("float32"), full, (at) => Number(pick(a, at) < pick(b, at)));
    }),
  );
});

test("slices", () => {
  const bound = fc.option(fc.integer({ min: -5, max: 5 }));
  const range = fc.oneof(
    fc.constant(null),
    fc.tuple(fc.integer({ min: -5, max: 5 }), bound, fc.integer({ min: 1, max: 3 })),
  );
  fc.assert(
    fc.property(shapes, fc.array(range, { maxLength: 4 }), seeds, (shape, ranges, seed) => {
      const x = draw(seed, shape);
      const used = ranges.slice(0, shape.length);
      const rows = shape.map((n, axis) => {
        const all = Array.from({ length: n }, (_, i) => i);
        const r = used[axis];
        if (!r) return all;
        return all.slice(r[0], r[1] ?? undefined).filter((_, i) => i % r[2] === 0);
      });
      expectEach(
        x.slice(...used),
        rows.map((r) => r.length),
        (at) =>
          read(
            x,
            at.map((i, axis) => rows[axis]![i]!),
          ),
      );
    }),
  );
});

test("reductions over any axes", () => {
  const reduce: Record<string, (values: number[]) => number> = {
    sum: (v) => v.reduce((a, b) => a + b, 0),
    max: (v) => Math.max(...v),
    min: (v) => Math.min(...v),
    prod: (v) => v.reduce((a, b) => Math.fround(a * b), 1) + 0,
  };
  fc.assert(
    fc.property(filled, fc.nat(), fc.boolean(), seeds, (shape, pick, keepDims, seed) => {
      const x = draw(seed, shape).div(8);
      const axes = shape.map((_, axis) => axis).filter((axis) => (pick >> axis) & 1);
      const kept = shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
      const out = keepDims ? kept : shape.filter((_, axis) => !axes.includes(axis));
      const groups = new Map<string, number[]>();
      for (const at of coordinates(shape)) {
        const key = at.map((i, axis) => (axes.includes(axis) ? 0 : i)).join();
        groups.set(key, [...(groups.get(key) ?? []), read(x, at)]);
      }
      for (const name of ["sum", "max", "min"] as const) {
        const y = x[name](axes, { keepDims });
        expect(y.shape).toEqual(out);
        [...groups.values()].forEach((values, i) => {
          expect(y.data[i]).toBeCloseTo(reduce[name]!(values), 4);
        });
      }
      const p = x.prod(axes, { keepDims });
      expect(p.shape).toEqual(out);
      [...groups.values()].forEach((values, i) => {
        expect(p.data[i]).toBeCloseTo(reduce["prod"]!(values), 2);
      });
    }),
  );
});

test("permute, flip, pad, concat, take and gather", () => {
  fc.assert(
    fc.property(filled, seeds, fc.nat(), (shape, seed, pick) => {
      const x = draw(seed, shape);
      const order = [...random(seed).permutation(shape.length).data];
      expectEach(
        x.permute(order),
        order.map((axis) => shape[axis]!),
        (at) =>
          read(
            x,
            shape.map((_, axis) => at[order.indexOf(axis)]!),
          ),
      );
      const axis = pick % shape.length;
      const n = shape[axis]!;
      const other = (at: number[], i: number) => at.map((each, k) => (k === axis ? i : each));
      expectEach(x.flip(axis), shape, (at) => read(x, other(at, n - 1 - at[axis]!)));
      const padded = shape.map((size, k) => size + k + 1);
      expectEach(
        x.pad(
          shape.map((_, k) => [k, 1] as const),
          7,
        ),
        padded,
        (at) => {
          const from = at.map((i, k) => i - k);
          return from.every((i, k) => i >= 0 && i < shape[k]!) ? read(x, from) : 7;
        },
      );
      const joined = shape.map((size, k) => (k === axis ? 2 * size : size));
      expectEach(concat([x, x.neg()], axis), joined, (at) =>
        at[axis]! < n ? read(x, at) : 0 - read(x, other(at, at[axis]! - n)),
      );
      const rows = [...random(seed).integers(-n, n, [3]).data];
      const taken = shape.map((size, k) => (k === axis ? 3 : size));
      expectEach(x.take(tensor(rows), axis), taken, (at) => read(x, other(at, (rows[at[axis]!]! + n) % n)));
      const indices = random(seed + 1).integers(0, n, taken);
      expectEach(x.gather(axis, indices), taken, (at) => read(x, other(at, read(indices, at))));
    }),
  );
});

test("sort, argmax and cumsum", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 8 }), (values) => {
      const x = tensor(values);
      expect([...x.sort().data]).toEqual([...values].sort((a, b) => a - b));
      expect([...x.argsort(0, { descending: true }).data]).toEqual(
        values.map((_, i) => i).sort((i, j) => values[j]! - values[i]! || i - j),
      );
      expect(x.argmax().item()).toBe(values.indexOf(Math.max(...values)));
      expect(x.argmin(0).item()).toBe(values.indexOf(Math.min(...values)));
      let sum = 0;
      expect([...x.cumsum(0).data]).toEqual(values.map((v) => (sum += v)));
    }),
  );
});
