// Helpers that are generic in a size, in the shape or in the tensor: they check without an annotation or a cast, and what they return is known where they
// are called. `shape.test.ts` runs them.
import {
  avgPool2d,
  concat,
  conv1d,
  conv2d,
  convTranspose2d,
  type Generator,
  grad,
  loss,
  maxPool2d,
  metric,
  nn,
  ones,
  random,
  type Shape,
  stack,
  type Tensor,
  valueAndGrad,
  where,
  zeros,
} from "../../../src/index.ts";

// ── generic in the whole shape

function centre<S extends Shape>(x: Tensor<S>) {
  return x.sub(x.mean(-1, { keepDims: true }));
}

function standardizeRows<S extends Shape>(x: Tensor<S>, eps = 1e-5) {
  const centred = centre(x);
  return centred.div(centred.square().mean(-1, { keepDims: true }).add(eps).sqrt());
}

function inner<S extends Shape>(x: Tensor<S>, y: Tensor<S>) {
  return x.mul(y).sum();
}

function flat<const S extends Shape>(x: Tensor<S>) {
  return x.reshape([-1]);
}

function stableSoftmax<S extends Shape>(x: Tensor<S>) {
  const e = x.sub(x.max(-1, { keepDims: true })).exp();
  return e.div(e.sum(-1, { keepDims: true }));
}

function entropy<S extends Shape>(logits: Tensor<S>) {
  return logits.softmax(-1).mul(logits.logSoftmax(-1)).sum(-1).neg();
}

function bounded<S extends Shape>(x: Tensor<S>, low: number, high: number) {
  return where(x.less(low), low, where(x.greater(high), high, x));
}

function firstRow<S extends Shape>(x: Tensor<S>) {
  return x.at(0).add(x.slice(0));
}

function twice<S extends Shape>(x: Tensor<S>) {
  return concat([x, x]);
}

function pair<S extends Shape>(x: Tensor<S>, y: Tensor<S>) {
  return stack([x, y]);
}

function smooth<S extends Shape>(x: Tensor<S>, y: Tensor<S>) {
  return loss
    .huber(x, y)
    .add(loss.mse(x, y))
    .add(loss.mae(x, y, { reduction: "none" }).mean());
}

function slope<S extends Shape>(x: Tensor<S>, y: Tensor<S>) {
  return grad((p: Tensor<S>) => loss.mse(p, y))(x);
}

function descend<S extends Shape>(x: Tensor<S>, y: Tensor<S>, steps: number) {
  const step = valueAndGrad((p: Tensor<S>) => p.sub(y).square().sum());
  let last = 0;
  for (let i = 0; i < steps; i++) last = step(x)[0].item();
  return last;
}

function along<S extends Shape, const X extends number>(x: Tensor<S>, axis: X) {
  return x.sum(axis).add(x.mean(axis));
}

function aroundMoving<S extends Shape>(x: Tensor<S>) {
  x.transpose().sort().cumsum(0);
  x.unsqueeze(0).squeeze(0).flip(-1);
  x.permute([1, 0]);
  x.topk(1).values.sum();
  x.argmax(-1).equal(x.argmin(-1));
  x.broadcastTo([2, 2, 3]).ravel();
  x.take(zeros([1], { dtype: "int32" }), -1);
  return x.flatten();
}

function shifted<S extends Shape>(x: Tensor<S>) {
  return x.add(ones([3])).maximum(zeros([2, 3]));
}

// ── generic in sizes

function normalize<N extends number, D extends number>(x: Tensor<readonly [N, D]>) {
  return x.div(x.square().sum(-1, { keepDims: true }).sqrt());
}

function project<N extends number, D extends number, E extends number>(
  x: Tensor<readonly [N, D]>,
  w: Tensor<readonly [D, E]>,
  b: Tensor<readonly [E]>,
) {
  return x.matmul(w).add(b).relu();
}

function gram<N extends number, D extends number>(x: Tensor<readonly [N, D]>) {
  return x.matmul(x.transpose());
}

function scores<const B extends Shape, N extends number, D extends number>(
  q: Tensor<readonly [...B, N, D]>,
  k: Tensor<readonly [...B, N, D]>,
) {
  return q.matmul(k.transpose()).div(Math.sqrt(8)).softmax();
}

function attend<N extends number, D extends number>(
  q: Tensor<readonly [N, D]>,
  k: Tensor<readonly [N, D]>,
  v: Tensor<readonly [N, D]>,
) {
  return scores(q, k).matmul(v);
}

function distances<N extends number, M extends number, D extends number>(
  a: Tensor<readonly [N, D]>,
  b: Tensor<readonly [M, D]>,
) {
  return a.unsqueeze(1).sub(b.unsqueeze(0)).square().sum(-1).sqrt();
}

function nearest<N extends number, M extends number, D extends number>(
  a: Tensor<readonly [N, D]>,
  b: Tensor<readonly [M, D]>,
) {
  return distances(a, b).argmin(1);
}

function withBias<N extends number, D extends number>(x: Tensor<readonly [N, D]>) {
  return concat([x, ones([x.shape[0], 1])], 1);
}

function classify<N extends number, C extends number>(logits: Tensor<readonly [N, C]>, labels: Tensor<readonly [N]>) {
  const hits = logits.argmax(1).equal(labels).mean();
  return loss
    .crossEntropy(logits, labels)
    .add(hits)
    .add(metric.accuracy(labels, logits.argmax(1)));
}

function pooled<N extends number, C extends number>(x: Tensor<readonly [N, C, 8, 8]>) {
  return avgPool2d(maxPool2d(x, 2), 2).flatten();
}

function blur<N extends number, C extends number>(x: Tensor<readonly [N, 1, 8, 8]>, w: Tensor<readonly [C, 1, 3, 3]>) {
  return convTranspose2d(conv2d(x, w, { padding: 1 }), ones([2, 1, 2, 2]), { stride: 2 });
}

function trend<N extends number, L extends number>(x: Tensor<readonly [N, 1, L]>) {
  return conv1d(x, ones([1, 1, 3]), { padding: 1 });
}

// ── generic in the tensor

function gate<T extends Tensor>(x: T) {
  return x.sigmoid().mul(x);
}

function spread<T extends Tensor>(x: T) {
  return x
    .sub(x.mean(-1, { keepDims: true }))
    .square()
    .mean(-1);
}

function plus<T extends Tensor, const O extends Tensor | number>(x: T, other: O) {
  return x.add(other);
}

// ── layers on a generic input

function hidden<N extends number>(x: Tensor<readonly [N, 4]>, generator: Generator) {
  const model = nn.sequential(
    nn.linear(4, 8),
    nn.layerNorm(8),
    nn.relu(),
    nn.residual(nn.linear(8, 8)),
    nn.linear(8, 2),
  );
  return model.apply(model.init(generator), x);
}

function anywhere<S extends Shape>(x: Tensor<S>, generator: Generator) {
  const layer = nn.linear(3, 5);
  return nn.gelu().apply({}, layer.apply(layer.init(generator), x));
}

function forward<T extends Tensor>(x: T, generator: Generator) {
  const layer = nn.sequential(nn.linear(3, 2), nn.tanh());
  return layer.train(layer.init(generator), x)[0];
}

function step<N extends number, T extends number>(x: Tensor<readonly [T, N, 3]>, generator: Generator) {
  const layer = nn.lstm(3, 6);
  return layer.apply(layer.init(generator), x);
}

export function shapes(): void {
  const x = ones([2, 3]);
  centre(x).shape satisfies readonly [2, 3];
  centre(ones([4, 5, 6])).shape satisfies readonly [4, 5, 6];
  standardizeRows(x).shape satisfies readonly [2, 3];
  inner(x, x).shape satisfies readonly [];
  flat(x).shape satisfies readonly [6];
  stableSoftmax(x).shape satisfies readonly [2, 3];
  entropy(x).shape satisfies readonly [2];
  bounded(x, 0, 1).shape satisfies readonly [2, 3];
  firstRow(x).shape satisfies readonly [3];
  twice(x).shape satisfies readonly [4, 3];
  pair(x, x).shape satisfies readonly [2, 2, 3];
  smooth(x, x).shape satisfies readonly [];
  slope(x, x).shape satisfies readonly [2, 3];
  descend(x, x, 3) satisfies number;
  along(x, 0).shape satisfies readonly [3];
  along(x, -1).shape satisfies readonly [2];
  aroundMoving(x).shape satisfies readonly [2, 3];
  shifted(x).shape satisfies readonly [2, 3];
  shifted(ones([1, 3])).shape satisfies readonly [2, 3];
}

export function sizes(): void {
  const x = ones([2, 3]);
  normalize(x).shape satisfies readonly [2, 3];
  project(x, ones([3, 5]), ones([5])).shape satisfies readonly [2, 5];
  gram(x).shape satisfies readonly [2, 2];
  scores(ones([7, 2, 3]), ones([7, 2, 3])).shape satisfies readonly [7, 2, 2];
  attend(x, x, x).shape satisfies readonly [2, 3];
  distances(x, ones([4, 3])).shape satisfies readonly [2, 4];
  nearest(x, ones([4, 3])).shape satisfies readonly [2];
  withBias(x).shape satisfies readonly [2, 4];
  classify(x, zeros([2])).shape satisfies readonly [];
  pooled(ones([2, 3, 8, 8])).shape satisfies readonly [2, 12];
  blur(ones([2, 1, 8, 8]), ones([2, 1, 3, 3])).shape satisfies readonly [2, 1, 16, 16];
  trend(ones([2, 1, 9])).shape satisfies readonly [2, 1, 9];
}

export function tensors(): void {
  const x = ones([2, 3]);
  const generator = random(0);
  gate(x).shape satisfies readonly [2, 3];
  spread(x).shape satisfies readonly [2];
  plus(x, 1).shape satisfies readonly [2, 3];
  plus(x, ones([4, 1, 1])).shape satisfies readonly [4, 2, 3];
  hidden(ones([6, 4]), generator).shape satisfies readonly [6, 2];
  anywhere(x, generator).shape satisfies readonly [2, 5];
  anywhere(ones([7, 2, 3]), generator).shape satisfies readonly [7, 2, 5];
  forward(x, generator).shape satisfies readonly [2, 2];
  step(ones([5, 2, 3]), generator).shape satisfies readonly [5, 2, 6];
}

/** What they are given may be unknown, and what they give goes on into checked code. */
export function gradual(): void {
  const unknown: Tensor = ones([2, 3]);
  const n: number = 2;
  const rows = ones([n, 3]);
  centre(unknown).matmul(ones([3, 4]));
  normalize(rows).shape satisfies readonly [number, 3];
  gram(rows).shape satisfies readonly [number, number];
  project(rows, ones([3, 5]), ones([5])).shape satisfies readonly [number, 5];
  spread(unknown).sum();
  anywhere(unknown, random(0)).mean();
  const list = [ones([2, 3]), ones([4, 3])].map((each) => spread(each).sum());
  stack(list).mean();
}

// ── functions in and out, loops, classes

function relax<S extends Shape>(f: (x: Tensor<S>) => Tensor<readonly []>, x: Tensor<S>, steps: number) {
  let h = x;
  for (let i = 0; i < steps; i++) h = h.sub(grad(f)(h).mul(0.1));
  return h;
}

function deep<N extends number, D extends number>(x: Tensor<readonly [N, D]>, w: Tensor<readonly [D, D]>) {
  let h = x;
  for (let i = 0; i < 3; i++) h = h.matmul(w).relu().sub(h.mean(0));
  return h;
}

function annotated<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return x.sub(x.mean(-1, { keepDims: true })).div(x.std().add(1e-5));
}

function powers<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return [1, 2, 3].map((k) => x.pow(k)).reduce((a, b) => a.add(b));
}

function heads<N extends number, D extends number>(x: Tensor<readonly [N, D]>) {
  const [n, d] = x.shape;
  return x.reshape([n, 1, d]).transpose(0, 1);
}

function network<I extends number, O extends number>(inputs: I, outputs: O) {
  return nn.sequential(nn.linear(inputs, 8), nn.relu(), nn.linear(8, outputs));
}

function risk<P, X extends Shape, Y extends Shape>(
  f: (params: P, x: Tensor<X>) => Tensor<Y>,
  params: P,
  x: Tensor<X>,
  y: Tensor<Y>,
) {
  return loss.mse(f(params, x), y);
}

class Scaler<D extends number> {
  readonly mean: Tensor<readonly [D]>;

  constructor(x: Tensor<readonly [number, D]>) {
    this.mean = x.mean(0);
  }

  apply<N extends number>(x: Tensor<readonly [N, D]>) {
    return x.sub(this.mean);
  }
}

export function flow(): void {
  const x = ones([2, 3]);
  relax((p) => p.square().sum(), x, 2).shape satisfies readonly [2, 3];
  deep(x, ones([3, 3])).shape satisfies readonly [2, 3];
  annotated(x).shape satisfies readonly [2, 3];
  powers(x).shape satisfies readonly [2, 3];
  heads(x).shape satisfies readonly [1, 2, 3];
  const model = network(3, 5);
  const params = model.init(random(0));
  params[2].weight.shape satisfies readonly [5, 8];
  model.apply(params, x).shape satisfies readonly [2, 5];
  risk((p: Tensor<readonly [3]>, z: typeof x) => z.matmul(p), ones([3]), x, zeros([2])).shape satisfies readonly [];
  new Scaler(x).apply(ones([7, 3])).shape satisfies readonly [7, 3];
}
