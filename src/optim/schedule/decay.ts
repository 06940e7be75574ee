import { checkAtLeast, checkCount } from "../check.ts";
import { withCall } from "../display.ts";
import type { Schedule } from "./schedule.ts";

/**
 * The same at every step.
 *
 * @example
 * optim.schedule.constant(0.1)(99) // 0.1
 */
export function constant(lr: number): Schedule {
  checkAtLeast("constant", "lr", lr, 0);
  return withCall<Schedule>(() => lr, "constant", lr);
}

/**
 * `lr · gamma^⌊i / stepSize⌋`: a stair. gamma is 0.1 unless given. PyTorch's `StepLR`.
 *
 * @example
 * [0, 2, 3, 6].map(optim.schedule.step(1, { stepSize: 3, gamma: 0.5 })) // [1, 1, 0.5, 0.25]
 * @throws RangeError `step: stepSize must be a whole number of at least 1, got 0.`
 */
export function step(
  lr: number,
  { stepSize, gamma = 0.1 }: { readonly stepSize: number; readonly gamma?: number },
): Schedule {
  checkAtLeast("step", "lr", lr, 0);
  checkCount("step", "stepSize", stepSize);
  checkAtLeast("step", "gamma", gamma, 0);
  return withCall<Schedule>((i) => lr * gamma ** Math.floor(i / stepSize), "step", lr, { stepSize, gamma });
}

/**
 * `lr · gamma^k`, where k is how many milestones have been reached. gamma is 0.1 unless given. PyTorch's `MultiStepLR`.
 *
 * @example
 * [0, 2, 5].map(optim.schedule.multiStep(1, { milestones: [2, 5], gamma: 0.5 })) // [1, 0.5, 0.25]
 */
export function multiStep(
  lr: number,
  { milestones, gamma = 0.1 }: { readonly milestones: readonly number[]; readonly gamma?: number },
): Schedule {
  checkAtLeast("multiStep", "lr", lr, 0);
  for (const milestone of milestones) checkCount("multiStep", "milestones", milestone, 0);
  checkAtLeast("multiStep", "gamma", gamma, 0);
  return withCall<Schedule>(
    (i) => lr * gamma ** milestones.filter((milestone) => i >= milestone).length,
    "multiStep",
    lr,
    { milestones, gamma },
  );
}

/**
 * `lr · gammaⁱ`. PyTorch's `ExponentialLR`; Keras and optax write `rate^(i / steps)`.
 *
 * @example
 * optim.schedule.exponential(1, { gamma: 0.5 })(3) // 0.125
 */
export function exponential(lr: number, { gamma }: { readonly gamma: number }): Schedule {
  checkAtLeast("exponential", "lr", lr, 0);
  checkAtLeast("exponential", "gamma", gamma, 0);
  return withCall<Schedule>((i) => lr * gamma ** i, "exponential", lr, { gamma });
}

/**
 * `lr / (1 + decay · i)`. Keras's `InverseTimeDecay` with one decay step; not in PyTorch.
 *
 * @example
 * optim.schedule.inverseTime(1, { decay: 0.5 })(2) // 0.5
 */
export function inverseTime(lr: number, { decay }: { readonly decay: number }): Schedule {
  checkAtLeast("inverseTime", "lr", lr, 0);
  checkAtLeast("inverseTime", "decay", decay, 0);
  return withCall<Schedule>((i) => lr / (1 + decay * i), "inverseTime", lr, { decay });
}

/**
 * `lr · (1 – i / totalIters)^power`, 0 afterwards. totalIters is 5 and power 1 unless given. PyTorch's `PolynomialLR`; Keras ends at 0.0001.
 *
 * @example
 * [0, 5, 10, 20].map(optim.schedule.polynomial(1, { totalIters: 10 })) // [1, 0.5, 0, 0]
 */
export function polynomial(
  lr: number,
  { totalIters = 5, power = 1 }: { readonly totalIters?: number; readonly power?: number } = {},
): Schedule {
  checkAtLeast("polynomial", "lr", lr, 0);
  checkCount("polynomial", "totalIters", totalIters);
  checkAtLeast("polynomial", "power", power, 0);
  return withCall<Schedule>((i) => lr * (1 - Math.min(i, totalIters) / totalIters) ** power, "polynomial", lr, {
    totalIters,
    power,
  });
}
