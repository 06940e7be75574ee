import { checkAtLeast, checkCount } from "../check.ts";
import { withCall } from "../display.ts";

export interface PlateauOptions {
  /** Whether the metric should fall or rise: `"min"` unless given. */
  readonly mode?: "min" | "max";
  /** The rate is multiplied by it: 0.1 unless given. */
  readonly factor?: number;
  /** So many steps without improvement are borne: 10 unless given. */
  readonly patience?: number;
  /** What counts as an improvement: 0.0001 unless given. */
  readonly threshold?: number;
  /** As a part of the best, or as it is: `"rel"` unless given. */
  readonly thresholdMode?: "rel" | "abs";
  /** Steps after a reduction in which nothing is counted: 0 unless given. */
  readonly cooldown?: number;
  /** 0 unless given. */
  readonly minLr?: number;
  /** Smaller changes are not made: 1e-8 unless given. */
  readonly eps?: number;
}

/** Plain numbers, to save with the rest. */
export interface PlateauState {
  /** The rate to use now. */
  readonly lr: number;
  readonly best: number;
  /** Steps without improvement. */
  readonly bad: number;
  /** Steps of the cooldown that are left. */
  readonly cooldown: number;
}

/**
 * A rate that falls when a metric does not improve any more. It depends on what was seen, so it is not a function of the step but a pair like an optimizer;
 * the rate goes to `update(gradients, state, params, { lr })`. PyTorch's `ReduceLROnPlateau`.
 *
 * @example
 * const plateau = optim.schedule.reduceOnPlateau(0.1, { patience: 0 });
 * let state = plateau.init();
 * for (const loss of [1, 0.5, 0.6]) state = plateau.update(loss, state);
 * state.lr // 0.01
 * @throws RangeError `reduceOnPlateau: factor must lie in [0, 1), got 1.`
 */
export function reduceOnPlateau(
  lr: number,
  {
    mode = "min",
    factor = 0.1,
    patience = 10,
    threshold = 1e-4,
    thresholdMode = "rel",
    cooldown = 0,
    minLr = 0,
    eps = 1e-8,
  }: PlateauOptions = {},
): { init(): PlateauState; update(metric: number, state: PlateauState): PlateauState } {
  const name = "reduceOnPlateau";
  checkAtLeast(name, "lr", lr, 0);
  if (mode !== "min" && mode !== "max")
    throw new RangeError(`${name}: mode must be "min" or "max", got "${String(mode)}".`);
  if (thresholdMode !== "rel" && thresholdMode !== "abs")
    throw new RangeError(`${name}: thresholdMode must be "rel" or "abs", got "${String(thresholdMode)}".`);
  if (!(factor >= 0 && factor < 1)) throw new RangeError(`${name}: factor must lie in [0, 1), got ${factor}.`);
  checkCount(name, "patience", patience, 0);
  checkCount(name, "cooldown", cooldown, 0);
  checkAtLeast(name, "threshold", threshold, 0);
  checkAtLeast(name, "minLr", minLr, 0);
  checkAtLeast(name, "eps", eps, 0);
  const sign = mode === "min" ? -1 : 1;
  const mark = (best: number) => (thresholdMode === "rel" ? best * (1 + sign * threshold) : best + sign * threshold);
  const isBetter = (metric: number, best: number) => (mode === "min" ? metric < mark(best) : metric > mark(best));
  const plateau: ReturnType<typeof reduceOnPlateau> = {
    init: () => ({ lr, best: -sign * Number.POSITIVE_INFINITY, bad: 0, cooldown: 0 }),
    update(metric, state) {
      const better = isBetter(metric, state.best);
      const best = better ? metric : state.best;
      const waiting = state.cooldown > 0;
      const bad = better || waiting ? 0 : state.bad + 1;
      const left = waiting ? state.cooldown - 1 : 0;
      if (bad <= patience) return { lr: state.lr, best, bad, cooldown: left };
      const next = Math.max(state.lr * factor, minLr);
      return { lr: state.lr - next > eps ? next : state.lr, best, bad: 0, cooldown };
    },
  };
  const settings = { mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps };
  return withCall(plateau, name, lr, settings);
}
