import { findClasses, toNumbers } from "../metric/classes.ts";
import type { Label, Labels } from "../metric/input.ts";
import { type Features, type FitOptions, findWeights, type Matrix, toClasses, toMatrix } from "./problem.ts";

export interface ClassifierOptions extends FitOptions {
  /** How much the data count against the penalty: 1 unless given; small values hold the coefficients down. */
  readonly C?: number;
  /** `"balanced"`: every class counts the same, `n / (K · count)`. Or a weight by class. */
  readonly classWeight?: "balanced" | Readonly<Record<string, number>>;
  /** Most iterations. */
  readonly maxIterations?: number;
}

/** Rows, the number of each row's class, and how much it counts. */
export interface Classified {
  readonly x: Matrix;
  readonly classes: readonly Label[];
  readonly truth: Int32Array;
  /** C times the weights of row and class. */
  readonly costs: Float64Array;
}

/** Features with a last column of `scaling` for the intercept. */
export function widen({ data, rows, columns }: Matrix, scaling: number): Matrix {
  const wide = new Float64Array(rows * (columns + 1));
  for (let row = 0; row < rows; row++) {
    wide.set(data.subarray(row * columns, (row + 1) * columns), row * (columns + 1));
    wide[row * (columns + 1) + columns] = scaling;
  }
  return { data: wide, rows, columns: columns + 1 };
}

/** At least two classes, and finite features. */
export function classify(name: string, features: Features, target: Labels, options: ClassifierOptions): Classified {
  const { C = 1 } = options;
  if (!(C > 0 && C < Number.POSITIVE_INFINITY))
    throw new RangeError(`${name}: C must be finite and above 0, got ${C}.`);
  const x = toMatrix(name, features);
  const labels = toClasses(name, target, x.rows);
  const classes = findClasses(name, labels);
  if (classes.length < 2)
    throw new RangeError(`${name}: 1 class (${JSON.stringify(classes[0])}) where at least 2 are needed.`);
  const truth = toNumbers(labels, classes);
  const byClass = findClassWeights(name, options.classWeight, classes, truth);
  const costs = findWeights(name, options, x.rows).map((weight, i) => C * weight * byClass[truth[i]!]!);
  return { x, classes, truth, costs };
}

function findClassWeights(
  name: string,
  classWeight: ClassifierOptions["classWeight"],
  classes: readonly Label[],
  truth: Int32Array,
): readonly number[] {
  if (classWeight === undefined) return classes.map(() => 1);
  if (classWeight === "balanced")
    return classes.map((_, k) => truth.length / (classes.length * truth.filter((label) => label === k).length));
  const wrong = Object.keys(classWeight).find((label) => !classes.map(String).includes(label));
  if (wrong !== undefined)
    throw new RangeError(`${name}: classWeight names "${wrong}", but the classes are ${classes.join(", ")}.`);
  const weights = classes.map((label) => classWeight[String(label)] ?? 1);
  const odd = weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (odd >= 0) throw new RangeError(`${name}: the weight of class ${classes[odd]} is ${weights[odd]}.`);
  return weights;
}
