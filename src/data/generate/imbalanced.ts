import type { CreateOptions } from "../../tensor/create.ts";
import { random } from "../../tensor/random/random.ts";
import type { Dataset } from "../dataset.ts";
import { findGenerator, type Randomness } from "../randomness.ts";
import { checkAtLeast, checkCount, checkNotNegative } from "./check.ts";
import { drawNormal, scatter } from "./classes.ts";

export interface ImbalancedOptions<C extends number = number> extends Randomness, CreateOptions {
  /** The share of positives (label 1): 0.05 unless given. */
  readonly positives?: number;
  /** How far apart the centres of the classes are, in standard deviations: 2 unless given. */
  readonly separation?: number;
  /** The number of features: 2 unless given. */
  readonly features?: C;
}

/**
 * A few positives (label 1) among many negatives (label 0), two normal clouds that overlap: where accuracy misleads and focal loss, weights
 * and precision-recall curves do not.
 *
 * @example
 * const fraud = data.imbalanced(1000, { positives: 0.02, seed: 1 });
 * fraud.target.sum().item() // 20
 * @throws RangeError `imbalanced: positives must lie in (0, 1), got 2.`
 */
export function imbalanced<const N extends number, const C extends number = 2>(
  count: N,
  options: ImbalancedOptions<C> = {},
): Dataset<readonly [N, C], readonly [N]> {
  const { positives = 0.05, separation = 2, dtype = "float32" } = options;
  const columns = options.features ?? 2;
  checkCount("imbalanced", count);
  checkAtLeast("imbalanced", "features", columns, 1);
  checkNotNegative("imbalanced", "separation", separation);
  if (!(positives > 0 && positives < 1))
    throw new RangeError(`imbalanced: positives must lie in (0, 1), got ${positives}.`);
  const generator = findGenerator("imbalanced", options) ?? random(0);
  const few = Math.max(1, Math.round(count * positives));
  // along the diagonal, so that every feature tells something
  const shift = separation / Math.sqrt(columns);
  const about = {
    name: "imbalanced",
    // no counts: a part of the set has the same description
    description: `Made up: a share of ${positives} positives.`,
    classNames: ["negative", "positive"],
  };
  return scatter(count, columns as C, dtype, generator, about, (row) => {
    const label = row < few ? 1 : 0;
    return [label, ...Array.from({ length: columns }, () => label * shift + drawNormal(generator, 1))];
  });
}
