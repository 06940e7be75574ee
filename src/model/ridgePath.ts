import { type Numbers, toVector } from "../metric/input.ts";
import { centre } from "./centre.ts";
import { decompose } from "./decompose.ts";
import { Path } from "./path.ts";
import {
  checkNotNegative,
  type Features,
  type FitOptions,
  findWeights,
  toMatrix,
  toTargets,
  type Width,
} from "./problem.ts";

export interface RidgePathOptions extends FitOptions {
  /** The penalties: 100 from 1000 to 0.001, evenly in the logarithm, unless given; 0 is least squares. */
  readonly alphas?: Numbers;
}

/**
 * The coefficients of `ridge` for many penalties, from one decomposition. To see how they shrink.
 *
 * @example
 * model.ridgePath([[0, 0], [0, 0], [1, 1]], [0, 0.1, 1], { alphas: [0.5] }).intercept.toArray() // [0.13636363636363638]
 */
export function ridgePath<const X extends Features>(
  features: X,
  target: Numbers,
  options: RidgePathOptions = {},
): Path<Width<X>> {
  const alphas = toVector("ridgePath", "alphas", options.alphas ?? spread(1000, 1e-6, 100));
  for (let i = 0; i < alphas.length; i++) checkNotNegative("ridgePath", "alpha", alphas[i]!);
  if (alphas.length === 0) throw new RangeError("ridgePath: 0 alphas where at least 1 is needed.");
  const x = toMatrix("ridgePath", features);
  toVector("ridgePath", "targets", target);
  const y = toTargets("ridgePath", target, x.rows);
  const centred = centre(x, y, findWeights("ridgePath", options, x.rows), options.fitIntercept ?? true);
  const { solve } = decompose(centred.x);
  const rows = Array.from(alphas, (alpha) => solve(centred.y.data, alpha));
  return new Path(
    "ridgePath",
    alphas,
    rows,
    rows.map((row) => centred.interceptsOf(row)[0]!),
  );
}

/** `count` numbers from `first` down to `eps · first`, evenly in the logarithm. */
export function spread(first: number, eps: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first * eps ** (count > 1 ? i / (count - 1) : 0));
}
