import type { CreateOptions } from "../../tensor/create.ts";
import type { Dataset } from "../dataset.ts";
import { type Numbers, readNumbers, toDataset } from "./classes.ts";
import { readShipped } from "./file.ts";

let numbers: Numbers | undefined;

const featureNames = [
  "alcohol",
  "malic_acid",
  "ash",
  "alcalinity_of_ash",
  "magnesium",
  "total_phenols",
  "flavanoids",
  "nonflavanoid_phenols",
  "proanthocyanins",
  "color_intensity",
  "hue",
  "od280/od315_of_diluted_wines",
  "proline",
];

/**
 * What a chemist measured in 178 wines of three growers. The columns differ in scale by a factor of a thousand: `standardize` them. CC BY 4.0,
 * UCI, doi 10.24432/C5PC7J.
 *
 * @example
 * data.wine().features.shape // [178, 13]
 */
export function wine({ dtype = "float32" }: CreateOptions = {}): Dataset<readonly [178, 13], readonly [178]> {
  numbers ??= readNumbers("wine_data.csv", readShipped("wine", "wine_data.csv").toString(), 178, 13, 1);
  return toDataset(numbers, 178, 13, dtype, {
    name: "wine",
    description: "Chemical analysis of 178 wines of three growers of one region in Italy.",
    featureNames,
    targetName: "grower",
    classNames: ["class_0", "class_1", "class_2"],
    license: "CC BY 4.0",
    source: "Aeberhard and Forina 1992, UCI Machine Learning Repository, doi 10.24432/C5PC7J",
  });
}
