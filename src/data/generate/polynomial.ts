import type { CreateOptions } from "../../tensor/create.ts";
import { toArray } from "../../tensor/dtype.ts";
import { random } from "../../tensor/random/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Dataset } from "../dataset.ts";
import { findGenerator, type Randomness } from "../randomness.ts";
import { checkCount, checkNotNegative } from "./check.ts";

export interface PolynomialOptions extends Randomness, CreateOptions {
  /** `c₀, c₁, c₂, …` of `c₀ + c₁ x + c₂ x² + …`: `[0, -1, 0, 2]` unless given. */
  readonly coefficients?: readonly number[];
  /** The standard deviation of the noise: 0.1 unless given. */
  readonly noise?: number;
}

/**
 * A polynomial with noise: `y = Σ cₖ xᵏ + noise`, x equally likely between –1 and 1. For over- and underfitting.
 *
 * @example
 * data.polynomial(50).features.shape // [50, 1]: x alone; y = 2x³ – x
 */
export function polynomial<const N extends number>(
  count: N,
  options: PolynomialOptions = {},
): Dataset<readonly [N, 1], readonly [N]> {
  const { coefficients = [0, -1, 0, 2], noise = 0.1, dtype = "float32" } = options;
  checkCount("polynomial", count);
  checkNotNegative("polynomial", "noise", noise);
  if (coefficients.length === 0) throw new RangeError("polynomial: 0 coefficients where at least 1 is needed.");
  const generator = findGenerator("polynomial", options) ?? random(0);
  const features = generator.uniform([count, 1], { low: -1, high: 1, dtype });
  const errors = generator.normal([count], { std: noise, dtype: "float64" }).data;
  const target = toArray(dtype, count);
  for (let i = 0; i < count; i++) {
    const x = features.data[i]!;
    target[i] = coefficients.reduceRight((value, c) => value * x + c, 0) + errors[i]!;
  }
  return new Dataset(features, new Tensor(target, [count] as const, dtype), {
    name: "polynomial",
    description: `Made up: a polynomial with coefficients ${coefficients.join(", ")} and noise of deviation ${noise}.`,
    featureNames: ["x"],
    targetName: "y",
  });
}
