// Ordinary programs: PyTorch's tutorials rewritten. They check without an annotation or a cast, whatever is known of their sizes. `shape.test.ts` runs
// them.
import { grad, mapTree, nn, ones, optim, random, type Tensor, tensor, valueAndGrad, zeros } from "../../src/index.ts";

/** A tensor that the checker knows nothing of. */
function load(...shape: number[]): Tensor {
  return random(9).normal(shape);
}

function crossEntropy(logits: Tensor, target: Tensor): Tensor {
  return logits.logSoftmax().gather(-1, target.unsqueeze(-1)).mean().neg();
}

/** “Learn the basics”: three layers on images of clothes. */
export function quickstart(): void {
  const generator = random(0);
  const model = nn.sequential(
    nn.flatten(),
    nn.linear(28 * 28, 32),
    nn.relu(),
    nn.linear(32, 32),
    nn.relu(),
    nn.linear(32, 10),
  );
  let params = model.init(generator);
  params[1].weight.shape satisfies readonly number[];
  params[5].bias.shape satisfies readonly [10];
  const optimizer = optim.sgd({ lr: 1e-3 });
  let state = optimizer.init(params);
  const step = valueAndGrad((p: typeof params, x: Tensor, y: Tensor) => crossEntropy(model.apply(p, x), y));
  for (const n of [16, 16, 7]) {
    const [x, y] = [load(n, 1, 28, 28), generator.integers(0, 10, [n])];
    const [loss, gradients] = step(params, x, y);
    ({ params, state } = optimizer.update(gradients, state, params));
    loss.item();
  }
  const logits = model.apply(params, zeros([64, 28, 28]));
  logits.shape satisfies readonly [64, 10];
  logits.argmax(1).shape satisfies readonly [64];
}

/** “Training a classifier”: LeNet on small images. */
export function classifier(): void {
  const generator = random(1);
  const net = nn.sequential(
    nn.conv2d(3, 6, 5),
    nn.relu(),
    nn.maxPool2d(2, { stride: 2 }),
    nn.conv2d(6, 16, 5),
    nn.relu(),
    nn.maxPool2d(2),
    nn.flatten(),
    nn.linear(16 * 5 * 5, 120),
    nn.relu(),
    nn.linear(120, 84),
    nn.relu(),
    nn.linear(84, 10),
  );
  const params = net.init(generator);
  params[0].weight.shape satisfies readonly [6, 3, 5, 5];
  net.apply(params, zeros([4, 3, 32, 32])).shape satisfies readonly [4, 10];
  const n: number = 2;
  net.apply(params, zeros([n, 3, 32, 32])).shape satisfies readonly [number, 10];
  net.apply(params, load(2, 3, 32, 32)).argmax(1);
  const gradient = grad((p: typeof params) => net.apply(p, ones([1, 3, 32, 32])).mean())(params);
  gradient[0].weight.shape satisfies readonly [6, 3, 5, 5];
}

/** A residual network with batch norms: state goes in and comes out. */
export function residualNetwork(): void {
  const generator = random(2);
  const block = () =>
    nn.residual(
      nn.sequential(nn.conv2d(8, 8, 3, { padding: 1, bias: false }), nn.batchNorm(8), nn.relu(), nn.dropout(0.1)),
    );
  const model = nn.sequential(nn.conv2d(1, 8, 3, { padding: 1 }), block(), block(), nn.avgPool2d(4), nn.flatten());
  let params = model.init(generator);
  let layers = model.initState();
  const optimizer = optim.chain(
    optim.clipByGlobalNorm(1),
    optim.adamw({ lr: optim.schedule.cosine(0.01, { tMax: 9 }) }),
  );
  let state = optimizer.init(params);
  const step = valueAndGrad((p: typeof params, x: Tensor, s: typeof layers) => {
    const [y, next] = model.train(p, x, { state: s, generator });
    return [y.square().mean(), next] as const;
  });
  for (let i = 0; i < 2; i++) {
    const [[loss, next], gradients] = step(params, load(2, 1, 8, 8), layers);
    ({ params, state } = optimizer.update(gradients, state, params));
    layers = next;
    loss.item();
  }
  model.apply(params, zeros([2, 1, 8, 8]), layers).shape satisfies readonly [2, 32];
}

/** “Classifying names with a character-level RNN”. */
export function characters(): void {
  const generator = random(3);
  const model = { embedding: nn.embedding(26, 8), rnn: nn.gru(8, 16, { batchFirst: true }), head: nn.linear(16, 3) };
  let params = {
    embedding: model.embedding.init(generator),
    rnn: model.rnn.init(generator),
    head: model.head.init(generator),
  };
  const classify = (p: typeof params, names: Tensor) => {
    const { output, hidden } = model.rnn.run(p.rnn, model.embedding.apply(p.embedding, names));
    output.shape satisfies readonly number[];
    return model.head.apply(p.head, hidden.at(-1));
  };
  const names = generator.integers(0, 26, [4, 6]);
  model.embedding.apply(params.embedding, names).shape satisfies readonly [4, 6, 8];
  const gradients = grad((p: typeof params) => crossEntropy(classify(p, names), tensor([0, 1, 2, 1])))(params);
  params = mapTree((p, g) => p.sub(g.mul(0.1)), params, gradients);
  const generate = nn.sequential(nn.embedding(26, 8), nn.lstm(8, 16), nn.linear(16, 26));
  generate.apply(generate.init(generator), names).shape satisfies readonly [4, 6, 26];
}

/** A small transformer that may not look ahead. */
export function transformer(): void {
  const generator = random(4);
  const size = 16;
  const block = () =>
    nn.sequential(
      nn.residual(nn.sequential(nn.layerNorm(size), nn.multiHeadAttention(size, 4, { causal: true }))),
      nn.residual(nn.sequential(nn.layerNorm(size), nn.linear(size, 64), nn.gelu(), nn.linear(64, size))),
    );
  const model = nn.sequential(nn.embedding(50, size), block(), block(), nn.layerNorm(size), nn.linear(size, 50));
  const params = model.init(generator);
  const tokens = generator.integers(0, 50, [2, 10]);
  model.apply(params, tokens).shape satisfies readonly [2, 10, 50];
  const next = tokens.slice(null, [1, 10]);
  const loss = (p: typeof params) => {
    const logits = model.apply(p, tokens.slice(null, [0, 9]));
    logits.shape satisfies readonly [2, 9, 50];
    return crossEntropy(logits, next);
  };
  const [value, gradients] = valueAndGrad(loss)(params);
  value.item();
  optim.adam().update(gradients, optim.adam().init(params), params);
  nn.attention(zeros([2, 4, 8]), zeros([2, 6, 8]), zeros([2, 6, 3])).shape satisfies readonly [2, 4, 3];
  nn.attention(load(2, 4, 8), load(2, 6, 8), load(2, 6, 3), { causal: true }).sum();
}

/** Sizes that the checker does not know, layers in lists, helpers. */
export function loose(): void {
  const generator = random(5);
  const sizes = [4, 8, 8, 2];
  const layers = sizes.slice(1).map((size, i) => nn.linear(sizes[i]!, size));
  const params = layers.map((layer) => layer.init(generator));
  let h: Tensor = load(3, 4);
  layers.forEach((layer, i) => {
    h = layer.apply(params[i]!, h).relu();
  });
  const stacked = nn.sequential(...layers);
  stacked.apply(stacked.init(generator), load(3, 4)).sum().item();
  const n: number = 4;
  const free = nn.sequential(nn.linear(n, 8), nn.tanh(), nn.linear(8, n));
  free.apply(free.init(generator), zeros([5, 4])).shape satisfies readonly [5, number];
  const count = (layer: nn.Layer) => layer.size;
  count(free);
  count(nn.conv2d(3, 8, 3));
  const mixed: nn.Layer[] = [nn.linear(4, 4), nn.relu(), nn.layerNorm(4)];
  const any = nn.sequential(...mixed);
  any.apply(any.init(generator), zeros([2, 4])).sum();
  const either = n > 3 ? nn.relu() : nn.tanh();
  either.apply({}, zeros([2, 3])).shape satisfies readonly [2, 3];
  nn.conv1d(2, 8, 5, { stride: 3, init: nn.heNormal }).apply(nn.conv1d(2, 8, 5).init(generator), zeros([4, 2, 100]))
    .shape satisfies readonly [4, 8, 32];
  const up = nn.convTranspose2d(8, 4, 2, { stride: 2 });
  up.apply(up.init(generator), zeros([1, 8, 7, 7])).shape satisfies readonly [1, 4, 14, 14];
  const longer = nn.convTranspose1d(8, 4, 2, { stride: 2 });
  longer.apply(longer.init(generator), zeros([1, 8, 7])).shape satisfies readonly [1, 4, 14];
  nn.sequential(nn.linear(4, 8), nn.glu()).apply([nn.linear(4, 8).init(generator), {}], zeros([2, 4]))
    .shape satisfies readonly [2, 4];
  const pair = nn.bilinear(3, 2, 5);
  pair.apply(pair.init(generator), zeros([4, 3]), zeros([4, 2])).shape satisfies readonly [4, 5];
  pair.apply(pair.init(generator), load(4, 3), zeros([4, 2])).sum();
  const both = nn.lstm(8, 16, { bidirectional: true, numLayers: 2 });
  both.apply(both.init(generator), zeros([5, 2, 8])).shape satisfies readonly [5, 2, 32];
  const depthwise = nn.conv2d(6, 12, 3, { groups: 6, padding: "same" });
  depthwise.apply(depthwise.init(generator), zeros([1, 6, 9, 9])).shape satisfies readonly [1, 12, 9, 9];
}
