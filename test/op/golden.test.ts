// Values and gradients of PyTorch 2.13, made by test/golden/op.py: float64 to 1e-10, float32 to 1e-5.
import { describe, expect, test } from "vitest";
import {
  avgPool2d,
  concat,
  conv1d,
  conv2d,
  convTranspose2d,
  type DType,
  eye,
  fromArray,
  grad,
  linalg,
  maxPool2d,
  type Tensor,
  tensor,
  where,
} from "../../src/index.ts";
import golden from "../golden/op.json" with { type: "json" };

const spd = (a: Tensor) => a.matmul(a.transpose()).add(eye(4, { dtype: "float64" }));
const indices = tensor([
  [0, 0],
  [2, 1],
]);

const ours: Record<keyof typeof golden, (...inputs: Tensor[]) => Tensor> = {
  add: (a, b) => a!.add(b!),
  sub: (a, b) => a!.sub(b!),
  mul: (a, b) => a!.mul(b!),
  div: (a, b) => a!.div(b!),
  pow: (a, b) => a!.pow(b!),
  maximum: (a, b) => a!.maximum(b!),
  minimum: (a, b) => a!.minimum(b!),
  neg: (x) => x!.neg(),
  abs: (x) => x!.abs(),
  exp: (x) => x!.exp(),
  expm1: (x) => x!.expm1(),
  sin: (x) => x!.sin(),
  cos: (x) => x!.cos(),
  tanh: (x) => x!.tanh(),
  sigmoid: (x) => x!.sigmoid(),
  erf: (x) => x!.erf(),
  relu: (x) => x!.relu(),
  square: (x) => x!.square(),
  log: (x) => x!.log(),
  log1p: (x) => x!.log1p(),
  sqrt: (x) => x!.sqrt(),
  reciprocal: (x) => x!.reciprocal(),
  softplus: (x) => x!.softplus(),
  gelu: (x) => x!.gelu(),
  silu: (x) => x!.silu(),
  logsigmoid: (x) => x!.logSigmoid(),
  elu: (x) => x!.elu(),
  leaky_relu: (x) => x!.leakyRelu(),
  round: (x) => x!.round(),
  clamp: (x) => x!.clamp(-0.5, 1),
  sum: (x) => x!.sum([0, 2]),
  mean: (x) => x!.mean(1, { keepDims: true }),
  prod: (x) => x!.prod(1),
  max: (x) => x!.max([0, 1]),
  min: (x) => x!.min(-1),
  var: (x) => x!.var(0),
  std: (x) => x!.std([0, 1], { correction: 0 }),
  logSumExp: (x) => x!.logSumExp(1),
  softmax: (x) => x!.softmax(0),
  logSoftmax: (x) => x!.logSoftmax(),
  cumsum: (x) => x!.cumsum(1),
  norm: (x) => x!.norm(1),
  matmul: (a, b) => a!.matmul(b!),
  matmulVector: (a, b) => a!.matmul(b!),
  matmulLarge: (a, b) => a!.matmul(b!),
  sort: (x) => x!.sort(1, { descending: true }),
  topk: (x) => x!.topk(2, 0).values,
  gather: (x) => x!.gather(1, indices),
  scatterAdd: (x, s) => x!.scatterAdd(1, indices, s!),
  take: (x) =>
    x!.take(
      tensor([
        [2, 0],
        [0, 1],
      ]),
      1,
    ),
  flip: (x) => x!.flip(1),
  pad: (x) =>
    x!.pad(
      [
        [0, 1],
        [1, 2],
      ],
      0.5,
    ),
  conv2d: (x, w) => conv2d(x!, w!, { stride: [2, 1], padding: [1, 2], dilation: [1, 2] }),
  conv2dGroups: (x, w) => conv2d(x!, w!, { groups: 2, padding: "same" }),
  conv1d: (x, w) => conv1d(x!, w!, { stride: 2, padding: 1 }),
  convTranspose2d: (x, w) => convTranspose2d(x!, w!, { stride: 2, padding: 1, outputPadding: 1, groups: 2 }),
  maxPool2d: (x) => maxPool2d(x!, 3, { stride: 2, padding: 1 }),
  maxPool2dDilated: (x) => maxPool2d(x!, 2, { stride: 1, dilation: 2 }),
  avgPool2d: (x) => avgPool2d(x!, 3, { stride: 2, padding: 1 }),
  avgPool2dInside: (x) => avgPool2d(x!, [2, 3], { stride: 2, padding: 1, countIncludePad: false }),
  where: (a, b) => where(tensor([true, false, true]), a!, b!),
  solve: (a, b) => linalg.solve(spd(a!), b!),
  cholesky: (a) => linalg.cholesky(spd(a!)),
  inverse: (a) => linalg.inverse(spd(a!)),
  singularValues: (a) => linalg.svd(a!).s,
  eigenvalues: (a) => linalg.eigh(spd(a!)).values,
  determinant: (a) => linalg.determinant(a!),
  logDeterminant: (a) => linalg.logDeterminant(spd(a!)),
  qr,
  qrSquare: qr,
  qrWide: qr,
  svd,
  svdWide: svd,
  eigh: (a) => {
    const { values, vectors } = linalg.eigh(a!.add(a!.transpose()));
    return rows(vectors.mul(values.exp()).matmul(vectors.transpose()), vectors.abs(), values);
  },
};

/** Signs of rows and columns are anybody's choice: the diagonal of R is made positive, as in the table. */
function qr(a: Tensor | undefined): Tensor {
  const { q, r } = linalg.qr(a!);
  const signs = r.slice(null, [0, r.shape[0]!]).mul(eye(r.shape[0]!)).sum(-1).sign().stopGradient() as Tensor;
  return rows(q.mul(signs), r.mul(signs.unsqueeze(1)));
}

/** What does not depend on the signs of the vectors. */
function svd(a: Tensor | undefined): Tensor {
  const { u, s, vh } = linalg.svd(a!);
  return rows(u.mul(s.square()).matmul(vh), u.abs(), vh.abs(), s);
}

/** All numbers in one row. */
function rows(...tensors: readonly Tensor[]): Tensor {
  return concat(tensors.map((each) => each.ravel() as Tensor));
}

interface Packed {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

describe.each(["float64", "float32"] as const)("%s", (dtype: DType) => {
  const tolerance = dtype === "float64" ? 1e-10 : 1e-5;
  const unpack = ({ shape, data }: Packed): Tensor => fromArray(Float64Array.from(data), shape).to(dtype);
  const expectClose = (actual: Tensor, want: Packed) => {
    expect(actual.shape).toEqual(want.shape);
    const scale = Math.max(1, ...want.data.map(Math.abs));
    want.data.forEach((value, i) => {
      if (!(Math.abs(actual.data[i]! - value) <= tolerance * scale))
        expect.fail(`element ${i} is ${actual.data[i]}, PyTorch has ${value}`);
    });
  };
  const linear =
    "solve cholesky inverse singularValues eigenvalues determinant logDeterminant qr qrSquare qrWide svd svdWide eigh".split(
      " ",
    );
  const names = Object.entries(golden).filter(([name]) => dtype === "float64" || !linear.includes(name));

  test.each(names)("%s", (name, { inputs, output, gradients }) => {
    const f = ours[name as keyof typeof golden];
    const given = inputs.map(unpack);
    const y = f(...given);
    expect(y.dtype).toBe(dtype);
    expectClose(y, output);
    const weights = fromArray(
      Float64Array.from({ length: y.size }, (_, i) => Math.cos(i)),
      y.shape,
    ).to(dtype);
    const slopes = grad(
      (parts: readonly Tensor[]) =>
        f(...parts)
          .mul(weights)
          .sum() as Tensor,
    )(given) as readonly Tensor[];
    slopes.forEach((slope, i) => {
      expect(slope.dtype).toBe(dtype);
      expectClose(slope, gradients[i]!);
    });
  });
});
