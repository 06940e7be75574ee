import { optim } from "../../src/index.ts";

/** Every optimizer, with what it can be told; each is asked for all that an optimizer must keep. */
export const optimizers: Record<string, optim.Optimizer> = {
  sgd: optim.sgd({ lr: 0.05 }),
  "sgd with momentum": optim.sgd({ lr: 0.02, momentum: 0.9, dampening: 0.1, weightDecay: 0.01 }),
  "sgd with Nesterov's momentum": optim.sgd({ lr: 0.02, momentum: 0.9, nesterov: true }),
  adagrad: optim.adagrad({ lr: 0.5, lrDecay: 0.01 }),
  rmsprop: optim.rmsprop({ lr: 0.02 }),
  "rmsprop, centered, with momentum": optim.rmsprop({ lr: 0.01, centered: true, momentum: 0.5 }),
  adadelta: optim.adadelta({ lr: 1, eps: 1e-2 }),
  adam: optim.adam({ lr: 0.1 }),
  "adam, amsgrad": optim.adam({ lr: 0.1, amsgrad: true, weightDecay: 0.01 }),
  adamw: optim.adamw({ lr: 0.1 }),
  nadam: optim.nadam({ lr: 0.1, decoupledWeightDecay: true, weightDecay: 0.01 }),
  radam: optim.radam({ lr: 0.1 }),
  adamax: optim.adamax({ lr: 0.1 }),
  lion: optim.lion({ lr: 0.02, weightDecay: 0.01 }),
  lbfgs: optim.lbfgs({ lr: 0.5 }),
  "lbfgs, strong Wolfe": optim.lbfgs({ lineSearchFn: "strongWolfe", maxIter: 4 }),
  "a chain": optim.chain(optim.clipByValue(5), optim.clipByGlobalNorm(3), optim.adam({ lr: 0.1 })),
  "a schedule": optim.adam({ lr: optim.schedule.warmup(optim.schedule.cosine(0.2, { tMax: 100 }), { totalIters: 5 }) }),
};
