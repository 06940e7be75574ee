/** A notebook of twenty ordinary cells: what it is about, and its text. */
export const cells = [
  [
    "data, split",
    `const digits = data.digits();
const { train: seen, test: unseen } = data.split(digits, { testSize: 0.25, seed: 1 });
seen.features.shape`,
  ],
  [
    "tensors by hand",
    `const x = tensor([[1, 2, 3], [4, 5, 6]]);\nconst y = x.mul(2).add(1).sub(x.mean(0)).div(x.std(0).add(1e-6));\ny`,
  ],
  [
    "broadcasting",
    `const column = tensor.arange(8).unsqueeze(1);\nconst row = tensor.arange(5);\nconst table = column.mul(10).add(row);\ntable.sum(0, { keepDims: true })`,
  ],
  [
    "linear regression by hand",
    `const design = random(1).normal([200, 5]);
const truth = tensor([1, -2, 3, 0, 0.5]);
const response = design.matmul(truth).add(random(2).normal([200]).mul(0.1));
const gram = design.transpose().matmul(design);
const solved = linalg.solve(gram, design.transpose().matmul(response));
solved.sub(truth).abs().max().item()`,
  ],
  [
    "gradient descent by hand",
    `let w = tensor.zeros([5]);
const slope = grad((w: Tensor<readonly [5]>) => loss.mse(design.matmul(w), response));
for (let i = 0; i < 100; i++) w = w.sub(slope(w).mul(0.1));
w.toArray()`,
  ],
  [
    "perceptron of three layers",
    `const mlp = nn.sequential(nn.linear(64, 128), nn.relu(), nn.dropout(0.2), nn.linear(128, 64), nn.relu(), nn.linear(64, 10));
let params = mlp.init(random(0));
mlp`,
  ],
  [
    "its first prediction",
    `const batch = seen.features.slice([0, 32]);
const logits = mlp.apply(params, batch);
const guess = logits.softmax().argmax(1);
guess.shape`,
  ],
  [
    "cross-entropy",
    `const wanted = seen.target.slice([0, 32]);\nloss.crossEntropy(logits, wanted, { labelSmoothing: 0.1 }).item()`,
  ],
  [
    "training loop",
    `const optimizer = optim.adam({ lr: 1e-3 });
let state = optimizer.init(params);
const step = valueAndGrad((p: typeof params, x: Tensor, t: Tensor) => loss.crossEntropy(mlp.apply(p, x), t));
const curve: number[] = [];
for (let epoch = 0; epoch < 5; epoch++) {
  for (const { features, target } of data.batches(seen, 32, { seed: epoch })) {
    const [value, gradients] = step(params, features, target);
    ({ params, state } = optimizer.update(gradients, state, params));
    curve.push(value.item());
  }
}
curve.at(-1)`,
  ],
  [
    "the same by fit",
    `const fitted = await train.fit(mlp, {
  data: seen,
  loss: loss.crossEntropy,
  optimizer: optim.adamw({ lr: 1e-3 }),
  schedule: optim.schedule.cosine(1e-3, { tMax: 20 }),
  batchSize: 32,
  epochs: 20,
  validation: 0.1,
  seed: 3,
});
fitted.history`,
  ],
  [
    "metrics",
    `const predicted = mlp.apply(fitted.params, unseen.features).argmax(1);
const report = metric.classificationReport(unseen.target, predicted);
[metric.accuracy(unseen.target, predicted), metric.f1(unseen.target, predicted, { average: "macro" })]`,
  ],
  ["chart", `chart.lossCurve({ train: curve, validation: curve }, { log: true })`],
  [
    "convolutional network",
    `const cnn = nn.sequential(
  nn.conv2d(1, 16, 3, { padding: 1 }), nn.batchNorm(16), nn.relu(), nn.maxPool2d(2),
  nn.conv2d(16, 32, 3, { padding: 1 }), nn.batchNorm(32), nn.relu(), nn.maxPool2d(2),
  nn.flatten(), nn.linear(32 * 2 * 2, 64), nn.relu(), nn.linear(64, 10));
const filters = cnn.init(random(4));
cnn`,
  ],
  [
    "its training step",
    `const images = seen.features.slice([0, 16]).reshape([16, 1, 8, 8]);
const [scores, statistics] = cnn.train(filters, images, { state: cnn.initState(), generator: random(5) });
const entropy = loss.crossEntropy(scores, seen.target.slice([0, 16]));
[entropy.item(), cnn.apply(filters, images, statistics).shape]`,
  ],
  [
    "four losses",
    `const z = random(6).normal([128, 10]);
const t = random(7).integers(0, 10, [128]);
const many = { entropy: loss.crossEntropy(z, t), focal: loss.focal(z, t, { gamma: 2 }), margin: loss.multiMargin(z, t), nll: loss.nll(z.logSoftmax(), t) };
Object.values(many).map((l) => l.item())`,
  ],
  [
    "a loss of one's own",
    `const smooth = (prediction: Tensor, target: Tensor, eps = 1e-3) =>
  prediction.sub(target).square().add(eps ** 2).sqrt().mean();
smooth(z, tensor.oneHot(t, 10)).item()`,
  ],
  [
    "attention",
    `const attend = nn.multiHeadAttention(32, 4);
const heads = attend.init(random(8));
const sequence = random(9).normal([4, 12, 32]);
const attended = nn.residual(attend).apply(heads, sequence);
attended.mean(1).shape`,
  ],
  [
    "recurrent network",
    `const recurrent = nn.lstm(8, 16);
const cell = recurrent.init(random(10));
const out = recurrent.apply(cell, random(11).normal([2, 20, 8]));
out`,
  ],
  [
    "ridge and lasso",
    `const ridged = model.ridge(design, response, { alpha: 1 });
const path = model.lassoPath(design, response);
[ridged.coefficients.shape, metric.r2(response, ridged.predict(design))]`,
  ],
  [
    "helper for any shape",
    `const normalize = (x: Tensor) => x.sub(x.mean(-1, { keepDims: true })).div(x.std(-1, { keepDims: true }).add(1e-6));
[normalize(images).shape, normalize(z).matmul(z.transpose()).shape]`,
  ],
];
