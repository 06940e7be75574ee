/** What losses have to do with each other and with their targets: known without any other library. */
import { describe, expect, test } from "vitest";
import { arange, grad, loss, oneHot, ones, random, type Tensor, tensor, zeros } from "../../src/index.ts";

const generator = random(7);
const normal = (...shape: number[]): Tensor => generator.normal(shape, { dtype: "float64" });
const [x, y] = [normal(6, 4), normal(6, 4)];
const labels = tensor([0, 3, 1, 2, 2, 0]);
const bits = y.greater(0).to("float64");
const signs = bits.mul(2).sub(1);

describe("nothing to lose at the target", () => {
  const positive = x.abs().add(1);
  const masks = bits;
  const boxes = tensor([[0, 0, 2, 3]], { dtype: "float64" });
  test.each<[string, () => Tensor]>([
    ["mse", () => loss.mse(x, x)],
    ["mae", () => loss.mae(x, x)],
    ["huber", () => loss.huber(x, x)],
    ["smoothL1", () => loss.smoothL1(x, x)],
    ["logCosh", () => loss.logCosh(x, x)],
    ["quantile", () => loss.quantile(x, x, { quantile: 0.3 })],
    ["mape", () => loss.mape(x, x)],
    ["msle", () => loss.msle(positive, positive)],
    ["crossEntropy", () => loss.crossEntropy(oneHot(labels, 4, { dtype: "float64" }).mul(1e3), labels)],
    ["focal", () => loss.focal(signs.mul(1e3), bits)],
    ["binaryCrossEntropy", () => loss.binaryCrossEntropy(bits, bits)],
    ["binaryCrossEntropyWithLogits", () => loss.binaryCrossEntropyWithLogits(signs.mul(1e3), bits)],
    ["hinge", () => loss.hinge(signs, signs)],
    ["squaredHinge", () => loss.squaredHinge(signs.mul(2), signs)],
    ["softMargin", () => loss.softMargin(signs.mul(1e3), signs)],
    ["multiMargin", () => loss.multiMargin(oneHot(labels, 4, { dtype: "float64" }), labels)],
    ["klDivergence", () => loss.klDivergence(x.logSoftmax(), x.softmax())],
    ["contrastive", () => loss.contrastive(x, x, ones([6]))],
    ["triplet", () => loss.triplet(x, x, x.add(100))],
    ["cosineEmbedding", () => loss.cosineEmbedding(x, x.mul(3), ones([6]))],
    ["marginRanking", () => loss.marginRanking(x.add(1), x, ones([6, 4]))],
    ["dice", () => loss.dice(masks, masks)],
    ["tversky", () => loss.tversky(masks, masks)],
    ["iou", () => loss.iou(boxes, boxes, { eps: 0 })],
    ["generalizedIou", () => loss.generalizedIou(boxes, boxes, { eps: 0 })],
    ["sequenceCrossEntropy", () => loss.sequenceCrossEntropy(oneHot(labels, 4, { dtype: "float64" }).mul(1e3), labels)],
    ["maskedLanguageModel", () => loss.maskedLanguageModel(x, labels, zeros([6]))],
    ["ddpgCritic", () => loss.ddpgCritic(x, x, ones([6, 4]), y)],
    ["sacCritic", () => loss.sacCritic(x, x, x, ones([6, 4]), y, y, y)],
    ["fedProx", () => loss.fedProx({ x }, { x })],
    ["semanticExactlyOne", () => loss.semanticExactlyOne(oneHot(labels, 4))],
    ["l1", () => loss.l1({ w: zeros([3]) })],
    ["l2", () => loss.l2({ w: zeros([3]) })],
    ["elasticNet", () => loss.elasticNet({ w: zeros([3]) })],
  ])("%s", (_, value) => {
    expect(value().item()).toBeCloseTo(0, 10);
  });
});

describe("identities", () => {
  const onehot = oneHot(labels, 4, { dtype: "float64" });
  const [a, b, c] = [normal(5, 3), normal(5, 3), normal(5, 3)];
  const probabilities = x.sigmoid();
  test.each<[string, Tensor, Tensor]>([
    [
      "focal without gamma and alpha is the cross-entropy",
      loss.focal(x, bits, { gamma: 0, alpha: -1 }),
      loss.binaryCrossEntropyWithLogits(x, bits),
    ],
    [
      "focal with labels and gamma 0 is the cross-entropy",
      loss.focal(x, labels, { gamma: 0 }),
      loss.crossEntropy(x, labels),
    ],
    [
      "focal with alpha ½ is half of focal without",
      loss.focal(x, bits, { alpha: 0.5 }),
      loss.focal(x, bits, { alpha: -1 }).div(2),
    ],
    ["smoothL1 is huber / beta", loss.smoothL1(x, y, { beta: 0.3 }), loss.huber(x, y, { delta: 0.3 }).div(0.3)],
    ["smoothL1 with beta 0 is mae", loss.smoothL1(x, y, { beta: 0 }), loss.mae(x, y)],
    ["huber with a large delta is half the mse", loss.huber(x, y, { delta: 1e6 }), loss.mse(x, y).div(2)],
    ["the median's loss is half the mae", loss.quantile(x, y), loss.mae(x, y).div(2)],
    ["crossEntropy is nll after logSoftmax", loss.crossEntropy(x, labels), loss.nll(x.logSoftmax(), labels)],
    ["labels are one-hot probabilities", loss.crossEntropy(x, labels), loss.crossEntropy(x, onehot)],
    [
      "smoothing is a mixed target",
      loss.crossEntropy(x, labels, { labelSmoothing: 0.2 }),
      loss.crossEntropy(x, onehot.mul(0.8).add(0.05)),
    ],
    [
      "an offset of all logits does not matter",
      loss.crossEntropy(x.add(1e4), labels).sub(loss.crossEntropy(x, labels)).mul(1e-3),
      tensor(0),
    ],
    [
      "ignored rows might as well be missing",
      loss.crossEntropy(x, labels, { ignoreIndex: 0 }),
      loss.crossEntropy(x.slice([1, 5]), labels.slice([1, 5])),
    ],
    [
      "equal class weights cancel in the mean",
      loss.crossEntropy(x, labels, { weight: ones([4]).mul(5) }),
      loss.crossEntropy(x, labels),
    ],
    [
      "crossEntropy of probabilities is KL and entropy",
      loss.crossEntropy(x, y.softmax()),
      loss
        .klDivergence(x.logSoftmax(), y.softmax(), { reduction: "batchMean" })
        .sub(y.softmax().mul(y.logSoftmax()).sum(1).mean()),
    ],
    ["KL of logarithms", loss.klDivergence(x, y.logSoftmax(), { logTarget: true }), loss.klDivergence(x, y.softmax())],
    [
      "two classes are crossEntropy of [0, x]",
      loss.binaryCrossEntropyWithLogits(x.ravel(), bits.ravel()),
      loss.crossEntropy(
        x.reshape([24, 1]).pad([
          [0, 0],
          [1, 0],
        ]),
        bits.ravel(),
      ),
    ],
    [
      "with logits or with probabilities",
      loss.binaryCrossEntropyWithLogits(x, bits),
      loss.binaryCrossEntropy(probabilities, bits),
    ],
    ["softMargin is the same with signs", loss.softMargin(x, signs), loss.binaryCrossEntropyWithLogits(x, bits)],
    ["gaussianNll of variance 1 is half the mse", loss.gaussianNll(x, y, ones([6, 4])), loss.mse(x, y).div(2)],
    [
      "poissonNll of a rate or its logarithm",
      loss.poissonNll(x, bits),
      loss.poissonNll(x.exp(), bits, { logInput: false, eps: 0 }),
    ],
    [
      "dice is tversky with ½ and ½",
      loss.dice(probabilities, bits, { smooth: 2 }),
      loss.tversky(probabilities, bits, { smooth: 1 }),
    ],
    [
      "generalizedIou of boxes that fill their hull is iou",
      loss.generalizedIou(tensor([[0, 0, 2, 1]]), tensor([[1, 0, 3, 1]]), { eps: 0 }),
      loss.iou(tensor([[0, 0, 2, 1]]), tensor([[1, 0, 3, 1]]), { eps: 0 }),
    ],
    [
      "infoNce is a cross-entropy over cosines",
      loss.infoNce(a, b, { temperature: 0.5 }),
      loss.crossEntropy(unit(a).matmul(unit(b).transpose()).div(0.5), arange(5)),
    ],
    [
      "NT-Xent does not care which view is which",
      loss.infoNce(a, b, { negatives: "all" }),
      loss.infoNce(b, a, { negatives: "all" }),
    ],
    ["triplet by general norm and by 2", loss.triplet(a, b, c, { p: 2 + 1e-12 }), loss.triplet(a, b, c)],
    [
      "sequences without padding",
      loss.sequenceCrossEntropy(x, labels, { labelSmoothing: 0.1 }),
      loss.crossEntropy(x, labels, { labelSmoothing: 0.1 }),
    ],
    [
      "a mask of ones without eps",
      loss.maskedLanguageModel(x, labels, ones([6]), { eps: 0 }),
      loss.crossEntropy(x, labels),
    ],
    [
      "elasticNet between l1 and half of l2",
      loss.elasticNet({ x }, { l1Ratio: 0.25 }),
      loss.l1({ x }).mul(0.25).add(loss.l2({ x }).mul(0.375)),
    ],
    ["one task with log-variance 0", loss.uncertaintyWeighting([loss.mse(x, y)], zeros([1])), loss.mse(x, y).div(2)],
    ["both discriminators are one", loss.nonSaturating.discriminator(x, y), loss.minimax.discriminator(x, y)],
    [
      "sample weights of 0 and 1 choose rows",
      loss.mse(x, y, { sampleWeight: tensor([1, 0, 1, 0, 0, 0]) }),
      loss.mse(x.take(tensor([0, 2])), y.take(tensor([0, 2]))),
    ],
  ])("%s", (_, left, right) => {
    expect(left.item()).toBeCloseTo(right.item(), 10);
  });
});

describe("no gradient flows into what counts as constant", () => {
  const done = zeros([6, 4]);
  test.each<[string, (constant: Tensor) => Tensor]>([
    ["policyGradient", (constant) => loss.policyGradient(x, constant)],
    ["ddpgCritic", (constant) => loss.ddpgCritic(x, constant, done, constant)],
    ["sacCritic", (constant) => loss.sacCritic(x, x, constant, done, constant, constant, constant)],
    ["sacTemperature", (constant) => loss.sacTemperature(tensor(0), constant, { targetEntropy: -1 })],
    ["fedProx", (constant) => loss.fedProx(x, constant)],
  ])("%s", (_, value) => {
    expect(grad(value)(y).norm().item()).toBe(0);
  });

  test("the temperature of sacActor may be a tensor", () => {
    const slope = grad((t: Tensor<readonly []>) => loss.sacActor(x, y, y, { temperature: t }))(tensor(0.2));
    expect(slope.item()).toBe(0);
    expect(loss.sacActor(x, y, y, { temperature: tensor(0.5) }).item()).toBeCloseTo(
      loss.sacActor(x, y, y, { temperature: 0.5 }).item(),
    );
  });
});

test("the second derivatives at the target are those of the formulas", () => {
  const at = (f: (x: Tensor) => Tensor) => grad((p: Tensor) => grad(f)(p).sum())(zeros([1])).item();
  expect(at((p) => loss.mse(p, zeros([1])))).toBe(2);
  expect(at((p) => loss.huber(p, zeros([1])))).toBe(1);
  expect(at((p) => loss.smoothL1(p, zeros([1]), { beta: 0.5 }))).toBe(2);
  expect(at((p) => loss.logCosh(p, zeros([1])))).toBe(1);
  expect(at((p) => loss.binaryCrossEntropyWithLogits(p, ones([1])))).toBe(0.25);
});

function unit(rows: Tensor): Tensor {
  return rows.div(rows.norm(1, { keepDims: true }));
}
