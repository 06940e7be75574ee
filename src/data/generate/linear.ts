import type { CreateOptions } from "../../tensor/create.ts";
import { toArray } from "../../tensor/dtype.ts";
import { random } from "../../tensor/random/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Dataset } from "../dataset.ts";
import { findGenerator, type Randomness } from "../randomness.ts";
import { checkCount, checkNotNegative } from "./check.ts";

export interface LinearOptions<W extends readonly number[]> extends Randomness, CreateOptions {
  /** The true weights, one for each feature: `[2]` unless given. */
  readonly weights?: W;
  /** The true bias: 1 unless given. */
  readonly bias?: number;
  /** The standard deviation of the noise: 0.1 unless given. */
  readonly noise?: number;
}

/**
 * A line or plane with noise: `y = x · weights + bias + noise`, features normal with mean 0 and deviation 1.
 *
 * @example
 * data.linear(100).features.shape // [100, 1]: y = 2x + 1
 * data.linear(100, { weights: [1, -2, 0], seed: 3 }).features.shape // [100, 3]
 */
export function linear<const N extends number, const W extends readonly number[] = readonly [2]>(
  count: N,
  options: LinearOptions<W> = {},
): Dataset<readonly [N, W["length"]], readonly [N]> {
  const { weights = [2], bias = 1, noise = 0.1, dtype = "float32" } = options;
  checkCount("linear", count);
  checkNotNegative("linear", "noise", noise);
  if (weights.length === 0) throw new RangeError("linear: 0 weights where at least 1 is needed.");
  const generator = findGenerator("linear", options) ?? random(0);
  const width = weights.length as W["length"];
  const features = generator.normal([count, width], { dtype });
  const errors = generator.normal([count], { std: noise, dtype: "float64" }).data;
  const target = toArray(dtype, count);
  for (let i = 0; i < count; i++) {
    target[i] = weights.reduce((sum, weight, j) => sum + weight * features.data[i * width + j]!, bias) + errors[i]!;
  }
  return new Dataset(features, new Tensor(target, [count] as const, dtype), {
    name: "linear",
    description: `Made up: y = x · [${weights.join(", ")}] + ${bias} + noise of deviation ${noise}.`,
    featureNames: Array.from({ length: width }, (_, i) => (width === 1 ? "x" : `x${i}`)),
    targetName: "y",
  });
}
