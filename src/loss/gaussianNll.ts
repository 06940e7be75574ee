import {
  type Checked,
  type Shape,
  ShapeError,
  type Size,
  sameShape,
  type Write,
  type Wrong,
  writeShape,
} from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkAmounts } from "./check/each.ts";
import type { Match } from "./check/match.ts";
import { checkAbove } from "./check/option.ts";
import { checkTensor } from "./check/tensor.ts";
import { checkPair, type Reduced, type Reducing, type Reduction, reduce } from "./reduce.ts";

export interface GaussianNllOptions<P extends Shape = Shape, R extends Reduction = Reduction, W extends Shape = Shape>
  extends Reducing<"gaussianNll", P, R, W> {
  /** Add the constant `log(2π) / 2`: false unless given. */
  readonly full?: boolean;
  /** The least variance: 1e-6 unless given. */
  readonly eps?: number;
}

/** A variance for each element, or one for each row: `[N, D]`, `[N, 1]` or `[N]`. */
type Variance<V extends Shape, P extends Shape> = Checked<IsVariance<V, P>>;
type IsVariance<V extends Shape, P extends Shape> = P extends readonly [...infer Rows extends Shape, Size]
  ? unknown extends Match<"", V, P> | Match<"", V, Rows> | Match<"", V, readonly [...Rows, 1]>
    ? unknown
    : Wrong<`gaussianNll: a variance of shape [${Write<V>}] where [${Write<P>}], [${Write<readonly [...Rows, 1]>}] or [${Write<Rows>}] is needed`>
  : unknown;

/**
 * The negative logarithm of a normal density, for models that predict their own uncertainty.
 *
 * `l = (log v + (prediction – target)² / v) / 2` with `v = max(variance, eps)`. The gradient passes the bound, so a variance below it can grow again.
 *
 * Shapes: target as prediction; the variance as well, or one for each row. `full` is false, `eps` 1e-6 unless given.
 *
 * @example
 * loss.gaussianNll(tensor([0]), tensor([1]), tensor([1])).item() // 0.5
 * loss.gaussianNll(tensor([0]), tensor([1]), tensor([1]), { full: true }).item() // 1.41894
 * @throws ShapeError `gaussianNll: a variance of shape [3] where [4, 2], [4, 1] or [4] is needed`
 * @throws RangeError `gaussianNll: variance -1 is not 0 or above (at index 2).`
 * @see Nix and Weigend 1994; PyTorch `GaussianNLLLoss`. The third argument is the variance: not its logarithm, nor the standard deviation.
 */
export function gaussianNll<
  P extends Tensor,
  T extends Tensor,
  V extends Tensor,
  R extends Reduction = "mean",
  W extends Shape = Shape,
>(
  prediction: P,
  target: T & Match<"gaussianNll: a target", T["shape"], P["shape"]>,
  variance: V & Variance<V["shape"], P["shape"]>,
  options?: GaussianNllOptions<P["shape"], R, W>,
): Tensor<Reduced<P["shape"], R>>;
export function gaussianNll(
  prediction: Tensor,
  target: Tensor,
  variance: Tensor,
  options: GaussianNllOptions = {},
): Tensor {
  const { full = false, eps = 1e-6 } = options;
  checkPair("gaussianNll", prediction, target, options);
  checkTensor("gaussianNll", variance);
  checkVariance(variance, prediction.shape);
  checkAbove("gaussianNll", "eps", eps, 0);
  const given = variance.rank < prediction.rank ? variance.unsqueeze(-1) : variance;
  const v = given.add(given.clamp(eps).sub(given).stopGradient());
  const elements = v.log().add(prediction.sub(target).square().div(v)).mul(0.5);
  return reduce(full ? elements.add(Math.log(2 * Math.PI) / 2) : elements, options);
}

function checkVariance(variance: Tensor, shape: Shape): void {
  const rows = shape.slice(0, -1);
  const fitting = shape.length === 0 ? [shape] : [shape, [...rows, 1], rows];
  if (!fitting.some((each) => sameShape(variance.shape, each)))
    throw new ShapeError(
      `gaussianNll: a variance of shape ${writeShape(variance.shape)} where ${fitting
        .map(writeShape)
        .join(", ")
        .replace(/, (?=[^,]*$)/, " or ")} is needed`,
    );
  checkAmounts("gaussianNll: variance", variance);
}
