import type { CreateOptions } from "../../tensor/create.ts";
import type { Dataset } from "../dataset.ts";
import { type Numbers, readNumbers, toDataset } from "./classes.ts";
import { readShipped } from "./file.ts";

let numbers: Numbers | undefined;

/**
 * 1797 handwritten digits, 8 × 8 pixels from 0 to 16, row by row: `features.reshape([1797, 1, 8, 8])` gives images. The test part of optdigits.
 * CC BY 4.0, UCI, doi 10.24432/C50P49.
 *
 * @example
 * data.digits().features.shape // [1797, 64]
 */
export function digits({ dtype = "float32" }: CreateOptions = {}): Dataset<readonly [1797, 64], readonly [1797]> {
  numbers ??= readNumbers("digits.csv", unpack(readShipped("digits", "digits.csv.gz")), 1797, 64, 0);
  return toDataset(numbers, 1797, 64, dtype, {
    name: "digits",
    description: "Handwritten digits of 13 people as 8 × 8 pixels from 0 to 16.",
    featureNames: Array.from({ length: 64 }, (_, i) => `pixel_${Math.floor(i / 8)}_${i % 8}`),
    targetName: "digit",
    classNames: Array.from({ length: 10 }, (_, i) => String(i)),
    license: "CC BY 4.0",
    source: "Alpaydin and Kaynak 1998, UCI Machine Learning Repository, doi 10.24432/C50P49",
  });
}

function unpack(bytes: Buffer): string {
  return process.getBuiltinModule("node:zlib").gunzipSync(bytes).toString();
}
