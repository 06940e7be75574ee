import type { CreateOptions } from "../../tensor/create.ts";
import type { Dataset } from "../dataset.ts";
import { type Numbers, readNumbers, toDataset } from "./classes.ts";
import { readShipped } from "./file.ts";

let numbers: Numbers | undefined;

/**
 * Fisher's irises: sepals and petals in cm of 150 flowers, 50 of each of three species. CC BY 4.0, UCI, doi 10.24432/C56C76.
 *
 * @example
 * const { features, target, classNames } = data.iris();
 * features.shape // [150, 4]
 * classNames // ["setosa", "versicolor", "virginica"]
 */
export function iris({ dtype = "float32" }: CreateOptions = {}): Dataset<readonly [150, 4], readonly [150]> {
  numbers ??= readNumbers("iris.csv", readShipped("iris", "iris.csv").toString(), 150, 4, 1);
  return toDataset(numbers, 150, 4, dtype, {
    name: "iris",
    description: "Sepals and petals of 150 irises of three species.",
    featureNames: ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"],
    targetName: "species",
    classNames: ["setosa", "versicolor", "virginica"],
    license: "CC BY 4.0",
    source: "Fisher 1936, UCI Machine Learning Repository, doi 10.24432/C56C76",
  });
}
