import { count, encode, sum } from "./classes.ts";
import type { Labels, Paired, Weighted } from "./input.ts";

/**
 * Matthews' correlation coefficient of labels and predictions, from –1 to 1; 0 is guessing, whatever the sizes of the classes. For several
 * classes Gorodkin's: `(c s – Σ t p) / √((s² – Σ p²)(s² – Σ t²))`; 0 where that is 0 / 0. scikit-learn's `matthews_corrcoef`.
 *
 * @example
 * metric.matthews([1, 1, 1, -1], [1, -1, 1, 1]) // -0.3333333333333333
 */
export function matthews<T extends Labels, P extends Labels>(
  yTrue: T,
  yPred: P & Paired<"matthews", "predictions", T, P>,
  options: Weighted = {},
): number {
  const { hits, guessed, there } = count(encode("matthews", yTrue, yPred, options));
  const [c, s] = [sum(hits), sum(there)];
  const product = (a: Float64Array, b: Float64Array) => sum(a.map((n, i) => n * b[i]!));
  const covariance = c * s - product(there, guessed);
  const spread = (s * s - product(guessed, guessed)) * (s * s - product(there, there));
  return spread > 0 ? covariance / Math.sqrt(spread) : 0;
}
