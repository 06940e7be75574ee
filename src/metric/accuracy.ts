import { checkLabels, type Labels, type Paired, toWeights, type Weighted } from "./input.ts";

export interface AccuracyOptions extends Weighted {
  /** `false` gives the number of hits instead of their share. */
  readonly normalize?: boolean;
}

/**
 * The share of predictions that are right: `Σ w [y = ŷ] / Σ w`. scikit-learn's `accuracy_score`. Misleads where classes are of very
 * different size: see `balancedAccuracy`.
 *
 * @example
 * metric.accuracy([0, 1, 2, 3], [0, 2, 1, 3]) // 0.5
 * metric.accuracy(["cat", "dog"], ["cat", "cat"]) // 0.5
 * @throws ShapeError `accuracy: 4 labels do not match 5 predictions.`
 */
export function accuracy<T extends Labels, P extends Labels>(
  yTrue: T,
  yPred: P & Paired<"accuracy", "predictions", T, P>,
  options: AccuracyOptions = {},
): number {
  const [truth, guess] = checkLabels("accuracy", yTrue, yPred);
  const weights = toWeights("accuracy", options, truth.length);
  let [hits, total] = [0, 0];
  for (let i = 0; i < truth.length; i++) {
    total += weights[i]!;
    if (truth[i] === guess[i]) hits += weights[i]!;
  }
  return options.normalize === false ? hits : hits / total;
}
