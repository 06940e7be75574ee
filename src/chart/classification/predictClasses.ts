import { toNumbers } from "../../metric/classes.ts";
import { type Label, type Labels, toLabels } from "../../metric/input.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** Anything that gives classes `[N]` or probabilities `[N, K]` for features `[N, 2]`: one of our models, or a function. */
export type Predictor =
  | ((features: Tensor<readonly [number, 2]>) => Tensor | Labels)
  | { predictProbability(features: never): Tensor }
  | { predict(features: never): Tensor | Labels };

export interface Prediction {
  /** The place of the predicted class, by row. */
  readonly guess: Int32Array;
  /** Its probability, where the predictor knows it. */
  readonly sure: Float64Array | undefined;
}

/** What a predictor says about rows of two features, in terms of the classes. */
export function predictClasses(predictor: Predictor, features: Float32Array, classes: readonly Label[]): Prediction {
  const x = new Tensor(features, [features.length / 2, 2] as const, "float32");
  const said = ask(predictor, x);
  return said instanceof Tensor && said.shape.length === 2
    ? fromProbabilities(said, classes)
    : fromLabels(toLabels("decisionBoundary", "predicted labels", said), features.length / 2, classes);
}

function ask(predictor: Predictor, x: Tensor<readonly [number, 2]>): Tensor | Labels {
  if (typeof predictor === "function") return predictor(x);
  if ("predictProbability" in predictor) return predictor.predictProbability(x as never);
  return predictor.predict(x as never);
}

function fromLabels(labels: ArrayLike<Label>, rows: number, classes: readonly Label[]): Prediction {
  if (labels.length !== rows)
    throw new RangeError(`decisionBoundary: ${labels.length} predictions do not match ${rows} rows of features.`);
  const guess = toNumbers(labels, classes);
  const odd = guess.findIndex((place) => place < 0);
  if (odd >= 0)
    throw new RangeError(
      `decisionBoundary: ${JSON.stringify(labels[odd])} is predicted, which is not one of the classes ${classes.join(", ")}.`,
    );
  return { guess, sure: undefined };
}

function fromProbabilities({ data, shape }: Tensor, classes: readonly Label[]): Prediction {
  const [rows, columns] = shape as readonly [number, number];
  if (columns !== classes.length)
    throw new RangeError(
      `decisionBoundary: ${columns} columns of probabilities do not match ${classes.length} classes.`,
    );
  const [guess, sure] = [new Int32Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row++) {
    let [best, sum] = [0, 0];
    for (let k = 0; k < columns; k++) {
      sum += data[row * columns + k]!;
      if (data[row * columns + k]! > data[row * columns + best]!) best = k;
    }
    if (!(Math.abs(sum - 1) <= 1e-3))
      throw new RangeError(
        `decisionBoundary: row ${row} of the probabilities sums to ${sum} where 1 is needed: softmax makes probabilities of logits.`,
      );
    [guess[row], sure[row]] = [best, data[row * columns + best]!];
  }
  return { guess, sure };
}
