import { accuracy } from "../metric/accuracy.ts";
import type { Label, Labels, Weighted } from "../metric/input.ts";
import type { Fitting, Rows } from "../tensor/shape/fit.ts";
import type { Shape, Size } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { writeCoefficients } from "./display.ts";
import { type Features, toMatrix } from "./problem.ts";

/** What a prediction is for these labels: an int32 tensor for whole numbers, else an array. */
export type PredictedOf<Y extends Labels, N extends Size = number> = Y extends Tensor | ArrayLike<number>
  ? Tensor<readonly [N]>
  : Y extends ArrayLike<infer L>
    ? Widened<L>[]
    : never;
type Widened<L> = L extends string ? string : L extends boolean ? boolean : L;

/** The rows of features, if the checker knows them. */
export type RowsOf<X extends Features> = X extends Tensor<infer S extends Shape> ? Rows<S> : number;

type Checked<X extends Features, Want extends Shape> =
  X extends Tensor<infer S extends Shape> ? Fitting<"predict: features", S, Want> : unknown;

/** Everything that fitting a classifier found. */
export interface ClassifierParts {
  readonly name: string;
  readonly classes: readonly Label[];
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

/** A linear classifier: the class with the highest score `x · coefficients + intercept`. Immutable; all numbers are float64. */
export class Classifier<out F extends Size = Size, out Y extends Labels = Labels> {
  /** The function that fitted it, with its options. */
  readonly name: string;
  /** The classes, sorted: what the columns of scores and probabilities stand for. */
  readonly classes: readonly Label[];
  /** A row for each class, `[K, F]`; for two classes one row, `[1, F]`, for the second. */
  readonly coefficients: Tensor<readonly [number, F]>;
  /** One for each row of coefficients, `[K]` or `[1]`. */
  readonly intercept: Tensor<readonly [number]>;
  readonly iterations: number;
  /** `false` if the solver was stopped by `maxIterations`. */
  readonly converged: boolean;
  /** Only for the checker: the kind of labels. */
  declare readonly labels?: Y;

  constructor({ name, classes, coefficients, intercepts, iterations, converged }: ClassifierParts) {
    const rows = intercepts.length;
    this.name = name;
    this.classes = classes;
    this.coefficients = new Tensor(coefficients, [rows, (coefficients.length / rows) as F] as const, "float64");
    this.intercept = new Tensor(intercepts, [rows] as const, "float64");
    this.iterations = iterations;
    this.converged = converged;
  }

  /** The shape that `predict` takes. */
  get input(): readonly [number, F] {
    return [-1, this.coefficients.shape[1]];
  }

  /** The names of the rows of coefficients. */
  get rowNames(): readonly string[] {
    return this.classes.length === 2 ? [String(this.classes[1])] : this.classes.map(String);
  }

  /** Scores: `[N]` for two classes, above 0 for the second; `[N, K]` for more. scikit-learn's `decision_function`. */
  decision<M extends Classifier, const X extends Features>(this: M, features: X & Checked<X, M["input"]>): Tensor {
    const x = toMatrix("predict", features as Features, this.coefficients.shape[1]);
    const rows = this.intercept.size;
    const out = new Float64Array(x.rows * rows);
    for (let row = 0; row < x.rows; row++)
      for (let k = 0; k < rows; k++) {
        let sum = this.intercept.data[k]!;
        for (let i = 0; i < x.columns; i++)
          sum += x.data[row * x.columns + i]! * this.coefficients.data[k * x.columns + i]!;
        out[row * rows + k] = sum;
      }
    return new Tensor(out, rows === 1 ? [x.rows] : [x.rows, rows], "float64");
  }

  /**
   * The class of each row: an int32 tensor where the labels were whole numbers, else an array of labels.
   *
   * @throws ShapeError `predict: features of shape [10, 3] where [?, 4] is needed`
   */
  predict<M extends Classifier, const X extends Features>(
    this: M,
    features: X & Checked<X, M["input"]>,
  ): PredictedOf<NonNullable<M["labels"]>, RowsOf<X>> {
    const scores = this.decision(features as never);
    const guesses = pickHighest(scores).map((k) => this.classes[k]!);
    if (!guesses.every((label) => typeof label === "number")) return guesses as never;
    const whole = this.classes.every((label) => Number.isInteger(label));
    const data = whole ? Int32Array.from(guesses as number[]) : Float64Array.from(guesses as number[]);
    return new Tensor(data, [data.length], whole ? "int32" : "float64") as never;
  }

  /** The share of rows whose class is predicted: `metric.accuracy(target, model.predict(features))`. */
  score(features: Features, target: Labels, options: Weighted = {}): number {
    return accuracy(target, this.predict(features as never) as Labels, options);
  }

  /** The coefficients and intercepts, and a word if the solver was stopped too early. */
  toString(): string {
    return writeCoefficients(this).text;
  }

  /** For the notebook: text and a table. */
  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    const { text, html } = writeCoefficients(this);
    return { "text/plain": text, "text/html": html };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** A classifier that knows how sure it is. */
export class ProbabilityClassifier<out F extends Size = Size, out Y extends Labels = Labels> extends Classifier<F, Y> {
  /** The probability of each class, `[N, K]`; rows sum to 1. */
  predictProbability<M extends Classifier, const X extends Features>(
    this: M,
    features: X & Checked<X, M["input"]>,
  ): Tensor<readonly [RowsOf<X>, number]> {
    const scores = this.decision(features as never);
    const columns = this.classes.length;
    const out = new Float64Array(scores.shape[0]! * columns);
    for (let row = 0; row < scores.shape[0]!; row++) {
      const own =
        columns === 2 ? [0, scores.data[row]!] : Array.from(scores.data.slice(row * columns, (row + 1) * columns));
      const highest = Math.max(...own);
      const total = own.reduce((all, z) => all + Math.exp(z - highest), 0);
      own.forEach((z, k) => {
        out[row * columns + k] = Math.exp(z - highest) / total;
      });
    }
    return new Tensor(out, [scores.shape[0]!, columns], "float64") as never;
  }
}

function pickHighest({ data, shape: [rows, columns] }: Tensor): number[] {
  return Array.from({ length: rows! }, (_, row) => {
    if (columns === undefined) return data[row]! > 0 ? 1 : 0;
    let best = 0;
    for (let k = 1; k < columns; k++) if (data[row * columns + k]! > data[row * columns + best]!) best = k;
    return best;
  });
}
