import type { CreateOptions } from "../../tensor/create.ts";
import { random } from "../../tensor/random/random.ts";
import type { Dataset } from "../dataset.ts";
import { findGenerator, type Randomness } from "../randomness.ts";
import { checkCount, checkNotNegative } from "./check.ts";
import { drawNormal, scatter } from "./classes.ts";

export interface CirclesOptions extends Randomness, CreateOptions {
  /** The standard deviation of the noise in both directions: 0.1 unless given (scikit-learn has 0). */
  readonly noise?: number;
  /** The radius of the inner circle, below 1: 0.5 unless given (scikit-learn has 0.8). */
  readonly factor?: number;
}

/**
 * A circle of radius 1 (class 0) around one of radius `factor` (class 1): separable by `x² + y²`, not by a line. scikit-learn's `make_circles`.
 *
 * @example
 * data.circles(200, { noise: 0.05, seed: 1 }).features.shape // [200, 2]
 * @throws RangeError `circles: factor must lie in [0, 1), got 2.`
 */
export function circles<const N extends number>(
  count: N,
  options: CirclesOptions = {},
): Dataset<readonly [N, 2], readonly [N]> {
  const { noise = 0.1, factor = 0.5, dtype = "float32" } = options;
  checkCount("circles", count);
  checkNotNegative("circles", "noise", noise);
  if (!(factor >= 0 && factor < 1)) throw new RangeError(`circles: factor must lie in [0, 1), got ${factor}.`);
  const generator = findGenerator("circles", options) ?? random(0);
  const outer = Math.floor(count / 2);
  const about = { name: "circles", description: "Made up: a circle in a circle.", classNames: ["outer", "inner"] };
  return scatter(count, 2, dtype, generator, about, (row) => {
    const label = row < outer ? 0 : 1;
    const [at, size, radius] = label === 0 ? [row, outer, 1] : [row - outer, count - outer, factor];
    const t = (2 * Math.PI * at) / size;
    return [
      label,
      radius * Math.cos(t) + drawNormal(generator, noise),
      radius * Math.sin(t) + drawNormal(generator, noise),
    ];
  });
}
