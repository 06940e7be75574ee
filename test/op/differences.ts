import { expect } from "vitest";
import { grad, random, Tensor } from "../../src/index.ts";

/**
 * The gradient of `f` against central differences, element by element, in float64; then the gradient of a scalar made of that gradient, the same way.
 * A random weight per result element makes one number of it.
 */
export function expectGradients(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  { second = true, tolerance = 2e-6 } = {},
): void {
  const weights = random(1).normal(f(...inputs).shape, { dtype: "float64" });
  const loss = (parts: readonly Tensor[]) =>
    f(...(parts as Tensor[]))
      .mul(weights)
      .sum() as Tensor;
  expectSlopes(loss, inputs, tolerance);
  if (!second) return;
  const turns = inputs.map((input, i) => random(i + 2).normal(input.shape, { dtype: "float64" }));
  const slope = (parts: readonly Tensor[]) =>
    (grad(loss)(parts) as readonly Tensor[]).map((g, i) => g.mul(turns[i]!).sum() as Tensor).reduce((a, b) => a.add(b));
  expectSlopes(slope, inputs, tolerance * 10);
}

function expectSlopes(f: (parts: readonly Tensor[]) => Tensor, inputs: readonly Tensor[], tolerance: number): void {
  const gradients = grad(f)(inputs) as readonly Tensor[];
  inputs.forEach((input, i) => {
    const g = gradients[i]!;
    expect(g.shape).toEqual(input.shape);
    for (let at = 0; at < input.size; at++) {
      const step = 1e-5;
      const value = (h: number) => {
        const moved = Float64Array.from(input.data);
        moved[at]! += h;
        return f(inputs.map((other, j) => (j === i ? withData(input, moved) : other))).item();
      };
      const slope = (value(step) - value(-step)) / (2 * step);
      const error = Math.abs(slope - g.data[at]!);
      if (!(error <= tolerance * Math.max(1, Math.abs(slope))))
        expect.fail(
          `input ${i} of shape [${input.shape}], element ${at}: the gradient says ${g.data[at]}, differences say ${slope}`,
        );
    }
  });
}

function withData(like: Tensor, data: Float64Array): Tensor {
  return new Tensor(data, like.shape, "float64");
}
