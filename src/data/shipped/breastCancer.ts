import type { CreateOptions } from "../../tensor/create.ts";
import type { Dataset } from "../dataset.ts";
import { type Numbers, readNumbers, toDataset } from "./classes.ts";
import { readShipped } from "./file.ts";

let numbers: Numbers | undefined;

const measured = [
  "radius",
  "texture",
  "perimeter",
  "area",
  "smoothness",
  "compactness",
  "concavity",
  "concave points",
  "symmetry",
  "fractal dimension",
];

/**
 * Cell nuclei of 569 breast tumours: mean, error and worst of ten measures; 212 malignant (label 0), 357 benign (1). CC BY 4.0, UCI,
 * doi 10.24432/C5DW2B.
 *
 * @example
 * data.breastCancer().features.shape // [569, 30]
 */
export function breastCancer({ dtype = "float32" }: CreateOptions = {}): Dataset<readonly [569, 30], readonly [569]> {
  numbers ??= readNumbers("breast_cancer.csv", readShipped("breastCancer", "breast_cancer.csv").toString(), 569, 30, 1);
  return toDataset(numbers, 569, 30, dtype, {
    name: "breast cancer",
    description: "Measures of cell nuclei in images of 569 breast tumours, malignant or benign.",
    featureNames: [
      ...measured.map((what) => `mean ${what}`),
      ...measured.map((what) => `${what} error`),
      ...measured.map((what) => `worst ${what}`),
    ],
    targetName: "diagnosis",
    classNames: ["malignant", "benign"],
    license: "CC BY 4.0",
    source: "Wolberg, Mangasarian, Street and Street 1993, UCI Machine Learning Repository, doi 10.24432/C5DW2B",
  });
}
