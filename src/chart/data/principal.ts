import { eigh } from "../../op/function/linear.ts";
import { Tensor } from "../../tensor/tensor.ts";

export interface Principal {
  /** The first two coordinates of each row, `[N, 2]`. */
  readonly points: Float64Array;
  /** The share of the variance that lies along each. */
  readonly explained: readonly [number, number];
  /** What the columns weigh in each, of length 1: the largest is positive, as in scikit-learn. */
  readonly components: readonly [readonly number[], readonly number[]];
}

/**
 * The two directions in which rows vary most: eigenvectors of `Xᵀ X` for centred columns. scikit-learn's `PCA(2)`; Pearson 1901.
 */
export function findPrincipal(data: ArrayLike<number>, rows: number, columns: number): Principal {
  const mean = new Float64Array(columns);
  for (let i = 0; i < rows * columns; i++) mean[i % columns]! += data[i]! / rows;
  const products = new Float64Array(columns * columns);
  const row = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let a = 0; a < columns; a++) row[a] = data[i * columns + a]! - mean[a]!;
    for (let a = 0; a < columns; a++) for (let b = 0; b <= a; b++) products[a * columns + b]! += row[a]! * row[b]!;
  }
  for (let a = 0; a < columns; a++) for (let b = 0; b < a; b++) products[b * columns + a] = products[a * columns + b]!;
  const { values, vectors } = eigh(new Tensor(products, [columns, columns], "float64"));
  const total = products.reduce((sum, value, i) => (i % (columns + 1) === 0 ? sum + value : sum), 0);
  const pick = (place: number) =>
    toPositive(Array.from({ length: columns }, (_, a) => vectors.data[a * columns + place]!));
  const [first, second] = [pick(columns - 1), pick(columns - 2)];
  const points = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i++)
    for (let a = 0; a < columns; a++) {
      const value = data[i * columns + a]! - mean[a]!;
      points[2 * i]! += value * first[a]!;
      points[2 * i + 1]! += value * second[a]!;
    }
  const share = (place: number) => (total > 0 ? Math.max(0, values.data[place]!) / total : 0);
  return { points, explained: [share(columns - 1), share(columns - 2)], components: [first, second] };
}

/** An eigenvector has no sign of its own. */
function toPositive(vector: readonly number[]): number[] {
  const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return vector.map((value) => (largest < 0 ? -value : value));
}
