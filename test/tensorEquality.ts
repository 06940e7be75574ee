import { expect } from "vitest";

/** A tensor keeps its values to itself, so `toEqual` alone would call any two of one shape equal. */
expect.addEqualityTesters([
  (a: unknown, b: unknown) => {
    if (!isTensor(a) || !isTensor(b)) return undefined;
    const [x, y] = [a.data, b.data];
    return (
      a.dtype === b.dtype &&
      String(a.shape) === String(b.shape) &&
      x.length === y.length &&
      Array.from(x).every((value, i) => Object.is(value, y[i]) || value === y[i])
    );
  },
]);

interface TensorLike {
  shape: readonly number[];
  dtype: string;
  data: ArrayLike<number>;
}

function isTensor(value: unknown): value is TensorLike {
  return typeof value === "object" && value !== null && value.constructor?.name === "Tensor";
}
