import { type DType, type TypedArray, toArray } from "../../tensor/dtype.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { type About, Dataset } from "../dataset.ts";

/** The numbers of a set of classes, once they are read. */
export interface Numbers {
  readonly features: Float64Array;
  readonly labels: Int32Array;
}

/**
 * Reads scikit-learn's form: a first line `rows,features,class,…`, then per line the features and the label.
 *
 * @throws SyntaxError that names the line: `iris.csv: line 7 holds 4 values where 5 are needed.`
 */
export function readNumbers(file: string, text: string, rows: number, columns: number, first: 0 | 1): Numbers {
  const lines = text.trimEnd().split("\n");
  if (lines.length !== rows + first)
    throw new SyntaxError(`${file}: ${lines.length} lines where ${rows + first} are needed.`);
  const [features, labels] = [new Float64Array(rows * columns), new Int32Array(rows)];
  for (let row = 0; row < rows; row++) {
    const cells = lines[row + first]!.split(",");
    if (cells.length !== columns + 1)
      throw new SyntaxError(
        `${file}: line ${row + first + 1} holds ${cells.length} values where ${columns + 1} are needed.`,
      );
    for (let i = 0; i <= columns; i++) {
      const n = cells[i]!.trim() === "" ? Number.NaN : Number(cells[i]);
      if (Number.isNaN(n)) throw new SyntaxError(`${file}: line ${row + first + 1} holds "${cells[i]}", not a number.`);
      if (i < columns) features[row * columns + i] = n;
      else labels[row] = n;
    }
  }
  return { features, labels };
}

/** A data set of copies, so that nobody's changes reach the next one who asks. */
export function toDataset<const N extends number, const C extends number>(
  { features, labels }: Numbers,
  rows: N,
  columns: C,
  dtype: DType,
  about: About,
): Dataset<readonly [N, C], readonly [N]> {
  const data: TypedArray = toArray(dtype, features.length);
  data.set(features);
  return new Dataset(
    new Tensor(data, [rows, columns] as const, dtype),
    new Tensor(labels.slice(), [rows] as const, "int32"),
    about,
  );
}
