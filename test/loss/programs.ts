// Ordinary programs: they check without an annotation or a cast, whatever is known of their sizes. `mistakes.test.ts` runs them.
import {
  grad,
  leavesOf,
  loss,
  mapTree,
  ones,
  random,
  type Shape,
  type Tensor,
  tensor,
  valueAndGrad,
  zeros,
} from "../../src/index.ts";

/** A tensor that the checker knows nothing of. */
function load(shape: readonly number[]): Tensor {
  return ones(shape);
}

export function known(): void {
  const [logits, labels, column] = [zeros([4, 3]), zeros([4]), zeros([4, 1])];
  loss.mse(labels, labels).shape satisfies readonly [];
  loss.mse(column, column, { reduction: "none" }).shape satisfies readonly [4, 1];
  loss.mse(column, column, { reduction: "sum" }).item() satisfies number;
  loss.mse(column, column, { sampleWeight: ones([4]) }).shape satisfies readonly [];
  loss.mse(column, column, { sampleWeight: ones([4, 1]), reduction: "none" }).shape satisfies readonly [4, 1];
  loss.crossEntropy(logits, labels).shape satisfies readonly [];
  loss.crossEntropy(logits, labels, { reduction: "none" }).shape satisfies readonly [4];
  loss.crossEntropy(logits, logits.softmax(), { labelSmoothing: 0.1 }).shape satisfies readonly [];
  loss.crossEntropy(logits, labels, { weight: tensor([1, 2, 3]), ignoreIndex: 0, reduction: "sum" })
    .shape satisfies readonly [];
  loss.crossEntropy(zeros([2, 3, 7]), zeros([2, 7]), { reduction: "none" }).shape satisfies readonly [2, 7];
  loss.crossEntropy(zeros([3]), tensor(1)).shape satisfies readonly [];
  loss.sequenceCrossEntropy(zeros([2, 7, 3]), zeros([2, 7]), { reduction: "none" }).shape satisfies readonly [2, 7];
  loss.binaryCrossEntropyWithLogits(logits, logits, { posWeight: ones([3]) }).shape satisfies readonly [];
  loss.focal(logits, labels, { alpha: tensor([1, 2, 1]) }).shape satisfies readonly [];
  loss.focal(column, column, { reduction: "none" }).shape satisfies readonly [4, 1];
  loss.gaussianNll(logits, logits, column.add(1)).shape satisfies readonly [];
  loss.gaussianNll(logits, logits, labels.add(1), { reduction: "none" }).shape satisfies readonly [4, 3];
  loss.triplet(logits, logits, logits, { reduction: "none" }).shape satisfies readonly [4];
  loss.contrastive(logits, logits, labels).shape satisfies readonly [];
  loss.infoNce(logits, logits, { reduction: "none" }).shape satisfies readonly [4];
  loss.infoNce(logits, logits, { reduction: "none", negatives: "all" }).shape satisfies readonly [number];
  loss.dice(zeros([5, 8, 8]), zeros([5, 8, 8]), { reduction: "none" }).shape satisfies readonly [5];
  loss.iou(ones([6, 4]), ones([6, 4]), { reduction: "none" }).shape satisfies readonly [6];
  loss.klDivergence(logits.logSoftmax(), logits.softmax(), { reduction: "batchMean" }).shape satisfies readonly [];
  loss.semanticExactlyOne(logits.sigmoid(), { reduction: "none" }).shape satisfies readonly [4];
}

export function unknown(): void {
  const [scores, targets] = [load([4, 3]), load([4])];
  loss.crossEntropy(scores, targets).item();
  loss.crossEntropy(scores, zeros([4])).item();
  loss.crossEntropy(zeros([4, 3]), targets).item();
  loss.mse(scores, scores, { reduction: "none" }).shape satisfies readonly number[];
  loss.mse(scores, zeros([4, 3])).shape satisfies readonly [];
  loss.mse(zeros([4, 3]), scores, { sampleWeight: targets }).item();
  loss.iou(load([2, 4]), ones([2, 4])).item();
  loss.contrastive(scores, scores, targets).item();
  const n = Math.round(4);
  const x = zeros([n, 3]);
  loss.crossEntropy(x, zeros([n])).item();
  loss.crossEntropy(x, zeros([4])).item();
  loss.mse(x, zeros([4, 3])).item();
  const maybe = n > 3 ? zeros([4, 3]) : zeros([2, 3]);
  loss.mse(maybe, zeros([4, 3])).item();
  loss.mse(zeros([4, 3]), maybe).item();
  loss.crossEntropy(maybe, zeros([4])).item();
  const reduction = n > 3 ? "mean" : "none";
  loss.mse(x, x, { reduction }).shape satisfies readonly number[];
  const options = { reduction: "sum", delta: 2 } as const;
  loss.huber(x, x, options).shape satisfies readonly [];
}

export function generic(): void {
  function half<S extends Shape>(prediction: Tensor<S>, target: Tensor<S>): Tensor<readonly []> {
    return loss.mse(prediction, target).mul(0.5);
  }
  half(zeros([3]), ones([3])).item();
  const any = (prediction: Tensor, target: Tensor) => loss.huber(prediction, target, { delta: 0.5 });
  any(zeros([2, 2]), ones([2, 2])).item();
  const table = { mse: loss.mse, mae: loss.mae, huber: loss.huber };
  for (const f of Object.values(table)) f(zeros([3]), ones([3])).item();
  const gans = [loss.minimax, loss.nonSaturating, loss.leastSquares, loss.wasserstein];
  for (const gan of gans)
    gan
      .discriminator(zeros([3]), ones([5]))
      .add(gan.generator(ones([5])))
      .item();
}

export function training(): void {
  const generator = random(0);
  const x = generator.normal([100, 2]);
  const y = x.matmul(tensor([[1], [-2]])).add(0.5);
  let params = { w: zeros([2, 1]), b: zeros([1]) };
  const step = valueAndGrad((p: typeof params) =>
    loss.mse(x.matmul(p.w).add(p.b), y).add(loss.l2({ w: p.w }, { alpha: 1e-4 })),
  );
  for (let i = 0; i < 50; i++) {
    const [, gradient] = step(params);
    params = mapTree((p, g) => p.sub(g.mul(0.1)), params, gradient);
  }
  const classes = y.ravel().greater(0);
  const slope = grad((w: Tensor<readonly [2, 2]>) => loss.crossEntropy(x.matmul(w), classes))(zeros([2, 2]));
  slope.shape satisfies readonly [2, 2];
  const tasks = [loss.mse(x, x), loss.mae(x, x)];
  loss.weightedSum(tasks, { weights: [1, 0.5] }).item();
  loss
    .uncertaintyWeighting([loss.mse(x, x), loss.mae(x, x)], zeros([2]), { kinds: ["regression", "classification"] })
    .item();
  loss.minMax(tasks).item();
  loss.fedProx(params, { w: load([2, 1]), b: zeros([1]) }, { mu: 0.1 }).item();
  leavesOf(params);
}

export function custom(): void {
  const tukey = (prediction: Tensor, target: Tensor, c = 4.685) => {
    const r = prediction.sub(target).div(c).abs().minimum(1);
    return r.square().neg().add(1).pow(3).neg().add(1).mean();
  };
  grad((x: Tensor) => tukey(x, zeros([3])))(ones([3])).toArray();
  const critic = { w: ones([2, 1]) };
  const penalty = (c: typeof critic) =>
    loss.gradientPenalty((x) => x.matmul(c.w).tanh(), ones([4, 2]), zeros([4, 2]), { mix: random(1) });
  grad(penalty)(critic).w.shape satisfies readonly [2, 1];
}
