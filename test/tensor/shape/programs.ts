// Ordinary programs: they check without an annotation or a cast, whatever is known of their sizes. `shape.test.ts` runs them.
import {
  arange,
  avgPool2d,
  concat,
  conv1d,
  conv2d,
  convTranspose2d,
  eye,
  full,
  grad,
  hessian,
  jacobian,
  leavesOf,
  linspace,
  mapTree,
  maxPool2d,
  oneHot,
  ones,
  random,
  stack,
  type Tensor,
  tensor,
  valueAndGrad,
  where,
  zeros,
} from "../../../src/index.ts";

/** A tensor that the checker knows nothing of. */
function load(): Tensor {
  return ones([128, 784]);
}

export function known(): void {
  const generator = random(0);
  const x = generator.normal([128, 784]);
  const z = x.matmul(zeros([784, 10])).add(zeros([10]));
  z.shape satisfies readonly [128, 10];
  z.mean(0).shape satisfies readonly [10];
  z.mean(-1).shape satisfies readonly [128];
  z.sum().shape satisfies readonly [];
  z.sum([0, 1]).shape satisfies readonly [];
  z.max(1, { keepDims: true }).shape satisfies readonly [128, 1];
  z.sub(z.max(1, { keepDims: true })).shape satisfies readonly [128, 10];
  z.argmax(-1).shape satisfies readonly [128];
  z.softmax().shape satisfies readonly [128, 10];
  z.greater(0).shape satisfies readonly [128, 10];
  z.transpose().shape satisfies readonly [10, 128];
  z.matmul(z.transpose()).shape satisfies readonly [128, 128];
  z.mul(2).sub(1).div(3).pow(2).neg().exp().shape satisfies readonly [128, 10];
  z.to("float64").relu().shape satisfies readonly [128, 10];
  tensor([[1], [2], [3]]).add(tensor([10, 20])).shape satisfies readonly [3, 2];
  tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]).shape satisfies readonly [2, 3];
  zeros([2, 3, 4]).matmul(zeros([4, 5])).shape satisfies readonly [2, 3, 5];
  zeros([7, 1, 3, 4]).matmul(zeros([2, 4, 5])).shape satisfies readonly [7, 2, 3, 5];
  zeros([3]).matmul(zeros([3, 4])).shape satisfies readonly [4];
  zeros([3]).matmul(zeros([3])).shape satisfies readonly [];
}

export function moving(): void {
  const cube = zeros([2, 3, 4]);
  cube.reshape([6, 4]).shape satisfies readonly [6, 4];
  cube.reshape([-1]).shape satisfies readonly [24];
  cube.reshape([2, -1]).shape satisfies readonly [2, 12];
  cube.reshape([-1, 8]).shape satisfies readonly [3, 8];
  zeros([64, 28, 28]).reshape([64, -1]).shape satisfies readonly [64, 784];
  zeros([64, 28, 28]).reshape([-1, 784]).shape satisfies readonly [number, 784];
  cube.flatten().shape satisfies readonly [2, 12];
  cube.ravel().shape satisfies readonly [24];
  cube.permute([2, 0, 1]).shape satisfies readonly [4, 2, 3];
  cube.permute([-1, 0, 1]).shape satisfies readonly [4, 2, 3];
  cube.transpose().shape satisfies readonly [2, 4, 3];
  cube.transpose(0, 2).shape satisfies readonly [4, 3, 2];
  cube.unsqueeze(0).shape satisfies readonly [1, 2, 3, 4];
  cube.unsqueeze(-1).shape satisfies readonly [2, 3, 4, 1];
  cube.unsqueeze(1).squeeze(1).shape satisfies readonly [2, 3, 4];
  zeros([1, 3, 1]).squeeze().shape satisfies readonly [3];
  zeros([3, 1]).broadcastTo([2, 3, 4]).shape satisfies readonly [2, 3, 4];
  cube.slice(0).shape satisfies readonly [3, 4];
  cube.slice(null, [1, 3]).shape satisfies readonly [2, 2, 4];
  cube.slice(null, -1, [1]).shape satisfies readonly [2, 3];
  cube.slice([0, 2, 1]).shape satisfies readonly [number, 3, 4];
  cube.at(1).shape satisfies readonly [3, 4];
  cube.flip(-1).shape satisfies readonly [2, 3, 4];
  cube.pad([
    [0, 0],
    [1, 1],
    [0, 2],
  ]).shape satisfies readonly [number, number, number];
  cube.take(
    tensor([
      [0, 1],
      [1, 0],
    ]),
    1,
  ).shape satisfies readonly [2, 2, 2, 4];
  cube.gather(2, zeros([2, 3, 1])).shape satisfies readonly [2, 3, 1];
  cube.sort().shape satisfies readonly [2, 3, 4];
  cube.topk(2).values.shape satisfies readonly [2, 3, 2];
  cube.cumsum(1).shape satisfies readonly [2, 3, 4];
  concat([zeros([2, 3]), zeros([4, 3]), zeros([1, 3])]).shape satisfies readonly [7, 3];
  concat([zeros([2, 3]), zeros([2, 5])], -1).shape satisfies readonly [2, 8];
  stack([zeros([2, 3]), zeros([2, 3])]).shape satisfies readonly [2, 2, 3];
  stack([zeros([2, 3]), zeros([2, 3])], -1).shape satisfies readonly [2, 3, 2];
  oneHot(tensor([0, 2]), 3).shape satisfies readonly [2, 3];
  eye(3).shape satisfies readonly [3, 3];
  arange(5).shape satisfies readonly [5];
  linspace(0, 1, 7).shape satisfies readonly [7];
  where(cube.greater(0), cube, 0).shape satisfies readonly [2, 3, 4];
  where(zeros([3, 1]), 1, zeros([4])).shape satisfies readonly [3, 4];
}

export function images(): void {
  const x = ones([8, 3, 32, 32]);
  const h = conv2d(x, ones([16, 3, 3, 3]), { padding: 1 }).relu();
  h.shape satisfies readonly [8, 16, 32, 32];
  const p = maxPool2d(h, 2);
  p.shape satisfies readonly [8, 16, 16, 16];
  const s = conv2d(p, ones([32, 16, 5, 5]), { stride: 2, padding: 2 });
  s.shape satisfies readonly [8, 32, 8, 8];
  avgPool2d(s, 2).flatten().shape satisfies readonly [8, 512];
  avgPool2d(s, 2)
    .flatten()
    .matmul(ones([512, 10])).shape satisfies readonly [8, 10];
  conv2d(x, ones([6, 1, 3, 3]), { groups: 3, dilation: 2 }).shape satisfies readonly [8, 6, 28, 28];
  conv1d(ones([4, 2, 100]), ones([8, 2, 5]), { stride: 3 }).shape satisfies readonly [4, 8, 32];
  convTranspose2d(ones([1, 4, 8, 8]), ones([4, 2, 2, 2]), { stride: 2 }).shape satisfies readonly [1, 2, 16, 16];
  maxPool2d(x, 3, { stride: 2, padding: 1 }).shape satisfies readonly [8, 3, 16, 16];
  maxPool2d(x, [2, 4]).shape satisfies readonly [8, 3, 16, 8];
  const patches = conv2d(ones([2, 3, 224, 224]), ones([192, 3, 16, 16]), { stride: 16 });
  patches.shape satisfies readonly [2, 192, 14, 14];
  patches.reshape([2, 192, -1]).shape satisfies readonly [2, 192, 196];
  maxPool2d(ones([1, 3, 100, 99]), 12).shape satisfies readonly [1, 3, 8, 8];
  avgPool2d(ones([1, 3, 300, 200]), 99).shape satisfies readonly [1, 3, 3, 2];
  avgPool2d(ones([1, 3, 300, 200]), 100).shape satisfies readonly [1, 3, number, number];
  ones([40, 3, 10]).reshape([30, -1]).shape satisfies readonly [30, 40];
  const loose = conv2d(load().reshape([128, 1, 28, 28]), ones([2, 1, 3, 3]));
  loose.shape satisfies readonly [number, number, number, number];
}

export function unknown(): void {
  const x = load();
  const w = zeros([784, 10]);
  x.matmul(w)
    .add(zeros([10]))
    .mean()
    .item();
  ones([5, 128]).matmul(x);
  x.add(x).sub(ones([784]));
  ones([784]).add(x);
  x.sum(1).sum(0).item();
  x.reshape([128 * 784]).at(0);
  x.slice(null, [0, 10]).transpose().matmul(x);
  concat([x, x]).shape;
  concat([x, zeros([2, 784])]).shape;
  stack([x, x], 1).squeeze();
  const n: number = x.shape[0]!;
  const rows = random(1).normal([n, 784]);
  const z = rows.matmul(w);
  z.shape[1] satisfies 10;
  z.add(rows.matmul(w)).mean(0).shape satisfies readonly [10];
  rows.sub(rows.mean(0)).shape satisfies readonly [number, 784];
  zeros([n]).add(zeros([n]));
  zeros([n, 3])
    .matmul(zeros([3, n]))
    .sum(-1);
  full([n], 2).mul(ones([128]));
  rows.slice([0, 64]).matmul(w).shape[1] satisfies 10;
  rows.reshape([64, -1]).shape satisfies readonly [64, number];
  rows.reshape([n, -1]).shape satisfies readonly [number, number];
  const axis: number = 1;
  rows.sum(axis).sum();
  rows.mean(axis, { keepDims: true }).sub(rows);
  const shape: number[] = [2, 3];
  zeros(shape).add(1).reshape([6]);
  x.reshape(x.shape).add(x);
}

export function flow(): void {
  const generator = random(3);
  let u: Tensor = zeros([2]);
  u = generator.normal([3, 4]);
  u.mean().item();
  let w = zeros([2, 1]);
  const g = generator.normal([2, 1]);
  for (let step = 0; step < 3; step++) w = w.sub(g.mul(0.1));
  const list: Tensor[] = [zeros([1]), zeros([2, 3])];
  for (const each of list) each.add(1).sum().item();
  let sum = zeros([3]);
  for (let i = 0; i < 3; i++) sum = sum.add(tensor([1, 2, 3]));
  const either = sum.sum().item() > 5 ? zeros([2, 3]) : zeros([4, 3]);
  either
    .matmul(zeros([3, 1]))
    .relu()
    .sum();
  either.add(1).mean(0);
  const total = [ones([2]), ones([2])].reduce((a, b) => a.add(b));
  total.shape satisfies readonly [2];
  const layers = [4, 8, 2].map((size) => zeros([size, size]));
  layers.map((layer) => layer.sum().item());
  stack(layers.map((layer) => layer.sum())).mean();
  concat([1, 2, 3].map((size) => ones([size, 2]))).sum(0).shape satisfies readonly [2];
}

function standardize<S extends readonly number[]>(x: Tensor<S>) {
  return x.sub(x.mean()).div(x.std().add(1e-5));
}

function mlp(
  params: { w1: Tensor<readonly [4, 8]>; b1: Tensor<readonly [8]>; w2: Tensor<readonly [8, 3]> },
  x: Tensor<readonly [number, 4]>,
) {
  return x.matmul(params.w1).add(params.b1).relu().matmul(params.w2);
}

export function training(): void {
  const generator = random(7);
  const x = standardize(generator.normal([20, 4]));
  const target = generator.integers(0, 3, [20]);
  let params = { w1: generator.normal([4, 8]), b1: zeros([8]), w2: generator.normal([8, 3], { std: 0.1 }) };
  const loss = (p: typeof params, inputs: typeof x) =>
    mlp(p, inputs).logSoftmax().gather(1, target.unsqueeze(1)).mean().neg();
  const step = valueAndGrad(loss);
  for (let i = 0; i < 3; i++) {
    const [value, gradient] = step(params, x);
    value.shape satisfies readonly [];
    gradient.w1.shape satisfies readonly [4, 8];
    params = mapTree((p, d) => p.sub(d.mul(0.1)), params, gradient);
  }
  const withPredictions = valueAndGrad((p: typeof params) => {
    const logits = mlp(p, x);
    return [logits.logSumExp(1).mean(), logits] as const;
  });
  const [[value, logits], gradient] = withPredictions(params);
  value.item();
  logits.argmax(1).shape satisfies readonly [number];
  leavesOf(gradient).map((each) => each.norm().item());
  jacobian((p: Tensor<readonly [3]>) => p.mul(p))(ones([3])).shape satisfies readonly [3, 3];
  hessian((p: Tensor<readonly [2]>) => p.pow(3).sum())(ones([2])).shape satisfies readonly [2, 2];
  grad((layers: { w: Tensor }[]) => layers.map((layer) => layer.w.sum()).reduce((a, b) => a.add(b)))([
    { w: ones([2]) },
  ]);
  const nested = grad((p: Tensor<readonly [3]>) => grad((q: Tensor<readonly [3]>) => q.pow(3).sum())(p).sum())(
    ones([3]),
  );
  nested.shape satisfies readonly [3];
}
