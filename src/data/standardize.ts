import "../op/methods.ts";
import { toArray, toFloat } from "../tensor/dtype.ts";
import { checkFit, type Fitting } from "../tensor/shape/fit.ts";
import { type Shape, ShapeError } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** The axes of one row. */
type Row<S extends Shape> = number extends S["length"]
  ? Shape
  : S extends readonly [number, ...infer R extends Shape]
    ? readonly [...R]
    : Shape;

/**
 * Finds mean and standard deviation of every column, to bring it to mean 0 and deviation 1: `z = (x – mean) / std`. Fit on the training part,
 * apply to both. As scikit-learn's `StandardScaler`: `n` below the root (PyTorch's `std` has `n – 1`), NaN is left out, a constant column
 * is only shifted.
 *
 * @example
 * const { train, test } = data.split(data.iris(), { seed: 1 });
 * const scaler = data.standardize(train.features);
 * const x = scaler.apply(test.features);
 * data.standardize(tensor([[1], [3]])).mean.toArray() // [2]
 * @throws ShapeError for features of another width: `standardize: features of shape [10, 3] where [?, 4] is needed`
 */
export function standardize<T extends Tensor>(features: T): Scaler<Row<T["shape"]>> {
  const [rows, ...row] = features.shape;
  if (!rows) throw new ShapeError(`standardize: ${rows ?? "no"} rows where at least 1 is needed`);
  const dtype = toFloat(features.dtype);
  const width = features.size / rows;
  const [mean, std] = [toArray(dtype, width), toArray(dtype, width)];
  for (let column = 0; column < width; column++) [mean[column], std[column]] = findSpread(features.data, column, width);
  return new Scaler(new Tensor(mean, row, dtype), new Tensor(std, row, dtype)) as unknown as Scaler<Row<T["shape"]>>;
}

/** Means and deviations that were fitted; made by `standardize`. */
export class Scaler<out R extends Shape = Shape> {
  /** The mean of each column. */
  readonly mean: Tensor<R>;
  /** The deviation of each column; 1 for a constant one. */
  readonly std: Tensor<R>;

  constructor(mean: Tensor<R>, std: Tensor<R>) {
    this.mean = mean;
    this.std = std;
  }

  /** `(x – mean) / std`. */
  apply<S extends Scaler, T extends Tensor>(
    this: S,
    features: T & Fitting<"standardize: features", T["shape"], readonly [number, ...S["mean"]["shape"]]>,
  ): Tensor<T["shape"]> {
    checkFit("standardize: features", features.shape, [-1, ...this.mean.shape]);
    return (features as Tensor).sub(this.mean).div(this.std) as Tensor<T["shape"]>;
  }

  /** `z · std + mean`: back in the units of the data. */
  inverse<S extends Scaler, T extends Tensor>(
    this: S,
    features: T & Fitting<"standardize: features", T["shape"], readonly [number, ...S["mean"]["shape"]]>,
  ): Tensor<T["shape"]> {
    checkFit("standardize: features", features.shape, [-1, ...this.mean.shape]);
    return (features as Tensor).mul(this.std).add(this.mean) as Tensor<T["shape"]>;
  }
}

function findSpread(data: ArrayLike<number>, column: number, width: number): [mean: number, std: number] {
  let [n, sum] = [0, 0];
  for (let i = column; i < data.length; i += width) if (!Number.isNaN(data[i])) [n, sum] = [n + 1, sum + data[i]!];
  const mean = sum / n;
  let squares = 0;
  for (let i = column; i < data.length; i += width) if (!Number.isNaN(data[i])) squares += (data[i]! - mean) ** 2;
  const std = Math.sqrt(squares / n);
  // the deviation of equal numbers may come out as 1e-17 instead of 0
  return [mean, std > 10 * Number.EPSILON * Math.abs(mean) ? std : 1];
}
