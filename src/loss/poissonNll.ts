import { where } from "../op/function/where.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkAmounts } from "./check/each.ts";
import type { Match } from "./check/match.ts";
import { checkFrom } from "./check/option.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface PoissonNllOptions<P extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"poissonNll", P, R, W> {
  /** The prediction is the logarithm of the rate: true unless given. */
  readonly logInput?: boolean;
  /** Add an approximation of `log target!`, which does not depend on the prediction: false unless given. */
  readonly full?: boolean;
  /** Added to a rate before its logarithm is taken: 1e-8 unless given. */
  readonly eps?: number;
}

/**
 * The negative logarithm of a Poisson probability, for targets that count events.
 *
 * `l = e^x – target · x`, where the prediction `x` is the logarithm of the rate; with `logInput: false` it is the rate itself, and
 * `l = x – target · log(x + eps)`. `full` adds Stirling's `target log target – target + log(2π target) / 2` where the target is above 1.
 *
 * Shapes: both the same. `logInput` is true, `full` false, `eps` 1e-8 unless given.
 *
 * @example
 * loss.poissonNll(tensor([0, 1]), tensor([1, 2]), { reduction: "none" }).toArray() // [1, 0.71828]
 * @throws ShapeError `poissonNll: a target of shape [4] where [4, 1] is needed`
 * @throws RangeError `poissonNll: target -1 is not 0 or above (at index 2).`
 * @see PyTorch `PoissonNLLLoss`. Keras' `Poisson` takes rates, as `logInput: false` here. The logarithm of a rate of 1e4 has no finite exponential.
 */
export function poissonNll<P extends Tensor, T extends Tensor, R extends Reduction = "mean", W extends Shape = Shape>(
  prediction: P,
  target: T & Match<"poissonNll: a target", T["shape"], P["shape"]>,
  options?: PoissonNllOptions<P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function poissonNll(prediction: Tensor, target: Tensor, options: PoissonNllOptions = {}): Tensor {
  const { logInput = true, full = false, eps = 1e-8 } = options;
  checkPair("poissonNll", prediction, target, options);
  checkFrom("poissonNll", "eps", eps, 0);
  checkAmounts("poissonNll: target", target);
  const known = logInput
    ? prediction.exp().sub(target.mul(prediction))
    : prediction.sub(target.mul(prediction.add(eps).log()));
  return reduce(full ? known.add(stirling(target)) : known, options);
}

/** `log n!` by Stirling's formula, 0 up to 1. */
function stirling(target: Tensor): Tensor {
  const n = where(target.greater(1), target, 1);
  const logFactorial = n
    .mul(n.log())
    .sub(n)
    .add(
      n
        .mul(2 * Math.PI)
        .log()
        .mul(0.5),
    );
  return where(target.greater(1), logFactorial, 0);
}
