import type { Numbers } from "../metric/input.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { centre } from "./centre.ts";
import { decompose } from "./decompose.ts";
import { LinearModel } from "./linearModel.ts";
import {
  type Features,
  type FitOptions,
  findWeights,
  type Matrix,
  toMatrix,
  toTargets,
  type Width,
} from "./problem.ts";

/** A number for a target `[N]`, a tensor `[M]` for a target `[N, M]`. */
export type InterceptOf<Y extends Numbers> =
  Y extends Tensor<infer S>
    ? S["length"] extends 1
      ? number
      : S["length"] extends 2
        ? Tensor<readonly [number]>
        : number | Tensor<readonly [number]>
    : Y extends ArrayLike<number>
      ? number
      : Tensor<readonly [number]>;

/**
 * Least squares: the `w` and `b` of least `Σ (y – x·w – b)²`, in closed form by a singular value decomposition; of several solutions the one
 * with the shortest `w`. scikit-learn's `LinearRegression`.
 *
 * @example
 * const line = model.linearRegression([[0], [1], [2]], [1, 3, 5]);
 * line.coefficients.toArray() // [1.9999999999999996]
 * line.intercept // 1.0000000000000004
 * line.predict([[10]]).toArray() // [20.999999999999996]
 * @throws ShapeError `linearRegression: 3 rows of features do not match 2 targets.`
 */
export function linearRegression<const X extends Features, const Y extends Numbers>(
  features: X,
  target: Y,
  options: FitOptions = {},
): LinearModel<Width<X>, InterceptOf<Y>> {
  return fitClosed("linearRegression", "linearRegression", features, target, 0, options) as never;
}

/** Least squares with a ridge α. */
export function fitClosed(
  caller: string,
  name: string,
  features: Features,
  target: Numbers,
  alpha: number,
  options: FitOptions,
): LinearModel {
  const x = toMatrix(caller, features);
  const y = toTargets(caller, target, x.rows);
  const weights = findWeights(caller, options, x.rows);
  const centred = centre(x, y, weights, options.fitIntercept ?? true);
  const { solve } = decompose(centred.x);
  const coefficients = new Float64Array(y.columns * x.columns);
  for (let m = 0; m < y.columns; m++) coefficients.set(solve(columnOf(centred.y, m), alpha), m * x.columns);
  return new LinearModel(name, coefficients, centred.interceptsOf(coefficients), y.isVector);
}

function columnOf({ data, rows, columns }: Matrix, m: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => data[i * columns + m]!);
}
