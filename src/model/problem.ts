import { type Label, type Labels, type Numbers, toLabels, toRows, toWeights, type Weighted } from "../metric/input.ts";
import type { Columns } from "../tensor/shape/fit.ts";
import { type Shape, ShapeError } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Features: a tensor of shape `[N, F]`, or an array of rows. */
export type Features = Tensor | readonly ArrayLike<number>[];

/** How many features there are, if the checker knows. */
export type Width<X extends Features> = X extends Tensor<infer S extends Shape> ? Columns<S> : number;

/** Rows of numbers in float64: what the solvers see. */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Options of every model. */
export interface FitOptions extends Weighted {
  /** `false`: through the origin. `true` unless given. */
  readonly fitIntercept?: boolean;
}

/** Features as a matrix of finite numbers. */
export function toMatrix(name: string, features: Features, columns?: number): Matrix {
  const table = toRows(name, "features", features);
  if (table.isVector)
    throw new ShapeError(`${name}: features of shape [${table.rows}] where [N, ${columns ?? "F"}] is needed.`);
  if (columns !== undefined && table.columns !== columns)
    throw new ShapeError(
      `${name}: features of shape [${table.rows}, ${table.columns}] where [?, ${columns}] is needed`,
    );
  if (table.rows === 0 || table.columns === 0)
    throw new ShapeError(`${name}: features of shape [${table.rows}, ${table.columns}] where neither may be 0.`);
  const data = Float64Array.from(table.data);
  const odd = data.findIndex((n) => !Number.isFinite(n));
  if (odd >= 0)
    throw new RangeError(
      `${name}: features hold ${data[odd]} in row ${Math.floor(odd / table.columns)}, column ${odd % table.columns}.`,
    );
  return { data, rows: table.rows, columns: table.columns };
}

/** Numbers to predict, one or more for each row of features. */
export function toTargets(name: string, target: Numbers, rows: number): Matrix & { readonly isVector: boolean } {
  const table = toRows(name, "targets", target);
  checkRows(name, rows, table.rows);
  const data = Float64Array.from(table.data);
  const odd = data.findIndex((n) => !Number.isFinite(n));
  if (odd >= 0) throw new RangeError(`${name}: the target is ${data[odd]} in row ${Math.floor(odd / table.columns)}.`);
  return { data, rows: table.rows, columns: table.columns, isVector: table.isVector };
}

/** Labels to predict, one for each row of features. */
export function toClasses(name: string, target: Labels, rows: number): ArrayLike<Label> {
  const labels = toLabels(name, "labels", target);
  checkRows(name, rows, labels.length);
  return labels;
}

/** Weights that are not negative and not all 0. */
export function findWeights(name: string, options: Weighted, rows: number): Float64Array {
  const weights = Float64Array.from(toWeights(name, options, rows));
  const negative = weights.findIndex((n) => n < 0);
  if (negative >= 0) throw new RangeError(`${name}: weight ${weights[negative]} at ${negative} is negative.`);
  if (weights.every((n) => n === 0)) throw new RangeError(`${name}: all ${rows} weights are 0.`);
  return weights;
}

/** `ridge: alpha must be finite and at least 0, got -1.` */
export function checkNotNegative(name: string, what: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new RangeError(`${name}: ${what} must be finite and at least 0, got ${value}.`);
}

/** `linearSvm: C must be finite and above 0, got 0.` */
export function checkPositive(name: string, what: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new RangeError(`${name}: ${what} must be finite and above 0, got ${value}.`);
}

function checkRows(name: string, rows: number, targets: number): void {
  if (rows !== targets) throw new ShapeError(`${name}: ${rows} rows of features do not match ${targets} targets.`);
}
