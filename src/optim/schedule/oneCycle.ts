import { checkAbove, checkAtLeast, checkCount } from "../check.ts";
import { withCall } from "../display.ts";
import { between } from "./cosine.ts";
import type { Schedule } from "./schedule.ts";

export interface OneCycleOptions {
  /** How many steps there will be. */
  readonly totalSteps: number;
  /** The part in which the rate rises: 0.3 unless given. */
  readonly pctStart?: number;
  /** `"cos"` unless given. */
  readonly annealStrategy?: "cos" | "linear";
  /** The first rate is `maxLr / divFactor`: 25 unless given. */
  readonly divFactor?: number;
  /** The last rate is the first / `finalDivFactor`: 10,000 unless given. */
  readonly finalDivFactor?: number;
  /** Down to the first rate as slowly as up, and only then to the last; false unless given. */
  readonly threePhase?: boolean;
}

/**
 * Up to `maxLr` and down to almost nothing, once. PyTorch's `OneCycleLR` without its cycle of the momentum; after `totalSteps` it stays, where PyTorch
 * raises an error.
 *
 * @example
 * const rate = optim.schedule.oneCycle(1, { totalSteps: 11, pctStart: 0.5 });
 * [rate(0), rate(4.5), rate(10)] // [0.04, 1, 0.000004]
 * @throws RangeError `oneCycle: pctStart must lie in [0, 1], got 30.`
 * @see Smith and Topin, Super-Convergence (2018)
 */
export function oneCycle(
  maxLr: number,
  {
    totalSteps,
    pctStart = 0.3,
    annealStrategy = "cos",
    divFactor = 25,
    finalDivFactor = 1e4,
    threePhase = false,
  }: OneCycleOptions,
): Schedule {
  checkAtLeast("oneCycle", "maxLr", maxLr, 0);
  checkCount("oneCycle", "totalSteps", totalSteps);
  if (!(pctStart >= 0 && pctStart <= 1))
    throw new RangeError(`oneCycle: pctStart must lie in [0, 1], got ${pctStart}.`);
  checkAbove("oneCycle", "divFactor", divFactor, 0);
  checkAbove("oneCycle", "finalDivFactor", finalDivFactor, 0);
  if (annealStrategy !== "cos" && annealStrategy !== "linear")
    throw new RangeError(`oneCycle: annealStrategy must be "cos" or "linear", got "${String(annealStrategy)}".`);
  const first = maxLr / divFactor;
  const last = first / finalDivFactor;
  const top = pctStart * totalSteps - 1;
  const phases = threePhase
    ? [
        { end: top, from: first, to: maxLr },
        { end: 2 * top, from: maxLr, to: first },
        { end: totalSteps - 1, from: first, to: last },
      ]
    : [
        { end: top, from: first, to: maxLr },
        { end: totalSteps - 1, from: maxLr, to: last },
      ];
  const anneal =
    annealStrategy === "cos" ? between : (from: number, to: number, part: number) => from + (to - from) * part;
  return withCall<Schedule>(
    (i) => {
      const at = Math.min(i, totalSteps - 1);
      const phase = Math.max(
        0,
        phases.findIndex(({ end }, k) => at <= end || k === phases.length - 1),
      );
      const { end, from, to } = phases[phase]!;
      const start = phases[phase - 1]?.end ?? 0;
      return end === start ? to : anneal(from, to, (at - start) / (end - start));
    },
    "oneCycle",
    maxLr,
    { totalSteps, pctStart, annealStrategy, divFactor, finalDivFactor, threePhase },
  );
}
