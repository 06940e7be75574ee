// The loops of the evaluator beside their definitions, written out plainly: sizes around every block and tile, and what lies at the edges.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gemm, type Matrix } from "../../src/op/kernel/gemm.ts";
import { averageWindows, findMaxima, spreadWindows } from "../../src/op/kernel/pool.ts";
import type { Window } from "../../src/tensor/shape/convolution.ts";

describe("C += A B", () => {
  const sizes = fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })),
    // beyond one block of 256 by 512, with tiles that are not full
    fc.constantFrom([5, 3, 700] as const, [3, 1030, 9] as const, [9, 514, 257] as const),
    // one row, one column
    fc.tuple(fc.constant(1), fc.integer({ min: 1, max: 1100 }), fc.integer({ min: 1, max: 90 })),
    fc.tuple(fc.integer({ min: 1, max: 1100 }), fc.constant(1), fc.integer({ min: 1, max: 90 })),
  );

  test("is the sum of products, from wherever the matrices lie", () => {
    const property = fc.property(sizes, fc.boolean(), fc.boolean(), fc.nat(3), ([M, N, K], flipA, flipB, offset) => {
      const a = lay(M, K, flipA, offset, 3);
      const b = lay(K, N, flipB, offset, 5);
      const c = Float64Array.from({ length: offset + M * N }, (_, i) => i % 7);
      const wanted = c.slice();
      for (let i = 0; i < M; i++)
        for (let j = 0; j < N; j++)
          for (let k = 0; k < K; k++) wanted[offset + i * N + j]! += at(a, i, k) * at(b, k, j);
      gemm(M, N, K, a, b, c, offset);
      // all numbers are small and whole, so every order of the sum is exact
      expect(c).toEqual(wanted);
    });
    fc.assert(property, { numRuns: 150 });
  });

  function lay(rows: number, columns: number, flipped: boolean, offset: number, factor: number): Matrix {
    const data = Float32Array.from({ length: offset + rows * columns }, (_, i) => ((i * factor) % 11) - 5);
    return { data, offset, row: flipped ? 1 : columns, column: flipped ? rows : 1 };
  }

  function at({ data, offset, row, column }: Matrix, i: number, k: number): number {
    return data[offset + i * row + k * column]!;
  }
});

describe("windows over an image", () => {
  const axis = fc.record({
    size: fc.integer({ min: 5, max: 8 }),
    kernel: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: 0, max: 1 }),
    after: fc.integer({ min: 0, max: 1 }),
  });
  const dilations = fc.constantFrom(1, 2);
  const images = fc.infiniteStream(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Number.NaN)));
  type Axis = { size: number; kernel: number; stride: number; before: number; after: number };

  function make(rows: Axis, columns: Axis, dilation: number) {
    const out = ({ size, kernel, stride, before, after }: Axis) =>
      Math.floor((size + before + after - dilation * (kernel - 1) - 1) / stride) + 1;
    const window: Window = {
      kernel: [rows.kernel, columns.kernel],
      stride: [rows.stride, columns.stride],
      dilation: [dilation, dilation],
      padding: [rows.before, columns.before, rows.after, columns.after],
      groups: 1,
    };
    return { window, x: [2, 1, rows.size, columns.size], y: [2, 1, out(rows), out(columns)] };
  }

  /** Every tap of every window that lies inside. */
  function* findTaps({ window, x, y }: ReturnType<typeof make>) {
    const [, , height, width] = x as [number, number, number, number];
    for (let n = 0, position = 0; n < 2; n++)
      for (let i = 0; i < y[2]!; i++)
        for (let j = 0; j < y[3]!; j++, position++)
          for (let p = 0; p < window.kernel[0]; p++)
            for (let q = 0; q < window.kernel[1]; q++) {
              const v = i * window.stride[0] + p * window.dilation[0] - window.padding[0];
              const u = j * window.stride[1] + q * window.dilation[1] - window.padding[1];
              if (v >= 0 && v < height && u >= 0 && u < width) yield { position, pixel: (n * height + v) * width + u };
            }
  }

  test("the largest pixel: the first of equal ones, the first NaN; –1 where a window holds none", () => {
    const property = fc.property(axis, axis, dilations, images, (rows, columns, dilation, numbers) => {
      const plan = make(rows, columns, dilation);
      const length = 2 * rows.size * columns.size;
      const data = Float64Array.from({ length }, () => numbers.next().value);
      const wanted = new Int32Array(2 * plan.y[2]! * plan.y[3]!).fill(-1);
      for (const { position, pixel } of findTaps(plan)) {
        const best = data[wanted[position]!];
        const isBetter =
          best === undefined || data[pixel]! > best || (Number.isNaN(data[pixel]) && !Number.isNaN(best));
        if (isBetter) wanted[position] = pixel;
      }
      expect(findMaxima(data, plan.x, plan.window, plan.y)).toEqual(wanted);
    });
    fc.assert(property, { numRuns: 200 });
  });

  test("means and their adjoint", () => {
    const property = fc.property(axis, axis, fc.boolean(), (rows, columns, countIncludePad) => {
      const plan = make(rows, columns, 1);
      const taps = [...findTaps(plan)];
      const positions = 2 * plan.y[2]! * plan.y[3]!;
      const counts = new Float64Array(positions);
      for (const { position } of taps) counts[position]! += 1;
      const share = (position: number) => 1 / (countIncludePad ? rows.kernel * columns.kernel : counts[position]!);
      const data = Float64Array.from({ length: 2 * rows.size * columns.size }, (_, i) => ((i * 5) % 13) - 6);
      const gradient = Float64Array.from({ length: positions }, (_, i) => ((i * 3) % 7) - 3);
      const means = new Float64Array(positions);
      const spread = new Float64Array(data.length);
      for (const { position, pixel } of taps) {
        means[position]! += data[pixel]! * share(position);
        spread[pixel]! += gradient[position]! * share(position);
      }
      const [gotMeans, gotSpread] = [new Float64Array(positions), new Float64Array(data.length)];
      averageWindows(data, plan.x, plan.window, countIncludePad, plan.y, gotMeans);
      spreadWindows(gradient, plan.x, plan.window, countIncludePad, plan.y, gotSpread);
      means.forEach((mean, i) => {
        expect(gotMeans[i]).toBeCloseTo(mean, 12);
      });
      spread.forEach((value, i) => {
        expect(gotSpread[i]).toBeCloseTo(value, 12);
      });
    });
    fc.assert(property, { numRuns: 200 });
  });
});
