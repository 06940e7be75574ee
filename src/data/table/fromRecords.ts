import type { Dataset } from "../dataset.ts";
import { recordsToColumns } from "./columns.ts";
import { type FeaturesShape, type TableOptions, toDataset } from "./toDataset.ts";

/**
 * Features and target from an array of objects: a query's result, a parsed CSV, `data.penguinRecords()`.
 *
 * @example
 * const houses = [{ area: 100, rooms: 4, price: 2 }, { area: 50, rooms: 2, price: 1.1 }];
 * const set = data.fromRecords(houses, { features: ["area", "rooms"], target: "price" });
 * set.features.toArray() // [[100, 4], [50, 2]]
 * @throws RangeError `fromRecords: there is no column "are", but area, rooms, price.`
 * @throws TypeError `fromRecords: record 1, column "area": "large" is not a number.`
 */
export function fromRecords<
  R extends object,
  const F extends readonly (keyof R & string)[] = readonly (keyof R & string)[],
>(records: readonly R[], options: TableOptions<F, keyof R & string>): Dataset<FeaturesShape<F>, readonly [number]> {
  return toDataset("fromRecords", "record", recordsToColumns("fromRecords", records), options);
}
