import type { History } from "./history.ts";
import { findSeries } from "./history.ts";

export interface EarlyStopping<M extends string = string> {
  /** `"validation"` where there is validation data, else `"train"`; or the name of a metric. */
  readonly monitor?: "train" | "validation" | M;
  /** How many epochs without improvement are borne. 0 and 1 both stop at the first one, as in Keras. */
  readonly patience: number;
  /** Less than this is no improvement: 0 unless given. */
  readonly minDelta?: number;
  /** Whether less or more is better: `"min"` for a loss; a metric needs it to be said. */
  readonly mode?: "min" | "max";
  /** Give back the parameters of the best epoch instead of the last: false unless given, as in Keras. */
  readonly restoreBest?: boolean;
}

/** Where the search for the best epoch stands. */
export interface Standing {
  readonly best: number;
  /** Counted from 1; 0 before the first. */
  readonly bestEpoch: number;
  readonly waited: number;
}

/** Judges one epoch after the other. */
export interface Judge {
  readonly monitor: string;
  readonly restoreBest: boolean;
  readonly start: Standing;
  next(standing: Standing, value: number, epoch: number): Standing;
  isOver(standing: Standing): boolean;
  /** Where it stands after a history. */
  replay(history: History): Standing;
}

export function toJudge(options: EarlyStopping, hasValidation: boolean, metrics: readonly string[]): Judge {
  const { monitor = hasValidation ? "validation" : "train", patience, minDelta = 0, restoreBest = false } = options;
  checkMonitor(monitor, options.mode, hasValidation, metrics);
  if (!(Number.isInteger(patience) && patience >= 0))
    throw new RangeError(
      `fit: earlyStopping.patience must be a whole number of at least 0, got ${patience === undefined ? "nothing" : patience}.`,
    );
  if (!(minDelta >= 0)) throw new RangeError(`fit: earlyStopping.minDelta must be at least 0, got ${minDelta}.`);
  const sign = options.mode === "max" ? -1 : 1;
  const start = { best: sign * Number.POSITIVE_INFINITY, bestEpoch: 0, waited: 0 };
  const next = (standing: Standing, value: number, epoch: number): Standing =>
    sign * (standing.best - value) > minDelta
      ? { best: value, bestEpoch: epoch, waited: 0 }
      : { ...standing, waited: standing.waited + 1 };
  const isOver = ({ waited }: Standing) => waited >= Math.max(1, patience);
  return {
    monitor,
    restoreBest,
    start,
    next,
    isOver,
    replay(history) {
      const values = findSeries(history, monitor) ?? [];
      const standing = values.reduce((so, value, i) => next(so, value, i + 1), start as Standing);
      // who goes on after a stop means to wait again
      return isOver(standing) ? { ...standing, waited: 0 } : standing;
    },
  };
}

function checkMonitor(
  monitor: string,
  mode: string | undefined,
  hasValidation: boolean,
  metrics: readonly string[],
): void {
  const known = ["train", ...(hasValidation ? ["validation"] : []), ...metrics];
  if (!known.includes(monitor))
    throw new RangeError(`fit: earlyStopping.monitor is "${monitor}" where one of ${known.join(", ")} is needed.`);
  if (mode === undefined && metrics.includes(monitor))
    throw new TypeError(`fit: earlyStopping monitors ${monitor}: say whether mode "min" or "max" is better.`);
  if (mode !== undefined && mode !== "min" && mode !== "max")
    throw new RangeError(`fit: earlyStopping.mode must be "min" or "max", got "${mode}".`);
}
