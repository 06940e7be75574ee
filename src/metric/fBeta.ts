import { type Average, type Averaged, type AverageOptions, averageRatio, type Ratio } from "./average.ts";
import type { Labels, Paired } from "./input.ts";

export interface FBetaOptions<A extends Average = Average> extends AverageOptions<A> {
  /** How many times more recall counts than precision. */
  readonly beta: number;
}

/**
 * The weighted harmonic mean of precision P and recall R: `(1 + β²) P R / (β² P + R)`. scikit-learn's `fbeta_score`, where beta is an
 * argument, too.
 *
 * @example
 * metric.fBeta([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1], { average: "macro", beta: 0.5 }) // 0.2380952380952381
 * @throws RangeError `fBeta: beta must be at least 0, got -1.`
 */
export function fBeta<const A extends Average = "binary", T extends Labels = Labels, P extends Labels = Labels>(
  yTrue: T,
  yPred: P & Paired<"fBeta", "predictions", T, P>,
  options: FBetaOptions<A>,
): Averaged<A> {
  if (!(options.beta >= 0)) throw new RangeError(`fBeta: beta must be at least 0, got ${options.beta}.`);
  return averageRatio("fBeta", yTrue, yPred, options, toF(options.beta));
}

/**
 * The harmonic mean of precision and recall: `2 P R / (P + R) = 2 TP / (2 TP + FP + FN)`. scikit-learn's `f1_score`.
 *
 * @example
 * metric.f1([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1], { average: "none" }) // [0.8, 0, 0]
 */
export function f1<const A extends Average = "binary", T extends Labels = Labels, P extends Labels = Labels>(
  yTrue: T,
  yPred: P & Paired<"f1", "predictions", T, P>,
  options: AverageOptions<A> = {},
): Averaged<A> {
  return averageRatio("f1", yTrue, yPred, options, toF(1));
}

/** F from counts, so that no 0 / 0 of precision or recall comes in: `(1 + β²) TP / (β² (TP + FN) + TP + FP)`. */
export function toF(beta: number): Ratio {
  if (beta === Number.POSITIVE_INFINITY) return (hits, _, there) => [hits, there];
  return (hits, guessed, there) => [(1 + beta ** 2) * hits, beta ** 2 * there + guessed];
}
