// Every op against finite differences, first and second derivative, over random shapes and axes. The record type has a key for each op of the
// table, so an op without a case does not compile.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  avgPool2d,
  concat,
  conv2d,
  convTranspose2d,
  eye,
  grad,
  linalg,
  maxPool2d,
  random,
  stack,
  type Tensor,
  tensor,
  where,
  zeros,
} from "../../src/index.ts";
import type { OpName } from "../../src/op/signature.ts";
import { expectGradients } from "./differences.ts";

const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 });
const seeds = fc.integer({ min: 0, max: 1e6 });
const runs = { numRuns: 12 };

/** Numbers between `low` and `high` that keep away from whole and half ones, where many functions have a corner. */
function draw(seed: number, shape: readonly number[], low = -2, high = 2): Tensor {
  const raw = random(seed).uniform(shape, { low, high, dtype: "float64" });
  const near = raw.mul(2).round().div(2);
  return raw.sub(near).abs().less(0.02).to("float64").mul(0.05).add(raw);
}

/** Numbers that are far from one another, so that a small step changes no order. */
function apart(seed: number, shape: readonly number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return random(seed).permutation(size).to("float64").mul(0.1).sub(0.03).reshape(shape);
}

function unary(f: (x: Tensor) => Tensor, low = -2, high = 2, second = true) {
  return () =>
    fc.assert(
      fc.property(sizes, seeds, (shape, seed) => expectGradients(f, [draw(seed, shape, low, high)], { second })),
      runs,
    );
}

/** Shapes that broadcast: some axes are 1 or missing on one side. */
const broadcasting = fc
  .tuple(sizes, fc.array(fc.constantFrom("both", "left", "right"), { minLength: 3, maxLength: 3 }), fc.nat(3))
  .map(([shape, sides, missing]) => {
    const left = shape.map((n, i) => (sides[i] === "right" ? 1 : n));
    const right = shape.map((n, i) => (sides[i] === "left" ? 1 : n));
    return [left, right.slice(Math.min(missing, right.length))] as const;
  });

function binary(f: (a: Tensor, b: Tensor) => Tensor, low = -2, high = 2, make = draw) {
  return () =>
    fc.assert(
      fc.property(broadcasting, seeds, ([a, b], seed) =>
        expectGradients(f as never, [make(seed, a, low, high), make(seed + 1, b, low, high)]),
      ),
      runs,
    );
}

const withAxes = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }), fc.nat(), fc.boolean())
  .map(([shape, pick, keepDims]) => ({ shape, axes: shape.map((_, i) => i).filter((i) => (pick >> i) & 1), keepDims }));

function reduction(f: (x: Tensor, axes: number[], options: { keepDims: boolean }) => Tensor, make = draw) {
  return () =>
    fc.assert(
      fc.property(withAxes, seeds, ({ shape, axes, keepDims }, seed) =>
        expectGradients((x) => f(x!, axes, { keepDims }), [make(seed, shape)]),
      ),
      runs,
    );
}

function along(
  f: (x: Tensor, axis: number) => Tensor,
  make: (seed: number, shape: readonly number[]) => Tensor = draw,
) {
  return () =>
    fc.assert(
      fc.property(withAxes, seeds, ({ shape, axes }, seed) =>
        expectGradients((x) => f(x!, (axes[0] ?? 0) - shape.length), [make(seed, shape)]),
      ),
      runs,
    );
}

/** Once, on fixed inputs. */
function once(f: (...inputs: Tensor[]) => Tensor, inputs: readonly Tensor[]) {
  return () => expectGradients(f, inputs);
}

const windows = fc.record({
  stride: fc.constantFrom<[number, number]>([1, 1], [2, 1], [2, 2], [3, 2]),
  padding: fc.constantFrom<[number, number]>([0, 0], [1, 0], [1, 1]),
  dilation: fc.constantFrom<[number, number]>([1, 1], [2, 1]),
  groups: fc.constantFrom(1, 2),
});

function convolving(
  f: (
    x: Tensor,
    w: Tensor,
    options: { stride: [number, number]; padding: [number, number]; dilation: [number, number]; groups: number },
  ) => Tensor,
  x: number[],
  w: (groups: number) => number[],
) {
  return () =>
    fc.assert(
      fc.property(windows, seeds, (options, seed) =>
        expectGradients((a, b) => f(a!, b!, options), [draw(seed, x), draw(seed + 1, w(options.groups))]),
      ),
      { numRuns: 8 },
    );
}

/** A result without slope: the gradient that reaches the input is zero. */
function flat(f: (x: Tensor) => Tensor) {
  return () => expectGradients((x) => x!.mul(2).add(f(x!).to("float64")), [draw(5, [2, 3])]);
}

const cases: Record<OpName, () => void> = {
  neg: unary((x) => x.neg()),
  abs: unary((x) => x.abs()),
  exp: unary((x) => x.exp()),
  expm1: unary((x) => x.expm1()),
  log: unary((x) => x.log(), 0.2, 3),
  log1p: unary((x) => x.log1p(), -0.8, 3),
  sqrt: unary((x) => x.sqrt(), 0.2, 3),
  reciprocal: unary((x) => x.reciprocal(), 0.3, 3),
  sin: unary((x) => x.sin()),
  cos: unary((x) => x.cos()),
  tanh: unary((x) => x.tanh()),
  sigmoid: unary((x) => x.sigmoid()),
  softplus: unary((x) => x.softplus()),
  erf: unary((x) => x.erf()),
  relu: unary((x) => x.relu()),
  sign: flat((x) => x.sign()),
  floor: flat((x) => x.floor()),
  ceil: flat((x) => x.ceil()),
  round: flat((x) => x.round()),
  isNaN: flat((x) => x.isNaN()),
  not: flat((x) => x.not()),
  equal: flat((x) => x.equal(1)),
  notEqual: flat((x) => x.notEqual(1)),
  less: flat((x) => x.less(1)),
  lessEqual: flat((x) => x.lessEqual(1)),
  greater: flat((x) => x.greater(1)),
  greaterEqual: flat((x) => x.greaterEqual(1)),
  and: flat((x) => x.and(1)),
  or: flat((x) => x.or(1)),
  argmax: flat((x) => x.argmax(1, { keepDims: true })),
  argmin: flat((x) => x.argmin(1, { keepDims: true })),
  argsort: flat((x) => x.argsort(1)),
  stopGradient: () => expectGradients((x) => x!.mul(x!).sub(x!.mul(0).stopGradient()), [draw(1, [3])]),
  cast: unary((x) => x.to("float64").mul(x)),
  add: binary((a, b) => a.add(b)),
  sub: binary((a, b) => a.sub(b)),
  mul: binary((a, b) => a.mul(b)),
  div: binary((a, b) => a.div(b), 0.4, 3),
  pow: binary((a, b) => a.pow(b), 0.4, 3),
  maximum: binary((a, b) => a.maximum(b.add(0.013))),
  minimum: binary((a, b) => a.minimum(b.add(0.013))),
  where: binary(
    (a, b) => where(tensor([true, false, true]).slice([0, a.add(b).shape.at(-1) ?? 1]), a, b) as Tensor,
    -2,
    2,
  ),
  sum: reduction((x, axes, options) => x.square().sum(axes, options)),
  max: reduction(
    (x, axes, options) => x.square().max(axes, options),
    (seed, shape) => apart(seed, shape),
  ),
  min: reduction(
    (x, axes, options) => x.exp().min(axes, options),
    (seed, shape) => apart(seed, shape),
  ),
  logSumExp: reduction((x, axes, options) => x.logSumExp(axes, options)),
  cumsum: along((x, axis) => x.square().cumsum(axis)),
  matmul: () =>
    fc.assert(
      fc.property(
        fc.constantFrom(
          [
            [2, 3],
            [3, 4],
          ],
          [[3], [3, 2]],
          [[2, 3], [3]],
          [[3], [3]],
          [
            [2, 2, 3],
            [3, 2],
          ],
          [
            [2, 1, 2, 3],
            [3, 3, 1],
          ],
          [
            [3, 2],
            [4, 2, 3],
          ],
        ),
        seeds,
        ([a, b], seed) => expectGradients((x, y) => x!.matmul(y!), [draw(seed, a!), draw(seed + 1, b!)]),
      ),
      runs,
    ),
  reshape: unary((x) => x.square().reshape([-1])),
  permute: along((x, axis) => x.square().transpose(0, axis)),
  broadcastTo: unary((x) => x.square().broadcastTo([2, ...x.shape])),
  slice: along((x, axis) =>
    x.square().slice(...x.shape.map((_, i) => (i === axis + x.rank ? ([0, 3, 2] as const) : null))),
  ),
  pad: unary((x) =>
    x.square().pad(
      x.shape.map((_, i) => [i, 1] as const),
      3,
    ),
  ),
  flip: along((x, axis) => x.square().flip(axis)),
  concat: binary(
    (a, b) =>
      concat(
        [a.mul(b).square(), b.add(a.mul(0)), a.add(b)].map((each) => each.unsqueeze(0)),
        0,
      ) as Tensor,
  ),
  take: along((x, axis) =>
    x.square().take(
      tensor([
        [0, -1],
        [0, 0],
      ]),
      axis,
    ),
  ),
  indexAdd: along((x, axis) => x.mul(x.take(tensor([0, 0, -1]), axis).sum(axis, { keepDims: true }))),
  gather: along((x, axis) => x.square().gather(axis, zeros(x.shape).sub(1))),
  scatterAdd: along((x, axis) => x.scatterAdd(axis, zeros(x.shape), x.square())),
  conv2d: convolving(
    (x, w, options) => conv2d(x, w, options) as Tensor,
    [2, 2, 5, 4],
    (groups) => [2, 2 / groups, 3, 2],
  ),
  convInput: convolving(
    (x, w, options) => convTranspose2d(x, w, { ...options, outputPadding: [0, 0] }) as Tensor,
    [2, 2, 3, 3],
    (groups) => [2, 2 / groups, 3, 2],
  ),
  convWeight: once(
    (x, w) => conv2d(x!.square(), w!.square(), { padding: 1 }),
    [draw(3, [1, 2, 3, 3]), draw(4, [1, 2, 2, 2])],
  ),
  maxPool: () =>
    [{}, { stride: 1 }, { stride: [2, 1] as const, padding: 1 }, { dilation: 2, stride: 1 }].forEach((options) => {
      expectGradients((x) => maxPool2d(x!.exp(), 2, options), [apart(7, [1, 2, 4, 5])]);
    }),
  maxUnpool: once((x) => maxPool2d(x!.square(), 2, { stride: 1 }).square(), [apart(8, [1, 1, 4, 4])]),
  maxPoolAt: once((x) => maxPool2d(x!.pow(3), 3, { stride: 1 }), [apart(9, [2, 1, 4, 4])]),
  avgPool: () =>
    [{}, { stride: 1 }, { stride: [2, 1] as const, padding: 1 }, { padding: 1, countIncludePad: false }].forEach(
      (options) => {
        expectGradients((x) => avgPool2d(x!.square(), 2, options), [draw(7, [1, 2, 4, 5])]);
      },
    ),
  solve: once((a, b) => linalg.solve(a!.add(eye(3).mul(4)), b!), [draw(8, [3, 3]), draw(9, [3, 2])]),
  cholesky: once((a) => linalg.cholesky(a!.matmul(a!.transpose()).add(eye(3))), [draw(8, [3, 3])]),
  avgUnpool: once((x) => avgPool2d(x!, [2, 1]).square(), [draw(8, [1, 1, 4, 4])]),
};

describe("first and second derivative of every op equal finite differences", () => {
  test.each(Object.entries(cases))("%s", (_, check) => {
    check();
  });
});

describe("and of what is made of ops", () => {
  const made: Record<string, () => void> = {
    mean: reduction((x, axes, options) => x.square().mean(axes, options)),
    prod: reduction((x, axes, options) => x.prod(axes, options)),
    var: along((x, axis) => x.var(axis, { correction: 0 })),
    std: along(
      (x, axis) => x.std(axis, { correction: 0 }),
      (seed, shape) =>
        apart(
          seed,
          shape.map((n) => n + 1),
        ),
    ),
    norm: reduction((x, axes, options) => x.norm(axes, options)),
    softmax: along((x, axis) => x.softmax(axis)),
    logSoftmax: along((x, axis) => x.logSoftmax(axis)),
    logSigmoid: unary((x) => x.logSigmoid()),
    gelu: unary((x) => x.gelu()),
    silu: unary((x) => x.silu()),
    leakyRelu: unary((x) => x.leakyRelu(0.2)),
    elu: unary((x) => x.elu(0.7)),
    clamp: unary((x) => x.square().clamp(0.5, 1.5)),
    sort: along(
      (x, axis) => x.square().sort(axis, { descending: true }),
      (seed, shape) => apart(seed, shape),
    ),
    topk: along(
      (x, axis) => x.exp().topk(1, axis).values,
      (seed, shape) => apart(seed, shape),
    ),
    stack: binary((a, b) => stack([a.add(b), a.mul(b)], -1) as Tensor),
    square: unary((x) => x.square()),
  };
  test.each(Object.entries(made))("%s", (_, check) => {
    check();
  });
});

test("solve with one right side, and the inverse", () => {
  const a = tensor(
    [
      [4, 1],
      [2, 3],
    ],
    { dtype: "float64" },
  );
  expectGradients((x, b) => linalg.solve(x!, b!), [a, tensor([1, 2], { dtype: "float64" })]);
  expectGradients((x) => linalg.inverse(x!), [a]);
});

test("elu has PyTorch's gradient at 0, which is alpha", () => {
  const x = tensor([0, -0, 800, -800], { dtype: "float64" });
  expect(grad((each: Tensor) => each.elu(0.7).sum() as Tensor)(x).toArray()).toEqual([0.7, 0.7, 1, 0]);
});

test("a product with zeros in it has the exact gradient", () => {
  const x = tensor([0, 2, 3], { dtype: "float64" });
  expectGradients((each) => each!.prod(), [x]);
  expect(x.prod().item()).toBe(0);
});
