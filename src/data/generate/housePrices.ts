import type { CreateOptions } from "../../tensor/create.ts";
import { toArray } from "../../tensor/dtype.ts";
import { random } from "../../tensor/random/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Dataset } from "../dataset.ts";
import { findGenerator, type Randomness } from "../randomness.ts";
import { checkCount, checkNotNegative } from "./check.ts";

export interface HousePricesOptions extends Randomness, CreateOptions {
  /** The standard deviation of what the formula does not explain, in millions: 0.1 unless given. */
  readonly noise?: number;
  /** How many of the houses, the last ones, are priced ten times too high: 0 unless given. To see how losses treat them. */
  readonly outliers?: number;
}

/**
 * Houses and their prices in millions: `price = 0.25 + 0.015 · area + 0.1 · rooms – 0.005 · age + noise`. A house of 100 m² with 4 rooms,
 * 30 years old, costs 2.0. Areas are normal around 100 m² (deviation 30, from 40 to 160), ages from 0 to 60 years, one room for 25 m².
 *
 * @example
 * const houses = data.housePrices(200, { seed: 1 });
 * houses.features.shape // [200, 3]: area, rooms, age
 * houses.target.shape // [200]: millions
 */
export function housePrices<const N extends number>(
  count: N,
  options: HousePricesOptions = {},
): Dataset<readonly [N, 3], readonly [N]> {
  const { noise = 0.1, outliers = 0, dtype = "float32" } = options;
  checkCount("housePrices", count);
  checkNotNegative("housePrices", "noise", noise);
  if (!Number.isInteger(outliers) || outliers < 0 || outliers > count)
    throw new RangeError(`housePrices: ${outliers} outliers where a whole number from 0 to ${count} is needed.`);
  const generator = findGenerator("housePrices", options) ?? random(0);
  const areas = generator.truncatedNormal([count], { mean: 100, std: 30, dtype: "float64" }).data;
  const ages = generator.integers(0, 61, [count]).data;
  const spare = generator.normal([count], { std: 0.7, dtype: "float64" }).data;
  const errors = generator.normal([count], { std: noise, dtype: "float64" }).data;
  const [features, prices] = [toArray(dtype, count * 3), toArray(dtype, count)];
  for (let i = 0; i < count; i++) {
    const area = Math.round(areas[i]!);
    const rooms = Math.max(1, Math.round(area / 25 + spare[i]!));
    features.set([area, rooms, ages[i]!], i * 3);
    const price = 0.25 + 0.015 * area + 0.1 * rooms - 0.005 * ages[i]! + errors[i]!;
    prices[i] = price * (i < count - outliers ? 1 : 10);
  }
  return new Dataset(new Tensor(features, [count, 3] as const, dtype), new Tensor(prices, [count] as const, dtype), {
    name: "house prices",
    description: "Made up: area in m², rooms and age in years of houses, and their price in millions.",
    featureNames: ["area", "rooms", "age"],
    targetName: "price",
  });
}
