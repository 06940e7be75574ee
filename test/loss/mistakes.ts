// The table of wrong calls. Each is a compile error (`npm run check` fails if one is not), and each fails at run time with the same sentence, before any
// work: `mistakes.test.ts` runs them.
import { loss, ones, random, type Tensor, tensor, zeros } from "../../src/index.ts";

const logits = zeros([4, 3]);
const labels = zeros([4]);
const column = zeros([4, 1]);
const sequences = zeros([2, 7, 3]);

export const mistakes: readonly (readonly [sentence: string, program: () => unknown])[] = [
  // @ts-expect-error
  ["crossEntropy: logits of shape [4, 3] need 4 targets, got shape [5].", () => loss.crossEntropy(logits, zeros([5]))],
  [
    "crossEntropy: logits of shape [4, 3] need 4 targets, got shape [4, 1].",
    // @ts-expect-error
    () => loss.crossEntropy(logits, zeros([4, 1])),
  ],
  [
    "crossEntropy: logits of shape [4, 3] need 4 targets, got shape [4, 5].",
    // @ts-expect-error
    () => loss.crossEntropy(logits, zeros([4, 5])),
  ],
  [
    "crossEntropy: logits of shape [4] beside targets of shape [4, 3] – labels where logits belong",
    // @ts-expect-error
    () => loss.crossEntropy(zeros([4]), logits),
  ],
  // @ts-expect-error
  ["crossEntropy: logits of shape [3] need 1 target, got shape [4].", () => loss.crossEntropy(zeros([3]), zeros([4]))],
  [
    "crossEntropy: logits of shape [2, 7, 3] need targets of shape [2, 3], got shape [2, 7].",
    // @ts-expect-error
    () => loss.crossEntropy(sequences, zeros([2, 7])),
  ],
  // @ts-expect-error
  ["crossEntropy: logits of shape [] where [N, C] is needed", () => loss.crossEntropy(tensor(1), zeros([4]))],
  [
    "crossEntropy: a weight of shape [4] where [3] is needed",
    // @ts-expect-error
    () => loss.crossEntropy(logits, labels, { weight: ones([4]) }),
  ],
  [
    "crossEntropy: sampleWeight of shape [3] where [4] or its first axes are needed",
    // @ts-expect-error
    () => loss.crossEntropy(logits, labels, { sampleWeight: ones([3]) }),
  ],
  // @ts-expect-error
  ["nll: log-probabilities of shape [4, 3] need 4 targets, got shape [4, 3].", () => loss.nll(logits, logits)],
  // @ts-expect-error
  ["nll: a weight of shape [4] where [3] is needed", () => loss.nll(logits, labels, { weight: ones([4]) })],
  // @ts-expect-error
  ["focal: logits of shape [4, 3] need 4 targets, got shape [3].", () => loss.focal(logits, zeros([3]))],
  // @ts-expect-error
  ["multiMargin: scores of shape [4, 3] need 4 targets, got shape [3].", () => loss.multiMargin(logits, zeros([3]))],
  // @ts-expect-error
  ["mse: a target of shape [4] where [4, 1] is needed", () => loss.mse(column, labels)],
  // @ts-expect-error
  ["mse: a target of shape [4, 1] where [4] is needed", () => loss.mse(labels, column)],
  // @ts-expect-error
  ["mse: a target of shape [5] where [4] is needed", () => loss.mse(labels, zeros([5]))],
  // @ts-expect-error
  ["mse: a target of shape [] where [4] is needed", () => loss.mse(labels, tensor(1))],
  [
    "mse: sampleWeight of shape [3] where [4, 1] or its first axes are needed",
    // @ts-expect-error
    () => loss.mse(column, column, { sampleWeight: ones([3]) }),
  ],
  // @ts-expect-error
  ["mae: a target of shape [4] where [4, 1] is needed", () => loss.mae(column, labels)],
  // @ts-expect-error
  ["huber: a target of shape [4] where [4, 1] is needed", () => loss.huber(column, labels, { delta: 2 })],
  // @ts-expect-error
  ["smoothL1: a target of shape [3, 4] where [4, 3] is needed", () => loss.smoothL1(logits, logits.transpose())],
  // @ts-expect-error
  ["logCosh: a target of shape [4] where [4, 1] is needed", () => loss.logCosh(column, labels)],
  // @ts-expect-error
  ["quantile: a target of shape [4] where [4, 1] is needed", () => loss.quantile(column, labels)],
  // @ts-expect-error
  ["mape: a target of shape [4] where [4, 1] is needed", () => loss.mape(column, labels)],
  // @ts-expect-error
  ["msle: a target of shape [4] where [4, 1] is needed", () => loss.msle(column, labels)],
  // @ts-expect-error
  ["poissonNll: a target of shape [4] where [4, 1] is needed", () => loss.poissonNll(column, labels)],
  // @ts-expect-error
  ["gaussianNll: a target of shape [4] where [4, 1] is needed", () => loss.gaussianNll(column, labels, column)],
  [
    "gaussianNll: a variance of shape [3] where [4, 3], [4, 1] or [4] is needed",
    // @ts-expect-error
    () => loss.gaussianNll(logits, logits, ones([3])),
  ],
  // @ts-expect-error
  ["binaryCrossEntropy: a target of shape [4] where [4, 1] is needed", () => loss.binaryCrossEntropy(column, labels)],
  [
    "binaryCrossEntropy: a weight of shape [5] does not broadcast to [4, 1]",
    // @ts-expect-error
    () => loss.binaryCrossEntropy(column, column, { weight: ones([5]) }),
  ],
  [
    "binaryCrossEntropyWithLogits: a target of shape [4] where [4, 1] is needed",
    // @ts-expect-error
    () => loss.binaryCrossEntropyWithLogits(column, labels),
  ],
  [
    "binaryCrossEntropyWithLogits: a posWeight of shape [4] does not broadcast to [4, 3]",
    // @ts-expect-error
    () => loss.binaryCrossEntropyWithLogits(logits, logits, { posWeight: ones([4]) }),
  ],
  // @ts-expect-error
  ["hinge: a target of shape [4] where [4, 1] is needed", () => loss.hinge(column, labels)],
  // @ts-expect-error
  ["squaredHinge: a target of shape [4] where [4, 1] is needed", () => loss.squaredHinge(column, labels)],
  // @ts-expect-error
  ["softMargin: a target of shape [4] where [4, 1] is needed", () => loss.softMargin(column, labels)],
  // @ts-expect-error
  ["klDivergence: a target of shape [4] where [4, 3] is needed", () => loss.klDivergence(logits, labels)],
  [
    "contrastive: second vectors of shape [4, 2] where [4, 3] is needed",
    // @ts-expect-error
    () => loss.contrastive(logits, zeros([4, 2]), labels),
  ],
  // @ts-expect-error
  ["contrastive: a target of shape [3] where [4] is needed", () => loss.contrastive(logits, logits, zeros([3]))],
  [
    "contrastive: vectors of shape [] where at least 1 axis is needed",
    // @ts-expect-error
    () => loss.contrastive(tensor(1), tensor(1), tensor(1)),
  ],
  // @ts-expect-error
  ["triplet: positives of shape [3, 3] where [4, 3] is needed", () => loss.triplet(logits, zeros([3, 3]), logits)],
  // @ts-expect-error
  ["triplet: negatives of shape [3] where [4, 3] is needed", () => loss.triplet(logits, logits, zeros([3]))],
  // @ts-expect-error
  ["cosineEmbedding: a target of shape [4, 1] where [4] is needed", () => loss.cosineEmbedding(logits, logits, column)],
  [
    "marginRanking: second scores of shape [4, 1] where [4] is needed",
    // @ts-expect-error
    () => loss.marginRanking(labels, column, labels),
  ],
  // @ts-expect-error
  ["infoNce: keys of shape [5, 3] where [4, 3] is needed", () => loss.infoNce(logits, zeros([5, 3]))],
  // @ts-expect-error
  ["infoNce: queries of shape [4] where [?, ?] is needed", () => loss.infoNce(labels, labels)],
  // @ts-expect-error
  ["dice: a target of shape [4, 2] where [4, 3] is needed", () => loss.dice(logits, zeros([4, 2]))],
  // @ts-expect-error
  ["dice: masks of shape [4] where at least 2 axes are needed", () => loss.dice(labels, labels)],
  // @ts-expect-error
  ["tversky: a target of shape [4, 2] where [4, 3] is needed", () => loss.tversky(logits, zeros([4, 2]))],
  // @ts-expect-error
  ["iou: boxes of shape [4, 3] where the last axis has 4 coordinates", () => loss.iou(logits, logits)],
  [
    "generalizedIou: target boxes of shape [4] where [2, 4] is needed",
    // @ts-expect-error
    () => loss.generalizedIou(zeros([2, 4]), zeros([4])),
  ],
  [
    "gaussianBox: variances of shape [2] where [2, 4] is needed",
    // @ts-expect-error
    () => loss.gaussianBox(zeros([2, 4]), zeros([2, 4]), ones([2])),
  ],
  [
    "sequenceCrossEntropy: targets of shape [2, 3] where [2, 7] is needed",
    // @ts-expect-error
    () => loss.sequenceCrossEntropy(sequences, zeros([2, 3])),
  ],
  [
    "sequenceCrossEntropy: a mask of shape [7] where [2, 7] is needed",
    // @ts-expect-error
    () => loss.sequenceCrossEntropy(sequences, zeros([2, 7]), { mask: ones([7]) }),
  ],
  [
    "sequenceCrossEntropy: a weight of shape [7] where [3] is needed",
    // @ts-expect-error
    () => loss.sequenceCrossEntropy(sequences, zeros([2, 7]), { weight: ones([7]) }),
  ],
  [
    "maskedLanguageModel: a mask of shape [2] where [2, 7] is needed",
    // @ts-expect-error
    () => loss.maskedLanguageModel(sequences, zeros([2, 7]), ones([2])),
  ],
  // @ts-expect-error
  ["policyGradient: advantages of shape [4, 1] where [4] is needed", () => loss.policyGradient(labels, column)],
  // @ts-expect-error
  ["ddpgCritic: rewards of shape [4] where [4, 1] is needed", () => loss.ddpgCritic(column, labels, column, column)],
  // @ts-expect-error
  ["sacActor: second values of shape [4] where [4, 1] is needed", () => loss.sacActor(column, column, labels)],
  [
    "sacCritic: next log-probabilities of shape [4] where [4, 1] is needed",
    // @ts-expect-error
    () => loss.sacCritic(column, column, column, column, column, column, labels),
  ],
  [
    "sacTemperature: a log-temperature of shape [2] where [] is needed",
    // @ts-expect-error
    () => loss.sacTemperature(zeros([2]), labels, { targetEntropy: -1 }),
  ],
  [
    "gradientPenalty: fake samples of shape [3, 2] where [4, 2] is needed",
    // @ts-expect-error
    () => loss.gradientPenalty((x) => x.sum(1), zeros([4, 2]), zeros([3, 2]), { mix: random(0) }),
  ],
  [
    "gradientPenalty: a mix of shape [3] where [4] is needed",
    // @ts-expect-error
    () => loss.gradientPenalty((x) => x.sum(1), zeros([4, 2]), zeros([4, 2]), { mix: zeros([3]) }),
  ],
  // @ts-expect-error
  ["weightedSum: 3 weights for 2 tasks", () => loss.weightedSum([tensor(1), tensor(2)], { weights: [1, 2, 3] })],
  // @ts-expect-error
  ["weightedSum: 2 weights for 3 tasks", () => loss.weightedSum(zeros([3]), { weights: ones([2]) })],
  [
    "uncertaintyWeighting: 3 log-variances for 2 tasks",
    // @ts-expect-error
    () => loss.uncertaintyWeighting([tensor(1), tensor(2)], zeros([3])),
  ],
  [
    "uncertaintyWeighting: 1 kinds for 2 tasks",
    // @ts-expect-error
    () => loss.uncertaintyWeighting([tensor(1), tensor(2)], zeros([2]), { kinds: ["regression"] }),
  ],
  // @ts-expect-error
  ["minMax: 3 weights for 2 tasks", () => loss.minMax([tensor(1), tensor(2)], { weights: [1, 2, 3] })],
  [
    "semanticExactlyOne: probabilities of shape [] where at least 1 axis is needed",
    // @ts-expect-error
    () => loss.semanticExactlyOne(tensor(1)),
  ],
];

/** Mistakes that are errors of types rather than of shapes. */
export function wrongTypes(): void {
  // @ts-expect-error a misspelt reduction
  loss.mse(labels, labels, { reduction: "avg" });
  // @ts-expect-error an option of PyTorch's spelling
  loss.crossEntropy(logits, labels, { label_smoothing: 0.1 });
  // @ts-expect-error an option of another loss
  loss.huber(labels, labels, { beta: 1 });
  // @ts-expect-error "batchMean" is of the divergence alone
  loss.mse(labels, labels, { reduction: "batchMean" });
  // @ts-expect-error text where a number belongs
  loss.huber(labels, labels, { delta: "1" });
  // @ts-expect-error an array where a tensor belongs
  loss.mse([1, 2], labels);
  // @ts-expect-error the required entropy is missing
  loss.sacTemperature(tensor(0), labels);
  // @ts-expect-error a gan loss is two
  loss.wasserstein(labels, labels);
  // @ts-expect-error a kind that does not exist
  loss.uncertaintyWeighting([tensor(1)], zeros([1]), { kinds: ["ranking"] });
  // @ts-expect-error no parameter of that name
  loss.fedProx({ w: labels }, { v: labels });
  // @ts-expect-error the mean is one number, not four
  const each: Tensor<readonly [4]> = loss.mse(labels, labels);
  // @ts-expect-error the elements are four numbers, not one
  const one: Tensor<readonly []> = loss.crossEntropy(logits, labels, { reduction: "none" });
  // @ts-expect-error multiMargin knows the exponents 1 and 2
  loss.multiMargin(logits, labels, { p: 3 });
  // @ts-expect-error a negative set that does not exist
  loss.infoNce(logits, logits, { negatives: "some" });
  void [each, one];
}
