import { count, encode } from "./classes.ts";
import type { Labels, Paired, Weighted } from "./input.ts";

export interface BalancedAccuracyOptions extends Weighted {
  /** Moved and stretched so that guessing gives 0 and everything right 1. */
  readonly adjusted?: boolean;
}

/**
 * The mean of the recalls of the classes that occur in the target: every class counts the same however small. scikit-learn's
 * `balanced_accuracy_score`.
 *
 * @example
 * metric.balancedAccuracy([0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1]) // 0.625
 */
export function balancedAccuracy<T extends Labels, P extends Labels>(
  yTrue: T,
  yPred: P & Paired<"balancedAccuracy", "predictions", T, P>,
  options: BalancedAccuracyOptions = {},
): number {
  const { hits, there } = count(encode("balancedAccuracy", yTrue, yPred, options));
  const recalls = [...hits].flatMap((n, i) => (there[i]! > 0 ? [n / there[i]!] : []));
  const score = recalls.reduce((a, b) => a + b, 0) / recalls.length;
  const chance = 1 / recalls.length;
  return options.adjusted ? (score - chance) / (1 - chance) : score;
}
