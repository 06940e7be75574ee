import { type Numbers, toRows } from "../metric/input.ts";
import { type R2Options, r2 } from "../metric/r2.ts";
import type { Fitting, Rows } from "../tensor/shape/fit.ts";
import type { Shape, Size } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { writeCoefficients } from "./display.ts";
import { type Features, toMatrix } from "./problem.ts";

/** One number for each row; `[N, M]` for a model of several outputs. */
export type Prediction<X extends Features, I> = Tensor<
  I extends number ? readonly [X extends Tensor<infer S extends Shape> ? Rows<S> : number] : readonly [number, number]
>;

/** What fitting a linear model found: `ŷ = x · coefficients + intercept`. Immutable; all numbers are float64. */
export class LinearModel<out F extends Size = Size, out I extends number | Tensor = number | Tensor> {
  /** The function that fitted it, with its options: `ridge (alpha 1)`. */
  readonly name: string;
  /** One coefficient for each feature, `[F]`; a row for each output, `[M, F]`, for a target `[N, M]`. */
  readonly coefficients: Tensor<I extends number ? readonly [F] : readonly [number, F]>;
  /** A number; a tensor `[M]` for a target `[N, M]`. */
  readonly intercept: I;
  /** How often a solver that repeats itself went over the features; 0 for a closed form. */
  readonly iterations: number;
  /** `false` if such a solver was stopped by `maxIterations`. */
  readonly converged: boolean;

  constructor(
    name: string,
    coefficients: Float64Array,
    intercepts: Float64Array,
    isVector: boolean,
    progress: { readonly iterations: number; readonly converged: boolean } = { iterations: 0, converged: true },
  ) {
    const outputs = intercepts.length;
    const shape = isVector ? [coefficients.length] : [outputs, coefficients.length / outputs];
    this.name = name;
    this.coefficients = new Tensor(coefficients, shape, "float64") as unknown as LinearModel<F, I>["coefficients"];
    this.intercept = (isVector ? intercepts[0] : new Tensor(intercepts, [outputs], "float64")) as I;
    this.iterations = progress.iterations;
    this.converged = progress.converged;
  }

  /**
   * What the model says of new rows.
   *
   * @throws ShapeError `predict: features of shape [10, 3] where [?, 4] is needed`
   */
  predict<M extends LinearModel, const X extends Features>(
    this: M,
    features: X & (X extends Tensor<infer S extends Shape> ? Fitting<"predict: features", S, M["input"]> : unknown),
  ): Prediction<X, M["intercept"]> {
    const x = toMatrix("predict", features as Features, this.input[1]);
    const intercepts = this.intercept instanceof Tensor ? this.intercept.data : [this.intercept];
    const outputs = intercepts.length;
    const out = new Float64Array(x.rows * outputs);
    for (let row = 0; row < x.rows; row++)
      for (let m = 0; m < outputs; m++) {
        let sum = intercepts[m]!;
        for (let i = 0; i < x.columns; i++)
          sum += x.data[row * x.columns + i]! * this.coefficients.data[m * x.columns + i]!;
        out[row * outputs + m] = sum;
      }
    const shape = this.intercept instanceof Tensor ? [x.rows, outputs] : [x.rows];
    return new Tensor(out, shape, "float64") as unknown as Prediction<X, M["intercept"]>;
  }

  /** R² of the predictions, the mean over several outputs: `metric.r2(target, model.predict(features))`. */
  score(features: Features, target: Numbers, options: R2Options<"uniformAverage"> = {}): number {
    toRows("score", "targets", target);
    return r2(target, this.predict(features as never) as Tensor, options);
  }

  /** The shape that `predict` takes. */
  get input(): readonly [number, F] {
    return [-1, this.coefficients.shape.at(-1)! as F];
  }

  /** The coefficients, the intercept, and a word if the solver was stopped too early. */
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
