import { expect } from "vitest";
import { leavesOf, type Tree } from "../../src/index.ts";
import { pathsOf } from "../../src/tensor/tree.ts";

/** The same form and shapes, and numbers that agree relative to the largest of their tensor (and to 1). */
export function expectNear(actual: Tree, wanted: Tree, tolerance: number, what: string): void {
  expect(pathsOf(actual)).toEqual(pathsOf(wanted));
  const leaves = leavesOf(wanted);
  leavesOf(actual).forEach((leaf, k) => {
    const place = `${what}: ${pathsOf(wanted)[k]}`;
    const { data, shape } = leaves[k]!;
    expect(leaf.shape, place).toEqual(shape);
    const scale = Math.max(1, ...Array.from(data, (value) => (Number.isFinite(value) ? Math.abs(value) : 0)));
    data.forEach((value, i) => {
      const found = leaf.data[i]!;
      if (!Number.isFinite(value)) expect(found, `${place}[${i}]`).toEqual(value);
      else expect(Math.abs(found - value) / scale, `${place}[${i}]: ${found} for ${value}`).toBeLessThan(tolerance);
    });
  });
}
