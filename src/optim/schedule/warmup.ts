import { checkAtLeast, checkCount } from "../check.ts";
import { withCall } from "../display.ts";
import type { Schedule } from "./schedule.ts";

export interface WarmupOptions {
  /** How many steps it takes: 5 unless given. */
  readonly totalIters?: number;
  /** The first rate is this part of the full one: 1/3 unless given. */
  readonly startFactor?: number;
  /** And this part is reached: 1 unless given. */
  readonly endFactor?: number;
}

/**
 * A rate that rises in a straight line to that of a schedule (or a number), which then begins at its own step 0. PyTorch's `LinearLR`, and
 * `SequentialLR` with the schedule after it.
 *
 * @example
 * const rate = optim.schedule.warmup(optim.schedule.cosine(1, { tMax: 10 }), { totalIters: 4, startFactor: 0.2 });
 * [0, 2, 4, 9].map(rate) // [0.2, 0.6, 1, 0.5]
 * @throws RangeError `warmup: totalIters must be a whole number of at least 1, got 0.`
 */
export function warmup(
  then: Schedule | number,
  { totalIters = 5, startFactor = 1 / 3, endFactor = 1 }: WarmupOptions = {},
): Schedule {
  checkCount("warmup", "totalIters", totalIters);
  checkAtLeast("warmup", "startFactor", startFactor, 0);
  checkAtLeast("warmup", "endFactor", endFactor, 0);
  if (typeof then === "number") checkAtLeast("warmup", "lr", then, 0);
  const after = typeof then === "number" ? () => then * endFactor : then;
  const full = typeof then === "number" ? then : then(0);
  return withCall<Schedule>(
    (i) =>
      i >= totalIters ? after(i - totalIters) : full * (startFactor + ((endFactor - startFactor) * i) / totalIters),
    "warmup",
    then,
    { totalIters, startFactor, endFactor },
  );
}

/**
 * Schedules one after the other: at each milestone the next one begins, at its own step 0. PyTorch's `SequentialLR`.
 *
 * @example
 * const { constant, exponential, sequence } = optim.schedule;
 * [0, 2, 3].map(sequence([constant(1), exponential(1, { gamma: 0.5 })], [2])) // [1, 1, 0.5]
 * @throws RangeError `sequence: 2 schedules need 1 milestones, got 2.`
 */
export function sequence(schedules: readonly Schedule[], milestones: readonly number[]): Schedule {
  if (schedules.length === 0 || milestones.length !== schedules.length - 1)
    throw new RangeError(
      `sequence: ${schedules.length} schedules need ${Math.max(0, schedules.length - 1)} milestones, got ${milestones.length}.`,
    );
  for (const milestone of milestones) checkCount("sequence", "milestones", milestone, 0);
  return withCall<Schedule>(
    (i) => {
      const reached = milestones.filter((milestone) => i >= milestone).length;
      return schedules[reached]!(i - (milestones[reached - 1] ?? 0));
    },
    "sequence",
    schedules,
    milestones,
  );
}
