import type { CreateOptions } from "../../tensor/create.ts";
import { random } from "../../tensor/random/random.ts";
import type { Dataset } from "../dataset.ts";
import { findGenerator, type Randomness } from "../randomness.ts";
import { checkAtLeast, checkCount, checkNotNegative } from "./check.ts";
import { drawNormal, scatter } from "./classes.ts";

export interface BlobsOptions<C extends number = number> extends Randomness, CreateOptions {
  /** How many blobs (3 unless given), or where their centres are. */
  readonly centers?: number | readonly (readonly number[])[];
  /** The number of features: 2 unless given; centres that are given have their own. */
  readonly features?: C;
  /** The standard deviation of each blob: 1 unless given. */
  readonly std?: number;
}

/**
 * Normal clouds, one for each class, equally large; centres are drawn between –10 and 10. scikit-learn's `make_blobs` (other random numbers).
 *
 * @example
 * data.blobs(150).features.shape // [150, 2], three classes
 * data.blobs(100, { centers: [[-2, 0], [2, 0]], seed: 1 }).classNames // ["0", "1"]
 */
export function blobs<const N extends number, const C extends number = 2>(
  count: N,
  options: BlobsOptions<C> = {},
): Dataset<readonly [N, C], readonly [N]> {
  const { centers = 3, std = 1, dtype = "float32" } = options;
  checkCount("blobs", count);
  checkNotNegative("blobs", "std", std);
  const given = typeof centers === "number" ? undefined : centers;
  const columns = options.features ?? given?.[0]?.length ?? 2;
  const classes = typeof centers === "number" ? centers : centers.length;
  checkAtLeast("blobs", "centers", classes, 1);
  checkAtLeast("blobs", "features", columns, 1);
  const odd = given?.findIndex((center) => center.length !== columns) ?? -1;
  if (odd >= 0)
    throw new RangeError(`blobs: centre ${odd} has ${given![odd]!.length} coordinates where ${columns} are needed.`);
  const generator = findGenerator("blobs", options) ?? random(0);
  const draw = (range: number) => range * (2 * generator.next() - 1);
  const places = given ?? Array.from({ length: classes }, () => Array.from({ length: columns }, () => draw(10)));
  const about = {
    name: "blobs",
    description: `Made up: ${classes} normal clouds.`,
    classNames: Array.from({ length: classes }, (_, i) => String(i)),
  };
  return scatter(count, columns as C, dtype, generator, about, (row) => {
    const label = row % classes;
    return [label, ...places[label]!.map((at) => at + drawNormal(generator, std))];
  });
}
