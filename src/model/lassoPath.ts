import { type Numbers, toVector } from "../metric/input.ts";
import { centre } from "./centre.ts";
import { descend } from "./coordinateDescent.ts";
import type { LassoOptions } from "./elasticNet.ts";
import { Path } from "./path.ts";
import {
  checkNotNegative,
  checkPositive,
  type Features,
  findWeights,
  type Matrix,
  toMatrix,
  toTargets,
  type Width,
} from "./problem.ts";
import { spread } from "./ridgePath.ts";

export interface LassoPathOptions extends Omit<LassoOptions, "alpha"> {
  /** The penalties, in falling order. */
  readonly alphas?: Numbers;
  /** How many penalties, if they are not given: 100 unless given. */
  readonly count?: number;
  /** The last penalty over the first: 0.001 unless given. */
  readonly eps?: number;
}

/**
 * The coefficients of `lasso` for many penalties, each starting from the one before. The first penalty, `max |Xᵀy| / n` (centred), is the least
 * that leaves every feature out. scikit-learn's `lasso_path`, which does not centre.
 *
 * @example
 * model.lassoPath([[0], [1], [2]], [0, 1, 2], { count: 2, eps: 0.1 }).coefficients.toArray() // [[0], [0.8999999999999999]]
 * @throws RangeError `lassoPath: eps must lie in (0, 1), got 2.`
 */
export function lassoPath<const X extends Features>(
  features: X,
  target: Numbers,
  options: LassoPathOptions = {},
): Path<Width<X>> {
  const { count = 100, eps = 1e-3, tolerance = 1e-10, maxIterations = 100_000, fitIntercept = true } = options;
  if (!(eps > 0 && eps < 1)) throw new RangeError(`lassoPath: eps must lie in (0, 1), got ${eps}.`);
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`lassoPath: count must be a whole number from 1, got ${count}.`);
  checkPositive("lassoPath", "tolerance", tolerance);
  checkPositive("lassoPath", "maxIterations", maxIterations);
  const x = toMatrix("lassoPath", features);
  toVector("lassoPath", "targets", target);
  const y = toTargets("lassoPath", target, x.rows);
  const weights = findWeights("lassoPath", options, x.rows);
  const total = weights.reduce((a, b) => a + b, 0);
  const centred = centre(x, y, weights, fitIntercept);
  const given = options.alphas && toVector("lassoPath", "alphas", options.alphas);
  const alphas = given ?? spread(findFirst(centred.x, centred.y) / total, eps, count);
  for (let i = 0; i < alphas.length; i++) checkNotNegative("lassoPath", "alpha", alphas[i]!);
  if (alphas.length === 0) throw new RangeError("lassoPath: 0 alphas where at least 1 is needed.");
  const rows: Float64Array[] = [];
  for (let i = 0; i < alphas.length; i++) {
    const penalties = { l1: alphas[i]! * total, l2: 0 };
    // at the first penalty of its own nothing may come in by rounding
    const isFirst = !given && i === 0;
    const found = isFirst
      ? new Float64Array(x.columns)
      : descend(centred.x, centred.y.data, penalties, { tolerance, maxIterations }, rows[i - 1]).coefficients;
    rows.push(found);
  }
  return new Path(
    "lassoPath",
    alphas,
    rows,
    rows.map((row) => centred.interceptsOf(row)[0]!),
  );
}

/** `max |Xᵀy|`. */
function findFirst(x: Matrix, y: Matrix): number {
  const pulls = new Float64Array(x.columns);
  x.data.forEach((n, at) => {
    pulls[at % x.columns]! += n * y.data[Math.floor(at / x.columns)]!;
  });
  return pulls.reduce((most, n) => Math.max(most, Math.abs(n)), 0);
}
