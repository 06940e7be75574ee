import { type DType, toArray } from "../../tensor/dtype.ts";
import type { Generator } from "../../tensor/random/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { type About, Dataset } from "../dataset.ts";

/** What a generator of classes draws for one row: its class and its place. */
export type Place = (row: number) => readonly [label: number, ...place: number[]];

/** Rows at their places, in random order. */
export function scatter<const N extends number, const C extends number>(
  count: N,
  columns: C,
  dtype: DType,
  generator: Generator,
  about: Omit<About, "featureNames" | "targetName">,
  place: Place,
): Dataset<readonly [N, C], readonly [N]> {
  const [features, labels] = [toArray(dtype, count * columns), new Int32Array(count)];
  const order = generator.permutation(count).data;
  for (let row = 0; row < count; row++) {
    const [label, ...at] = place(row);
    labels[order[row]!] = label;
    features.set(at, order[row]! * columns);
  }
  return new Dataset(
    new Tensor(features, [count, columns] as const, dtype),
    new Tensor(labels, [count] as const, "int32"),
    { ...about, featureNames: Array.from({ length: columns }, (_, i) => `x${i}`), targetName: "class" },
  );
}

/** A normal number with a deviation. */
export function drawNormal(generator: Generator, std: number): number {
  return generator.normal([], { std, dtype: "float64" }).data[0]!;
}
