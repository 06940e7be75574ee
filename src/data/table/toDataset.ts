import type { CreateOptions } from "../../tensor/create.ts";
import { toArray } from "../../tensor/dtype.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Dataset } from "../dataset.ts";
import type { Columns } from "./columns.ts";

export interface TableOptions<F extends readonly string[] = readonly string[], T extends string = string>
  extends CreateOptions {
  /** The column to predict: numbers, or text and booleans, which become labels (int32) with `classNames` in alphabetical order. */
  readonly target: T;
  /** The columns to predict from, numbers or booleans: all but the target unless given. */
  readonly features?: F;
  /** `true`: the numbers of the target are classes, too. */
  readonly classes?: boolean;
  /** A row without a value: an error (unless given), `"drop"` it, or `"keep"` NaN in the features. */
  readonly missing?: "error" | "drop" | "keep";
  /** A name for the set. */
  readonly name?: string;
}

/** The shape of features: the checker knows how many columns there are if they are named. */
export type FeaturesShape<F extends readonly string[]> = readonly [number, F["length"]];

/** Features and target of a table; `where` says for messages what a row is called: `record 3`. */
export function toDataset<F extends readonly string[]>(
  caller: string,
  row: string,
  columns: Columns,
  options: TableOptions<F>,
): Dataset<FeaturesShape<F>, readonly [number]> {
  const { target, missing = "error", dtype = "float32" } = options;
  const names = options.features ?? columns.names.filter((name) => name !== target);
  checkColumns(caller, columns, [...names, target]);
  const values = names.map((name) => columns.column(name));
  const goals = columns.column(target);
  const kept = findRows(caller, row, columns.rows, [...names, target], [...values, goals], missing);
  const features = toArray(dtype, kept.length * names.length);
  kept.forEach((from, to) => {
    for (let i = 0; i < names.length; i++)
      features[to * names.length + i] = toNumber(
        values[i]![from],
        () => `${caller}: ${row} ${from}, column "${names[i]}"`,
      );
  });
  const { numbers, classNames } = readTarget(`${caller}: ${row}`, target, goals, kept, options);
  const shape = [kept.length, names.length] as unknown as FeaturesShape<F>;
  return new Dataset(new Tensor(features, shape, dtype), numbers, {
    name: options.name ?? "table",
    // no number of rows: a part of the set has the same description
    description: `Rows of a table, to predict ${target}.`,
    featureNames: names,
    targetName: target,
    classNames,
  });
}

function checkColumns(caller: string, columns: Columns, names: readonly string[]): void {
  if (columns.rows === 0) throw new RangeError(`${caller}: 0 rows where at least 1 is needed.`);
  const absent = names.find((name) => !columns.names.includes(name));
  if (absent !== undefined)
    throw new RangeError(`${caller}: there is no column "${absent}", but ${columns.names.join(", ")}.`);
}

/** The rows to take: without those that lack a value, if they are to be dropped. */
function findRows(
  caller: string,
  row: string,
  rows: number,
  names: readonly string[],
  values: readonly ArrayLike<unknown>[],
  missing: "error" | "drop" | "keep",
): number[] {
  const kept: number[] = [];
  for (let i = 0; i < rows; i++) {
    const hole = values.findIndex((column) => isMissing(column[i]));
    // nothing can be learned from a row without a target
    const fatal = missing === "error" || (missing === "keep" && hole >= 0 && isMissing(values.at(-1)![i]));
    if (hole >= 0 && fatal)
      throw new TypeError(
        `${caller}: ${row} ${i} has no value for "${names[missing === "keep" ? names.length - 1 : hole]}": missing can be "drop"${missing === "keep" ? "" : ' or "keep"'}.`,
      );
    if (hole < 0 || missing === "keep") kept.push(i);
  }
  if (kept.length === 0) throw new RangeError(`${caller}: each of ${rows} rows lacks a value.`);
  return kept;
}

function readTarget(
  where: string,
  name: string,
  values: ArrayLike<unknown>,
  kept: readonly number[],
  { classes = false, dtype = "float32" }: TableOptions,
): { numbers: Tensor<readonly [number]>; classNames: readonly string[] | undefined } {
  const chosen = kept.map((row) => values[row]);
  if (!classes && typeof chosen[0] !== "string" && typeof chosen[0] !== "boolean") {
    const numbers = toArray(dtype, chosen.length);
    kept.forEach((row, i) => {
      numbers[i] = toNumber(chosen[i], () => `${where} ${row}, column "${name}"`);
    });
    return { numbers: new Tensor(numbers, [chosen.length] as const, dtype), classNames: undefined };
  }
  const inOrder = [...new Set(chosen)].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1,
  );
  const labels = new Map(inOrder.map((value, label) => [value, label]));
  const numbers = Int32Array.from(chosen, (value) => labels.get(value)!);
  return { numbers: new Tensor(numbers, [chosen.length] as const, "int32"), classNames: inOrder.map(String) };
}

function toNumber(value: unknown, where: () => string): number {
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return Number(value);
  if (isMissing(value)) return Number.NaN;
  throw new TypeError(`${where()}: ${JSON.stringify(value)} is not a number.`);
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}
