import { count, encode, sum } from "./classes.ts";
import type { Labels, Paired, Weighted } from "./input.ts";

/**
 * Agreement beyond chance: `(p – pₑ) / (1 – pₑ)` with the share p of equal labels and the share pₑ that chance would give. scikit-learn's
 * `cohen_kappa_score`; Cohen 1960.
 *
 * @example
 * metric.cohenKappa(["no", "no", "yes", "yes"], ["no", "yes", "yes", "yes"]) // 0.5
 */
export function cohenKappa<T extends Labels, P extends Labels>(
  yTrue: T,
  yPred: P & Paired<"cohenKappa", "predictions", T, P>,
  options: Weighted = {},
): number {
  const { hits, guessed, there } = count(encode("cohenKappa", yTrue, yPred, options));
  const total = sum(there);
  const agreed = sum(hits) / total;
  const chance = sum(there.map((n, i) => n * guessed[i]!)) / total ** 2;
  return (agreed - chance) / (1 - chance);
}
