import {
  arange,
  type CreateOptions,
  tensor as create,
  eye,
  fromArray,
  full,
  fullLike,
  linspace,
  oneHot,
  ones,
  onesLike,
  zeros,
  zerosLike,
} from "../tensor/create.ts";
import type { Nested, ShapeOf } from "../tensor/nested.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { concat, stack } from "./function/concat.ts";
import { conv1d, conv2d, convTranspose2d } from "./function/convolution.ts";
import { avgPool2d, maxPool2d } from "./function/pooling.ts";
import { where } from "./function/where.ts";

/**
 * Makes a tensor, of nested arrays or of one number, and is the home of everything else that makes one: `tensor.zeros([2, 3])`, `tensor.concat([a, b])`.
 * Booleans give dtype bool, typed arrays keep theirs, other numbers are float32 unless told.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).matmul(tensor.eye(2)).toArray() // [[1, 2], [3, 4]]
 * tensor([1, 2], { dtype: "int32" }).dtype // int32
 * @throws ShapeError for ragged arrays: `tensor: 2 values at [1] where 3 are needed`
 */
export function tensor<const D extends Nested>(data: D, options?: CreateOptions): Tensor<ShapeOf<D>> {
  return create(data, options);
}

Object.assign(tensor, {
  zeros,
  ones,
  full,
  zerosLike,
  onesLike,
  fullLike,
  fromArray,
  arange,
  linspace,
  eye,
  oneHot,
  concat,
  stack,
  where,
  conv1d,
  conv2d,
  convTranspose2d,
  maxPool2d,
  avgPool2d,
});

/** The same names for the checker, which shows each with its comment; the properties of an object would have none. */
export declare namespace tensor {
  export {
    arange,
    avgPool2d,
    concat,
    conv1d,
    conv2d,
    convTranspose2d,
    eye,
    fromArray,
    full,
    fullLike,
    linspace,
    maxPool2d,
    oneHot,
    ones,
    onesLike,
    stack,
    where,
    zeros,
    zerosLike,
  };
}
