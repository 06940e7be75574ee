/** What gets past the checker – values of `any`, of a file, of plain JavaScript – is a sentence too, before any work. */
import { describe, expect, test } from "vitest";
import * as lossbook from "../../src/index.ts";

const { tensor, random, zeros, ones, full, eye, arange, linspace, oneHot, fromArray, concat, stack, linalg } = lossbook;
const { grad, jacobian, hessian, hessianVectorProduct, checkGradients, customGradient } = lossbook;

/** As from a file: of a type that the checker does not know. */
// biome-ignore lint/suspicious/noExplicitAny: the point of these tests
const any = (value: unknown): any => value;
const x = zeros([4, 3]);

const MISTAKES: [call: () => unknown, sentence: string][] = [
  [() => tensor(any(undefined)), "tensor: undefined at the top where a number is needed"],
  [() => tensor(any([1, null])), "tensor: null at [1] where a number is needed"],
  [() => tensor(any([null, 1])), "tensor: null at [0] where a number is needed"],
  [
    () =>
      tensor(
        any([
          [1, 2],
          [3, "4"],
        ]),
      ),
    "tensor: string 4 at [1][1] where a number is needed",
  ],
  [() => tensor(any([{ a: 1 }])), "tensor: an object at [0] where a number is needed"],
  [() => tensor(any([ones([1]), ones([1])])), "tensor: a tensor of shape [1] at [0] where a number is needed"],
  [() => tensor(any([[1], 2])), "tensor: a number at [1] where 1 values are needed"],
  [() => tensor([1], any({ dtype: "float16" })), "A dtype of float16 where float32, float64, int32 or bool is needed."],
  [() => x.to(any("long")), "A dtype of long where float32, float64, int32 or bool is needed."],
  [() => zeros(any(3)), "zeros: number 3 is not a shape: sizes in an array are needed"],
  [() => zeros([-1]), "zeros: [-1] is not a shape: sizes are whole numbers from 0"],
  [() => ones([1.5]), "ones: [1.5] is not a shape: sizes are whole numbers from 0"],
  [() => full([Number.NaN], 1), "full: [NaN] is not a shape: sizes are whole numbers from 0"],
  [() => zeros([1e6, 1e6]), "1000000000000 elements of float32 do not fit into memory."],
  [() => eye(-1), "eye: [-1, -1] is not a shape: sizes are whole numbers from 0"],
  [() => linspace(0, 1, 1.5), "linspace: [1.5] is not a shape: sizes are whole numbers from 0"],
  [() => arange(Number.NaN), "arange: from 0 to NaN in steps of 1 where finite numbers are needed."],
  [() => arange(0, Infinity), "arange: from 0 to Infinity in steps of 1 where finite numbers are needed."],
  [() => arange(0, 1, 0), "arange: a step of 0 never reaches 1 from 0."],
  [() => oneHot(any([0, 1]), 2), "oneHot: an array of 2 where a tensor of labels is needed."],
  [() => oneHot(tensor([0]), 1.5), "oneHot: [1, 1.5] is not a shape: sizes are whole numbers from 0"],
  [() => oneHot(tensor([0, 3]), 3), "oneHot: label 3 at 1 is not below 3 classes."],
  [
    () => fromArray(any([1, 2]), [2]),
    "fromArray: an array of 2 where a typed array is needed; tensor takes arrays of numbers.",
  ],
  [() => fromArray(new Float32Array(2), [3]), "2 values do not fill a tensor of shape [3]"],
  [() => x.add(any(undefined)), "add: undefined where a tensor or a number is needed."],
  [() => x.mul(any([1, 2, 3])), "mul: an array of 3 where a tensor or a number is needed."],
  [() => x.matmul(any(2)), "matmul: number 2 where a tensor is needed."],
  [() => x.matmul(any([[1]])), "matmul: an array of 1 where a tensor is needed."],
  [() => x.reshape(any(12)), "reshape: number 12 is not a shape: sizes in an array are needed"],
  [() => x.sum(any("0")), "sum: axis 0 is not in shape [4, 3]"],
  [() => x.sum(any(null)), "sum: axis null is not in shape [4, 3]"],
  [() => concat(any(x)), "concat: a tensor of shape [4, 3] where an array of tensors is needed."],
  [() => concat(any([x, 1])), "concat: number 1 at 1 where a tensor is needed."],
  [() => stack(any([x, undefined])), "stack: undefined at 1 where a tensor is needed."],
  [
    () =>
      linalg.cholesky(
        tensor([
          [Number.NaN, 0],
          [0, 1],
        ]),
      ),
    "cholesky: the matrix of shape [2, 2] is not positive definite.",
  ],
];

const image = zeros([1, 4, 3, 3]);

const SHAPES: [call: () => unknown, sentence: string][] = [
  [() => x.reshape(any([-1, -1])), "reshape: [-1, -1] has more than one -1"],
  [() => zeros([0]).reshape([0, -1]), "reshape: 0 elements of [0] do not divide into [0, -1]"],
  [() => x.slice([0, 2, 0]), "slice: a step of 0 on axis 0 where a whole number of at least 1 is needed"],
  [() => x.gather(1, any(tensor([0]))), "gather: indices of shape [1] do not fit along axis 1 of shape [4, 3]"],
  [() => concat(any([])), "concat: 0 tensors where at least 1 is needed"],
  [() => stack(any([])), "stack: 0 tensors where at least 1 is needed"],
  [
    () => lossbook.conv2d(image, zeros([3, 2, 2, 2]) as lossbook.Tensor, { groups: 2 }),
    "conv2d: 3 output channels do not divide into 2 groups",
  ],
  [
    () => lossbook.conv2d(image, zeros([3, 4, 2, 2]), { stride: 2, padding: "same" }),
    'padding "same" needs stride 1, got [2, 2].',
  ],
  [() => linalg.solve(eye(2), any(zeros([3]))), "solve: a right side of shape [3] for a matrix of shape [2, 2]"],
];

const RANDOM: [call: () => unknown, sentence: string][] = [
  [() => random(any(undefined)), "random: undefined where a seed, or the four whole numbers of a state, is needed."],
  [() => random(1.5), "random: a seed of 1.5 where a whole number is needed."],
  [() => random(any([1, 2])), "random: an array of 2 where a seed, or the four whole numbers of a state, is needed."],
  [() => random(0).uniform([2], { low: 1, high: 0 }), "uniform: the lower bound 1 is above the upper bound 0."],
  [() => random(0).uniform(any(3)), "random: number 3 is not a shape: sizes in an array are needed"],
  [() => random(0).normal([2], { std: -1 }), "normal: a deviation of -1 where at least 0 is needed."],
  [
    () => random(0).truncatedNormal([2], { std: Number.NaN }),
    "truncatedNormal: a deviation of NaN where at least 0 is needed.",
  ],
  [
    () => random(0).truncatedNormal([2], { low: 2, high: 1 }),
    "truncatedNormal: the lower bound 2 is not below the upper bound 1.",
  ],
  [() => random(0).integers(0.5, 3, [2]), "integers: bounds 0.5 and 3 where whole numbers are needed."],
  [() => random(0).integers(3, 3, [2]), "integers: the lower bound 3 is not below the upper bound 3."],
  [() => random(0).bernoulli(1.5, [2]), "bernoulli: a probability of 1.5 where 0 to 1 is needed."],
  [() => random(0).permutation(-1), "permutation: [-1] is not a shape: sizes are whole numbers from 0"],
  [
    () => random(0).categorical(tensor([[1, -1]])),
    "categorical: a probability of -1 in row 0 where at least 0 is needed.",
  ],
  [
    () =>
      random(0).categorical(
        tensor([
          [1, 1],
          [0, 0],
        ]),
      ),
    "categorical: row 1 sums to 0 where a positive number is needed.",
  ],
  [() => random(0).categorical(tensor(1)), "categorical: probabilities of shape [] where at least 1 axis is needed"],
];

const square = (each: lossbook.Tensor) => each.square().sum();

const DERIVATIVES: [call: () => unknown, sentence: string][] = [
  [
    () =>
      grad((at: lossbook.Tensor) =>
        customGradient(
          (z: lossbook.Tensor) => square(z),
          () => [ones([2])],
        )(at),
      )(x),
    "customGradient: gradient 0 of shape [2] where [4, 3] is needed",
  ],
  [() => grad(any(() => 5))(x), "grad: the function returned number 5 where a tensor is needed."],
  [() => grad(any(() => undefined))(x), "grad: the function returned undefined where a tensor is needed."],
  [
    () => grad(any(async () => x))(x),
    "grad: the function returned a promise where a tensor is needed; it has to be synchronous.",
  ],
  [() => grad(square)(any(5)), "grad: the first argument has no tensor in it."],
  [
    () => grad(square)(tensor([1], { dtype: "int32" })),
    "grad: the parameter is of dtype int32 where float32 or float64 is needed.",
  ],
  [() => jacobian(any(square))(any({ a: x })), "jacobian: an object where one tensor is needed."],
  [() => jacobian(any(() => 3))(x), "jacobian: the function returned number 3 where a tensor is needed."],
  [
    () => hessian((each: lossbook.Tensor) => each.square())(x),
    "hessian: a result of shape [4, 3] where one number is needed",
  ],
  [() => hessian(any(() => 3))(x), "hessian: the function returned number 3 where a tensor is needed."],
  [
    () => hessianVectorProduct(any((p: { a: lossbook.Tensor }) => square(p.a)))({ a: x }, {}),
    "hessianVectorProduct: a direction of 0 tensors for 1 parameters",
  ],
  [
    () => hessianVectorProduct(square)(x as lossbook.Tensor, zeros([3])),
    "hessianVectorProduct: a direction of shape [3] for a parameter of shape [4, 3]",
  ],
  [
    () => checkGradients((each: lossbook.Tensor) => each, x as lossbook.Tensor),
    "item: shape [4, 3] has 12 elements, not 1",
  ],
];

describe.each([
  ["a tensor", MISTAKES],
  ["a shape", SHAPES],
  ["a generator", RANDOM],
  ["a derivative", DERIVATIVES],
])("%s", (_, mistakes) => {
  test.each(mistakes.map(([call, sentence]) => [sentence, call] as const))("%s", (sentence, call) => {
    expect(readError(call)).toBe(sentence);
  });
});

function readError(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
}

test("a range that is empty is no mistake: PyTorch's deviation 0, bounds that are equal, NumPy's negative end", () => {
  expect(random(0).normal([2], { mean: 3, std: 0 }).toArray()).toEqual([3, 3]);
  expect(random(0).uniform([2], { low: 1, high: 1 }).toArray()).toEqual([1, 1]);
  expect(arange(-3).toArray()).toEqual([]);
});
