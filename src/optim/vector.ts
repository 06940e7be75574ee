import { toArray } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import { leavesOf, type Tree, withLeaves } from "../tensor/tree.ts";

/** A value and its gradient. */
export interface Point {
  readonly value: number;
  readonly slope: Float64Array;
}

/** A way through the space of parameters that asks for value and slope at one place after the other, whoever finds them and whenever. */
export type Search<R> = Generator<Float64Array, R, Point>;

/** All numbers of a tree in one row. */
export function flatten(tree: Tree): Float64Array {
  const leaves = leavesOf(tree);
  const out = new Float64Array(leaves.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const { data } of leaves) {
    out.set(data, at);
    at += data.length;
  }
  return out;
}

/** A tree of this form from one row. */
export function unflatten<P extends Tree>(like: P, x: Float64Array): P {
  let at = 0;
  return withLeaves(
    like,
    leavesOf(like).map(({ size, shape, dtype }) => {
      const data = toArray(dtype, size);
      data.set(x.subarray(at, (at += size)));
      return new Tensor(data, shape, dtype);
    }),
  );
}

/** `x + t d` */
export function along(x: Float64Array, t: number, direction: Float64Array): Float64Array {
  return x.map((each, i) => each + t * direction[i]!);
}

/** `x ← x + t y` */
export function add(x: Float64Array, t: number, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i]! += t * y[i]!;
}
export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

export function largest(x: Float64Array): number {
  return x.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
}
