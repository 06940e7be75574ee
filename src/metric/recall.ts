import { type Average, type Averaged, type AverageOptions, averageRatio } from "./average.ts";
import type { Labels, Paired } from "./input.ts";

/**
 * Of what is positive, the share that was found: `TP / (TP + FN)`. scikit-learn's `recall_score`.
 *
 * @example
 * metric.recall([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1], { average: "macro" }) // 0.3333333333333333
 */
export function recall<const A extends Average = "binary", T extends Labels = Labels, P extends Labels = Labels>(
  yTrue: T,
  yPred: P & Paired<"recall", "predictions", T, P>,
  options: AverageOptions<A> = {},
): Averaged<A> {
  return averageRatio("recall", yTrue, yPred, options, (hits, _, there) => [hits, there]);
}
