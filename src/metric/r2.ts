import { toMean } from "./average.ts";
import { sum } from "./classes.ts";
import type { Numbers } from "./input.ts";
import {
  type Aligned,
  checkPair,
  combine,
  type Multioutput,
  meanOf,
  type Outputs,
  type RegressionOptions,
} from "./regression.ts";

export interface R2Options<M extends string = Multioutput | "varianceWeighted"> extends RegressionOptions<M> {
  /** A constant target gives 1 if it is hit and 0 if not; `false`: NaN and –∞. `true` unless given. */
  readonly forceFinite?: boolean;
}

/**
 * The share of the target's variance that is explained: `1 – Σ (y – ŷ)² / Σ (y – ȳ)²`. 1 is best, 0 is what the mean would do, there is no
 * worst. NaN for one row. scikit-learn's `r2_score`.
 *
 * @example
 * metric.r2([3, -0.5, 2, 7], [2.5, 0, 2, 8]) // 0.9486081370449679
 */
export function r2<
  const M extends Multioutput | "varianceWeighted" = "uniformAverage",
  T extends Numbers = Numbers,
  P extends Numbers = Numbers,
>(yTrue: T, yPred: P & Aligned<"r2", T, P>, options: R2Options<M> = {}): Outputs<M> {
  const { forceFinite = true, multioutput } = options as R2Options;
  const pair = checkPair("r2", yTrue, yPred, options);
  const errors = meanOf(pair, (y, p) => (y - p) ** 2);
  const spreads = findSpreads(pair);
  const scores = errors.map((error, i) => {
    if (pair.truth.rows < 2) return Number.NaN;
    const spread = spreads[i]!;
    if (spread === 0 && forceFinite) return error === 0 ? 1 : 0;
    return spread === 0 && error === 0 ? Number.NaN : 1 - error / spread;
  });
  if (multioutput !== "varianceWeighted") return combine("r2", scores, multioutput) as Outputs<M>;
  return toMean(scores, sum(spreads) === 0 ? undefined : spreads) as Outputs<M>;
}

/** The weighted variance of the target, by output. */
function findSpreads({ truth, guess, weights }: ReturnType<typeof checkPair>): number[] {
  const means = meanOf({ truth, guess, weights }, (y) => y);
  const centred = Float64Array.from(truth.data, (y, i) => (y - means[i % truth.columns]!) ** 2);
  return meanOf({ truth: { ...truth, data: centred }, guess, weights }, (square) => square);
}
