import type { Dataset } from "../dataset.ts";
import { type ArqueroTable, type PolarsFrame, toColumns } from "./columns.ts";
import { type FeaturesShape, type TableOptions, toDataset } from "./toDataset.ts";

/**
 * Features and target from an Arquero table or a data frame of nodejs-polars.
 *
 * @example
 * const table = aq.table({ area: [100, 50], price: [2, 1.1] });
 * data.fromTable(table, { features: ["area"], target: "price" }).features.shape // [2, 1]
 * @throws TypeError `fromTable: 5 where an Arquero table or a Polars data frame is needed.`
 */
export function fromTable<const F extends readonly string[] = readonly string[]>(
  table: ArqueroTable | PolarsFrame,
  options: TableOptions<F>,
): Dataset<FeaturesShape<F>, readonly [number]> {
  return toDataset("fromTable", "row", toColumns("fromTable", table), options);
}
