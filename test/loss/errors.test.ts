/** What the types cannot say: options and values out of range are one sentence with the value and the bound, before any work. */
import { describe, expect, test } from "vitest";
import { loss, ones, random, tensor, zeros } from "../../src/index.ts";

const [two, four] = [tensor([0.5, 0.25]), ones([4])];
const logits = zeros([2, 3]);
const labels = tensor([0, 1]);
const signs = tensor([1, -1]);
const boxes = ones([1, 4]);

const mistakes: readonly (readonly [sentence: string, program: () => unknown])[] = [
  ["huber: delta 0 is not above 0.", () => loss.huber(two, two, { delta: 0 })],
  ["huber: delta NaN is not above 0.", () => loss.huber(two, two, { delta: Number.NaN })],
  ["smoothL1: beta -1 is not 0 or above.", () => loss.smoothL1(two, two, { beta: -1 })],
  ["quantile: quantile 1.5 is not between 0 and 1.", () => loss.quantile(two, two, { quantile: 1.5 })],
  ["mape: eps 0 is not above 0.", () => loss.mape(two, two, { eps: 0 })],
  ["msle: prediction -2 is not above -1 (at index 1).", () => loss.msle(tensor([0, -2]), two)],
  ["msle: target -1 is not above -1 (at index 0).", () => loss.msle(two, tensor([-1, 0]))],
  ["poissonNll: target -1 is not 0 or above (at index 1).", () => loss.poissonNll(two, tensor([0, -1]))],
  ["poissonNll: eps -1 is not 0 or above.", () => loss.poissonNll(two, two, { eps: -1 })],
  ["gaussianNll: variance -1 is not 0 or above (at index 0).", () => loss.gaussianNll(two, two, tensor([-1, 1]))],
  ["gaussianNll: eps 0 is not above 0.", () => loss.gaussianNll(two, two, two, { eps: 0 })],
  [
    "crossEntropy: label 7 is out of range for 3 classes (at index 2).",
    () => loss.crossEntropy(zeros([3, 3]), tensor([0, 1, 7])),
  ],
  [
    "crossEntropy: label -1 is out of range for 3 classes (at index [0, 1]).",
    () => loss.crossEntropy(zeros([1, 3, 2]), tensor([[0, -1]])),
  ],
  ["crossEntropy: label 5 is out of range for 3 classes.", () => loss.crossEntropy(zeros([3]), tensor(5))],
  ["crossEntropy: label 0.5 is not a whole number (at index 0).", () => loss.crossEntropy(logits, two)],
  [
    "crossEntropy: probability 2 is not between 0 and 1 (at index [1, 2]).",
    () =>
      loss.crossEntropy(
        logits,
        tensor([
          [1, 0, 0],
          [0, 0, 2],
        ]),
      ),
  ],
  [
    "crossEntropy: labelSmoothing 1.5 is not between 0 and 1.",
    () => loss.crossEntropy(logits, labels, { labelSmoothing: 1.5 }),
  ],
  ["nll: label 3 is out of range for 3 classes (at index 1).", () => loss.nll(logits, tensor([0, 3]))],
  [
    "binaryCrossEntropy: probability 1.5 is not between 0 and 1 (at index 0).",
    () => loss.binaryCrossEntropy(tensor([1.5]), tensor([1])),
  ],
  [
    "binaryCrossEntropy: label -1 is not between 0 and 1 (at index 0).",
    () => loss.binaryCrossEntropy(tensor([0.5]), tensor([-1])),
  ],
  [
    "binaryCrossEntropyWithLogits: label -1 is not between 0 and 1 (at index 1).",
    () => loss.binaryCrossEntropyWithLogits(two, signs),
  ],
  ["focal: gamma -1 is not 0 or above.", () => loss.focal(two, two, { gamma: -1 })],
  ["focal: alpha 2 is not between 0 and 1.", () => loss.focal(two, two, { alpha: 2 })],
  [
    "focal: alpha of shape [2] where two classes need one number.",
    () => loss.focal(two, two, { alpha: tensor([1, 2]) }),
  ],
  ["focal: an alpha of shape [2] where [3] is needed", () => loss.focal(logits, labels, { alpha: zeros([2]) })],
  ["focal: label 3 is out of range for 3 classes (at index 0).", () => loss.focal(logits, tensor([3, 0]))],
  ["hinge: label 0 is neither 1 nor -1 (at index 1).", () => loss.hinge(two, tensor([1, 0]))],
  ["squaredHinge: label 0 is neither 1 nor -1 (at index 1).", () => loss.squaredHinge(two, tensor([1, 0]))],
  ["softMargin: label 2 is neither 1 nor -1 (at index 0).", () => loss.softMargin(two, tensor([2, 1]))],
  ["multiMargin: margin -1 is not 0 or above.", () => loss.multiMargin(logits, labels, { margin: -1 })],
  ["multiMargin: label 3 is out of range for 3 classes (at index 0).", () => loss.multiMargin(logits, tensor([3, 0]))],
  // @ts-expect-error the exponent is a type, too
  ["multiMargin: p 3 is neither 1 nor 2.", () => loss.multiMargin(logits, labels, { p: 3 })],
  ["klDivergence: probability -0.5 is not 0 or above (at index 1).", () => loss.klDivergence(two, tensor([0.5, -0.5]))],
  ["contrastive: margin -1 is not 0 or above.", () => loss.contrastive(logits, logits, labels, { margin: -1 })],
  ["contrastive: label -1 is not between 0 and 1 (at index 1).", () => loss.contrastive(logits, logits, signs)],
  ["triplet: margin -1 is not 0 or above.", () => loss.triplet(logits, logits, logits, { margin: -1 })],
  ["triplet: p 0 is not above 0.", () => loss.triplet(logits, logits, logits, { p: 0 })],
  ["triplet: eps -1 is not 0 or above.", () => loss.triplet(logits, logits, logits, { eps: -1 })],
  [
    "cosineEmbedding: margin 2 is not between -1 and 1.",
    () => loss.cosineEmbedding(logits, logits, signs, { margin: 2 }),
  ],
  ["cosineEmbedding: label 0 is neither 1 nor -1 (at index 0).", () => loss.cosineEmbedding(logits, logits, labels)],
  ["marginRanking: margin -1 is not 0 or above.", () => loss.marginRanking(two, two, signs, { margin: -1 })],
  ["marginRanking: label 0 is neither 1 nor -1 (at index 0).", () => loss.marginRanking(two, two, labels)],
  ["infoNce: temperature 0 is not above 0.", () => loss.infoNce(logits, logits, { temperature: 0 })],
  [
    'infoNce: negatives "some" is none of "keys", "all".',
    // @ts-expect-error the word is a type, too
    () => loss.infoNce(logits, logits, { negatives: "some" }),
  ],
  ["dice: smooth -1 is not 0 or above.", () => loss.dice(logits, logits, { smooth: -1 })],
  ["dice: p 0 is not 1 or above.", () => loss.dice(logits, logits, { p: 0 })],
  ["dice: probability -3.5 is not 0 or above (at index [0, 1]).", () => loss.dice(tensor([[0, -3.5]]), zeros([1, 2]))],
  ["tversky: alpha -1 is not 0 or above.", () => loss.tversky(logits, logits, { alpha: -1 })],
  ["tversky: beta -1 is not 0 or above.", () => loss.tversky(logits, logits, { beta: -1 })],
  ["iou: eps -1 is not 0 or above.", () => loss.iou(boxes, boxes, { eps: -1 })],
  ["generalizedIou: eps -1 is not 0 or above.", () => loss.generalizedIou(boxes, boxes, { eps: -1 })],
  ["gaussianBox: eps 0 is not above 0.", () => loss.gaussianBox(boxes, boxes, boxes, { eps: 0 })],
  ["gaussianBox: variance 0 is not above 0 (at index [0, 0]).", () => loss.gaussianBox(boxes, boxes, zeros([1, 4]))],
  [
    "sequenceCrossEntropy: label 7 is out of range for 3 classes (at index [0, 1]).",
    () => loss.sequenceCrossEntropy(zeros([1, 2, 3]), tensor([[0, 7]])),
  ],
  [
    "sequenceCrossEntropy: labelSmoothing -1 is not between 0 and 1.",
    () => loss.sequenceCrossEntropy(zeros([1, 2, 3]), zeros([1, 2]), { labelSmoothing: -1 }),
  ],
  [
    "maskedLanguageModel: label 7 is out of range for 3 classes (at index [0, 1]).",
    () => loss.maskedLanguageModel(zeros([1, 2, 3]), tensor([[9, 7]]), tensor([[0, 1]])),
  ],
  [
    "maskedLanguageModel: eps -1 is not 0 or above.",
    () => loss.maskedLanguageModel(zeros([1, 2, 3]), zeros([1, 2]), zeros([1, 2]), { eps: -1 }),
  ],
  [
    "ddpgCritic: discount 1.5 is not between 0 and 1.",
    () => loss.ddpgCritic(four, four, four, four, { discount: 1.5 }),
  ],
  ["sacActor: temperature -1 is not 0 or above.", () => loss.sacActor(four, four, four, { temperature: -1 })],
  [
    "sacCritic: discount 1.5 is not between 0 and 1.",
    () => loss.sacCritic(four, four, four, four, four, four, four, { discount: 1.5 }),
  ],
  [
    "sacTemperature: targetEntropy NaN is not a number.",
    () => loss.sacTemperature(tensor(0), four, { targetEntropy: Number.NaN }),
  ],
  [
    "gradientPenalty: weight -1 is not 0 or above.",
    () => loss.gradientPenalty((x) => x.sum(1), logits, logits, { mix: random(0), weight: -1 }),
  ],
  [
    "weightedSum: loss 1 of shape [2] where one number is needed",
    () => loss.weightedSum([tensor(1), two], { weights: [1, 2] }),
  ],
  ["minMax: losses of shape [2, 3] where [?] is needed", () => loss.minMax(logits)],
  [
    'uncertaintyWeighting: kind "ranking" is none of "regression", "classification".',
    // @ts-expect-error the word is a type, too
    () => loss.uncertaintyWeighting([tensor(1)], zeros([1]), { kinds: ["ranking"] }),
  ],
  ["fedProx: mu -1 is not 0 or above.", () => loss.fedProx(two, two, { mu: -1 })],
  ["fedProx: the global parameter .w of shape [4] where [2] is needed", () => loss.fedProx({ w: two }, { w: four })],
  ["fedProx: the global parameter of shape [4] where [2] is needed", () => loss.fedProx(two, four)],
  [
    "semanticExactlyOne: probability 1.5 is not between 0 and 1 (at index 1).",
    () => loss.semanticExactlyOne(tensor([0.5, 1.5])),
  ],
  ["fedProx: there is no tensor among the parameters.", () => loss.fedProx({}, {})],
  ["l1: alpha -1 is not 0 or above.", () => loss.l1({ w: two }, { alpha: -1 })],
  ["l2: alpha -1 is not 0 or above.", () => loss.l2({ w: two }, { alpha: -1 })],
  ["l2: there is no tensor among the parameters.", () => loss.l2({})],
  ["elasticNet: alpha -1 is not 0 or above.", () => loss.elasticNet({ w: two }, { alpha: -1 })],
  ["elasticNet: l1Ratio 2 is not between 0 and 1.", () => loss.elasticNet({ w: two }, { l1Ratio: 2 })],
];

describe("a value out of range", () => {
  test.each(mistakes)("%s", (sentence, program) => {
    expect(program).toThrow(expect.objectContaining({ message: sentence }));
  });
});

/** `mse`, `minimax.generator`: every loss that there is. */
const losses = Object.entries(loss).flatMap(([name, value]) =>
  typeof value === "function"
    ? [[name, name, value] as const]
    : Object.entries(value).map(([role, each]) => [`${name}.${role}`, name, each] as const),
);

describe("what is no tensor is told by the loss, not by what it would have been used for", () => {
  const values = [undefined, [0.5, 1], 3, "x", {}];
  const calls = losses.flatMap(([title, name, each]) => values.map((value) => [title, value, name, each] as const));

  test.each(calls)("%s of %j", (_, value, name, each) => {
    const call = each as (...args: unknown[]) => unknown;
    expect(() => call(value, value, value, value, value, value, value)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(new RegExp(`^(${name}|minimax): .* (needed|parameters)`)),
      }),
    );
  });

  test.each(["mse", "crossEntropy", "binaryCrossEntropyWithLogits"] as const)("%s of a target in an array", (name) => {
    // @ts-expect-error an array is no tensor
    expect(() => loss[name](logits, [0, 1])).toThrow(`${name}: an array of 2 where a tensor is needed.`);
  });

  test("a mix that is forgotten, weights that are forgotten", () => {
    // @ts-expect-error the options are missing
    expect(() => loss.gradientPenalty((x) => x.sum(1), logits, logits)).toThrow(
      "gradientPenalty: undefined as a mix where a generator or a tensor is needed.",
    );
    // @ts-expect-error the weights are missing
    expect(() => loss.weightedSum([tensor(1)])).toThrow("weightedSum: undefined where weights are needed.");
  });
});
