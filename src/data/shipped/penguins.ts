import type { CreateOptions } from "../../tensor/create.ts";
import type { Dataset } from "../dataset.ts";
import { takeRows } from "../rows.ts";
import { toDataset } from "./classes.ts";
import { readShipped } from "./file.ts";

/** One penguin as it was written down; `null` where nothing was. */
export interface Penguin {
  readonly Species: "Adelie" | "Chinstrap" | "Gentoo";
  readonly Island: "Torgersen" | "Biscoe" | "Dream";
  readonly "Beak Length (mm)": number | null;
  readonly "Beak Depth (mm)": number | null;
  readonly "Flipper Length (mm)": number | null;
  readonly "Body Mass (g)": number | null;
  readonly Sex: "MALE" | "FEMALE" | null;
}

export interface PenguinsOptions<M extends "keep" | "drop" = "keep" | "drop"> extends CreateOptions {
  /** `"keep"` (unless given) leaves NaN where a measure is missing, in rows 3 and 339; `"drop"` leaves those 2 rows out. */
  readonly missing?: M;
}

const classNames = ["Adelie", "Chinstrap", "Gentoo"] as const;
const measures = ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"] as const;
let records: readonly Penguin[] | undefined;

/**
 * Palmer penguins: beak, flipper and body mass of 344 penguins of three species. Two rows have no measures: NaN, or left out with
 * `{ missing: "drop" }`. Island and sex are in `data.penguinRecords()`. CC0 1.0.
 *
 * @example
 * data.penguins().features.shape // [344, 4]
 * data.penguins({ missing: "drop" }).features.shape // [342, 4]
 */
export function penguins<const M extends "keep" | "drop" = "keep">({
  dtype = "float32",
  missing,
}: PenguinsOptions<M> = {}): Dataset<
  readonly [M extends "drop" ? 342 : 344, 4],
  readonly [M extends "drop" ? 342 : 344]
> {
  const all = penguinRecords();
  const features = Float64Array.from(all.flatMap((penguin) => measures.map((name) => penguin[name] ?? Number.NaN)));
  const labels = Int32Array.from(all, (penguin) => classNames.indexOf(penguin.Species));
  const set = toDataset({ features, labels }, 344, 4, dtype, {
    name: "penguins",
    description: "Beaks, flippers and body masses of 344 penguins of three species.",
    featureNames: measures,
    targetName: "species",
    classNames,
    license: "CC0 1.0",
    source: "Gorman, Williams and Fraser 2014, doi 10.1371/journal.pone.0090081",
  });
  if (missing !== "drop") return set as never;
  const whole = all.flatMap((penguin, row) => (measures.every((name) => penguin[name] !== null) ? [row] : []));
  return takeRows(set, whole) as never;
}

/**
 * The 344 penguins as records, with island and sex: for tables, charts and `data.fromRecords`.
 *
 * @example
 * data.penguinRecords()[0].Species // Adelie
 */
export function penguinRecords(): readonly Penguin[] {
  records ??= (JSON.parse(readShipped("penguins", "penguins.json").toString()) as Penguin[]).map((penguin) =>
    // one penguin has the sex "."
    Object.freeze({ ...penguin, Sex: penguin.Sex === "MALE" || penguin.Sex === "FEMALE" ? penguin.Sex : null }),
  );
  return records;
}
