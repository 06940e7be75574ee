import {
  arange,
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
import { concat, stack } from "./function/concat.ts";
import { conv1d, conv2d, convTranspose2d } from "./function/convolution.ts";
import { avgPool2d, maxPool2d } from "./function/pooling.ts";
import { where } from "./function/where.ts";

/**
 * Makes a tensor, and is the home of everything else that makes one: `tensor([1, 2])`, `tensor.zeros([2, 3])`, `tensor.concat([a, b])`.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).matmul(tensor.eye(2)).toArray() // [[1, 2], [3, 4]]
 */
export const tensor = Object.assign(create, {
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
