import { type CreateOptions, full } from "../tensor/create.ts";
import type { Generator } from "../tensor/random/random.ts";
import { type Shape, ShapeError, sizeOf, writeShape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Draws a parameter of a shape; all of this file's functions are one. */
export type Initializer = <const S extends Shape>(generator: Generator, shape: S, options?: CreateOptions) => Tensor<S>;

/** Sizes that a weight connects: `[out, in, …]` has `fanIn = in · …` and `fanOut = out · …`, where … is the size of a filter. As in PyTorch, also for transposed convolutions. */
export function fansOf(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length < 2)
    throw new ShapeError(`an initializer with fans: shape ${writeShape(shape)} where at least 2 axes are needed`);
  const field = sizeOf(shape.slice(2));
  return { fanIn: shape[1]! * field, fanOut: shape[0]! * field };
}

/** One value everywhere. */
export function constant(value: number): Initializer {
  return (_, shape, options) => full(shape, value, options);
}

/** Between `-bound` and `bound`, where the bound follows from the fans of another shape: PyTorch's biases. */
export function within(bound: number): Initializer {
  return (generator, shape, options) => generator.uniform(shape, { ...options, low: -bound, high: bound });
}
