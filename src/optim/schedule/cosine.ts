import { checkAtLeast, checkCount } from "../check.ts";
import { withCall } from "../display.ts";
import type { Schedule } from "./schedule.ts";

/**
 * Half a cosine from `lr` down to `etaMin` (0 unless given) in `tMax` steps: `etaMin + (lr – etaMin)(1 + cos(π i / tMax)) / 2`.
 *
 * After `tMax` it rises again, as PyTorch's `CosineAnnealingLR` does; Keras's and optax's stay at the bottom.
 *
 * @example
 * [0, 5, 10].map(optim.schedule.cosine(1, { tMax: 10 })) // [1, 0.5, 0]
 * @throws RangeError `cosine: tMax must be a whole number of at least 1, got 0.`
 * @see Loshchilov and Hutter, SGDR (2017)
 */
export function cosine(
  lr: number,
  { tMax, etaMin = 0 }: { readonly tMax: number; readonly etaMin?: number },
): Schedule {
  checkAtLeast("cosine", "lr", lr, 0);
  checkCount("cosine", "tMax", tMax);
  checkAtLeast("cosine", "etaMin", etaMin, 0);
  return withCall<Schedule>((i) => between(lr, etaMin, i / tMax), "cosine", lr, { tMax, etaMin });
}

/**
 * {@link cosine} again and again: the first time in `t0` steps, then each time in `tMult` (1 unless given) times as many. PyTorch's
 * `CosineAnnealingWarmRestarts`.
 *
 * @example
 * [0, 2, 4, 8].map(optim.schedule.warmRestarts(1, { t0: 4, tMult: 2 })) // [1, 0.5, 1, 0.5]
 */
export function warmRestarts(
  lr: number,
  { t0, tMult = 1, etaMin = 0 }: { readonly t0: number; readonly tMult?: number; readonly etaMin?: number },
): Schedule {
  checkAtLeast("warmRestarts", "lr", lr, 0);
  checkCount("warmRestarts", "t0", t0);
  checkCount("warmRestarts", "tMult", tMult);
  checkAtLeast("warmRestarts", "etaMin", etaMin, 0);
  return withCall<Schedule>(
    (i) => {
      if (tMult === 1) return between(lr, etaMin, (i % t0) / t0);
      let [from, length] = [0, t0];
      while (i >= from + length) [from, length] = [from + length, length * tMult];
      return between(lr, etaMin, (i - from) / length);
    },
    "warmRestarts",
    lr,
    { t0, tMult, etaMin },
  );
}

/** From `start` to `end` along half a cosine; `part` runs from 0 to 1. */
export function between(start: number, end: number, part: number): number {
  return end + ((start - end) * (1 + Math.cos(Math.PI * part))) / 2;
}
