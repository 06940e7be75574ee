import { where } from "../op/function/where.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkAmounts } from "./check/each.ts";
import { checkMatch, type Match } from "./check/match.ts";
import { checkChoice } from "./check/option.ts";
import { checkReducing, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface KlDivergenceOptions<
  P extends Shape = Shape,
  R extends Reduction | "batchMean" = Reduction | "batchMean",
  W extends Shape = Shape,
> extends Omit<Reducing<"klDivergence", P, Reduction, W>, "reduction"> {
  /** `"mean"` unless given, over all elements; `"batchMean"` divides by the first axis and is the divergence of mathematics. */
  readonly reduction?: R;
  /** The target is a logarithm too: false unless given. */
  readonly logTarget?: boolean;
}

/**
 * How far a distribution q (given as logarithms) is from the target p.
 *
 * `l = p (log p – log q)`, 0 where p is 0.
 *
 * Shapes: both the same. `"mean"` divides by all elements, as in PyTorch: what mathematics calls the divergence is `"batchMean"`, or `"sum"` for one distribution.
 *
 * @example
 * loss.klDivergence(tensor([1 / 3, 1 / 3, 1 / 3]).log(), tensor([0.36, 0.48, 0.16]), { reduction: "sum" }).item() // 0.0853
 * @throws ShapeError `klDivergence: a target of shape [4] where [4, 1] is needed`
 * @throws RangeError `klDivergence: probability -0.5 is not 0 or above (at index 0).`
 * @see Kullback and Leibler 1951; PyTorch `KLDivLoss`. Keras and Flux take probabilities in the order (p, q) and (q, p), optax log q and p, and sum the last axis.
 */
export function klDivergence<
  P extends Tensor,
  T extends Tensor,
  R extends Reduction | "batchMean" = "mean",
  W extends Shape = Shape,
>(
  logProbability: P,
  target: T & Match<"klDivergence: a target", T["shape"], P["shape"]>,
  options?: KlDivergenceOptions<P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function klDivergence(logProbability: Tensor, target: Tensor, options: KlDivergenceOptions = {}): Tensor {
  const { reduction = "mean", logTarget = false, ...rest } = options;
  checkMatch("klDivergence: a target", target, logProbability);
  checkChoice("klDivergence", "reduction", reduction, ["mean", "sum", "none", "batchMean"]);
  checkReducing("klDivergence", logProbability.shape, rest);
  if (!logTarget) checkAmounts("klDivergence: probability", target);
  const logP = logTarget ? target : where(target.greater(0), target, 1).log();
  const elements = (logTarget ? target.exp() : target).mul(logP.sub(logProbability));
  if (reduction === "batchMean") return reduce(elements, { ...rest, reduction: "sum" }).div(elements.shape[0] ?? 1);
  return reduce(elements, { ...rest, reduction });
}
