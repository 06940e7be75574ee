import { type Average, type Averaged, type AverageOptions, averageRatio } from "./average.ts";
import type { Labels, Paired } from "./input.ts";

/**
 * Of what was said to be positive, the share that is: `TP / (TP + FP)`. scikit-learn's `precision_score`.
 *
 * @example
 * metric.precision([0, 1, 1, 0], [1, 1, 0, 0]) // 0.5
 * metric.precision([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1], { average: "none" }) // [0.6666666666666666, 0, 0]
 * @throws RangeError `precision: average "binary" does not fit 3 classes (0, 1, 2): say "macro", "micro", "weighted" or "none".`
 */
export function precision<const A extends Average = "binary", T extends Labels = Labels, P extends Labels = Labels>(
  yTrue: T,
  yPred: P & Paired<"precision", "predictions", T, P>,
  options: AverageOptions<A> = {},
): Averaged<A> {
  return averageRatio("precision", yTrue, yPred, options, (hits, guessed) => [hits, guessed]);
}
