import { describe, expect, test } from "vitest";
import { optim, tensor } from "../../src/index.ts";

const { schedule } = optim;
const p = tensor([1, 2]);

describe("mistakes are one sentence", () => {
  test.each<[string, () => unknown]>([
    ["sgd: lr must be at least 0, got -1.", () => optim.sgd({ lr: -1 })],
    [
      "sgd: undefined where a state is needed: init(params) makes one.",
      () => optim.sgd().update(p, undefined as never, p),
    ],
    [
      "adam: a tensor of shape [2] where a state is needed: init(params) makes one.",
      () => optim.adam().update(p, p as never, p),
    ],
    [
      "lbfgs: undefined where a state is needed: init(params) makes one.",
      () => optim.lbfgs().update(p, undefined as never, p),
    ],
    ["sgd: lr must be at least 0, got NaN.", () => optim.sgd({ lr: Number.NaN })],
    ["sgd: lr must be a number or a function of the step, got 0.1x.", () => optim.sgd({ lr: "0.1x" as never })],
    ["sgd: momentum must be at least 0, got -1.", () => optim.sgd({ momentum: -1 })],
    ["sgd: dampening must lie in [0, 1), got 2.", () => optim.sgd({ momentum: 0.9, dampening: 2 })],
    [
      "sgd: nesterov needs a momentum and no dampening, got momentum 0 and dampening 0.",
      () => optim.sgd({ nesterov: true }),
    ],
    ["sgd: weightDecay must be at least 0, got -0.1.", () => optim.sgd({ weightDecay: -0.1 })],
    ["adam: betas must lie in [0, 1), got 1.2.", () => optim.adam({ betas: [0.9, 1.2] })],
    ["adam: eps must be at least 0, got -1.", () => optim.adam({ eps: -1 })],
    ["adamw: weightDecay must be at least 0, got -1.", () => optim.adamw({ weightDecay: -1 })],
    ["adagrad: lrDecay must be at least 0, got -1.", () => optim.adagrad({ lrDecay: -1 })],
    [
      "adagrad: initialAccumulatorValue must be at least 0, got -1.",
      () => optim.adagrad({ initialAccumulatorValue: -1 }),
    ],
    ["rmsprop: alpha must lie in [0, 1), got 1.", () => optim.rmsprop({ alpha: 1 })],
    ["adadelta: rho must lie in [0, 1), got 1.", () => optim.adadelta({ rho: 1 })],
    ["nadam: momentumDecay must be at least 0, got -1.", () => optim.nadam({ momentumDecay: -1 })],
    ["radam: betas must lie in [0, 1), got 1.", () => optim.radam({ betas: [0.9, 1] })],
    ["adamax: betas must lie in [0, 1), got -0.5.", () => optim.adamax({ betas: [-0.5, 0.9] })],
    ["lion: betas must lie in [0, 1), got 1.", () => optim.lion({ betas: [1, 0.9] })],
    ["lbfgs: historySize must be a whole number of at least 1, got 0.", () => optim.lbfgs({ historySize: 0 })],
    [
      'lbfgs: lineSearchFn must be "strongWolfe" or left out, got "armijo".',
      () => optim.lbfgs({ lineSearchFn: "armijo" as never }),
    ],
    [
      "lbfgs: the line search needs update(gradients, state, params, { evaluate }).",
      () => {
        const optimizer = optim.lbfgs({ lineSearchFn: "strongWolfe" });
        return optimizer.update(p, optimizer.init(p), p);
      },
    ],
    [
      "adam: lr must be at least 0, got -1 at step 0.",
      () => {
        const optimizer = optim.adam({ lr: (step) => (step === 0 ? -1 : 1) });
        return optimizer.update(p, optimizer.init(p), p);
      },
    ],
    [
      "adam: a state with the slots [momentum] where [average, square] are needed.",
      () => optim.adam().update(p, optim.sgd({ momentum: 0.9 }).init(p), p),
    ],
    [
      "chain: clipByValue comes last where an optimizer is needed.",
      () => optim.chain(...([optim.clipByValue(1)] as never as [optim.Optimizer])),
    ],
    [
      "chain: sgd does not come last, and only one optimizer is possible.",
      () => optim.chain(optim.sgd() as never, optim.adam()),
    ],
    [
      "chain: a state of 0 parts where 2 are needed.",
      () => optim.chain(optim.clipByValue(1), optim.adam()).update(p, optim.adam().init(p), p),
    ],
    ["clipByValue: limit must be above 0, got 0.", () => optim.clipByValue(0)],
    ["clipByGlobalNorm: maxNorm must be above 0, got -1.", () => optim.clipByGlobalNorm(-1)],
    ["clipByGlobalNorm: normType must be above 0, got 0.", () => optim.clipByGlobalNorm(1, { normType: 0 })],
    ["globalNorm: the tree has no tensor in it.", () => optim.globalNorm({})],
    ["constant: lr must be at least 0, got -1.", () => schedule.constant(-1)],
    ["step: stepSize must be a whole number of at least 1, got 0.", () => schedule.step(1, { stepSize: 0 })],
    [
      "multiStep: milestones must be a whole number of at least 0, got 1.5.",
      () => schedule.multiStep(1, { milestones: [1.5] }),
    ],
    ["exponential: gamma must be at least 0, got -1.", () => schedule.exponential(1, { gamma: -1 })],
    ["inverseTime: decay must be at least 0, got -1.", () => schedule.inverseTime(1, { decay: -1 })],
    ["polynomial: power must be at least 0, got -1.", () => schedule.polynomial(1, { power: -1 })],
    ["cosine: tMax must be a whole number of at least 1, got 0.", () => schedule.cosine(1, { tMax: 0 })],
    ["warmRestarts: t0 must be a whole number of at least 1, got 2.5.", () => schedule.warmRestarts(1, { t0: 2.5 })],
    ["oneCycle: pctStart must lie in [0, 1], got 30.", () => schedule.oneCycle(1, { totalSteps: 10, pctStart: 30 })],
    [
      'oneCycle: annealStrategy must be "cos" or "linear", got "cosine".',
      () => schedule.oneCycle(1, { totalSteps: 10, annealStrategy: "cosine" as never }),
    ],
    ["warmup: totalIters must be a whole number of at least 1, got 0.", () => schedule.warmup(1, { totalIters: 0 })],
    ["sequence: 2 schedules need 1 milestones, got 2.", () => schedule.sequence([() => 1, () => 2], [1, 2])],
    ["reduceOnPlateau: factor must lie in [0, 1), got 1.", () => schedule.reduceOnPlateau(1, { factor: 1 })],
    [
      'reduceOnPlateau: thresholdMode must be "rel" or "abs", got "percent".',
      () => schedule.reduceOnPlateau(1, { thresholdMode: "percent" as never }),
    ],
    [
      'reduceOnPlateau: mode must be "min" or "max", got "up".',
      () => schedule.reduceOnPlateau(1, { mode: "up" as never }),
    ],
  ])("%s", (sentence, program) => {
    expect(program).toThrow(expect.objectContaining({ message: sentence }));
  });
});
