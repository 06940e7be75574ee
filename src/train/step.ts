import { valueAndGrad } from "../grad/grad.ts";
import { clipByGlobalNorm, clipByValue, globalNorm } from "../optim/clip.ts";
import type { Optimizer, State, UpdateOptions } from "../optim/optimizer.ts";
import type { Generator } from "../tensor/random/random.ts";
import { ShapeError, writeShape } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { mapTree, type Tree } from "../tensor/tree.ts";
import type { Batch } from "./feed.ts";
import type { Trainable } from "./model.ts";
import type { FitOptions } from "./options.ts";

/** What changes from step to step. */
export interface Learner {
  readonly params: Tree;
  readonly state: Tree;
  readonly optimizerState: State;
}

/** What a step found out. */
export interface Step {
  readonly loss: number;
  readonly prediction: unknown;
  /** What is learned from it. */
  next(): Learner;
  /** The norm of its gradient, before it is cut. */
  norm(): number;
}

/** How steps are made: op by op, or as one graph. */
export interface Stepper {
  step(learner: Learner, batch: Batch, generator: Generator, lr: number | undefined): Step | Promise<Step>;
  /** The loss and the prediction at evaluation. */
  evaluate(learner: Learner, batch: Batch): Evaluation | Promise<Evaluation>;
  /** Makes ready for batches like this one, so that `engine` is known. */
  prepare(learner: Learner, batch: Batch, generator: Generator, lr: number | undefined): Promise<void>;
  /** What the steps are made with, as far as it is known: `214 ops → 61 on onnxruntime (cpu)`. */
  readonly engine: string | undefined;
  /** An epoch begins: what a loss or a model has from outside may be another than before. */
  begin(): void;
  /** Lets go of what the engine holds. */
  release(): Promise<void>;
}

export interface Evaluation {
  readonly loss: number;
  readonly prediction: unknown;
}

/** Prediction, loss, gradient of a batch. */
export type Slope = (
  learner: Pick<Learner, "params" | "state">,
  batch: Batch,
  generator: Generator,
) => {
  /** With the penalty. */
  readonly total: Tensor;
  readonly value: Tensor;
  readonly prediction: unknown;
  readonly state: Tree;
  readonly gradients: Tree;
};

/** Prediction, loss and gradient. */
export function toSlope(model: Trainable, { loss, penalty }: FitOptions): Slope {
  const both = valueAndGrad(((params: Tree, batch: Batch, state: Tree, generator: Generator) => {
    const [prediction, next] = model.train(params, batch.x, state, generator);
    const value = toLoss(loss, prediction, batch.y);
    return [penalty ? value.add(penalty(params)) : value, { value, prediction, state: next }];
  }) as never) as unknown as (
    params: Tree,
    batch: Batch,
    state: Tree,
    generator: Generator,
  ) => [[total: Tensor, { value: Tensor; prediction: unknown; state: Tree }], Tree];
  return ({ params, state }, batch, generator) => {
    const [[total, rest], gradients] = both(params, batch, state, generator);
    return { total, ...rest, gradients };
  };
}

/** The update from a gradient: clipping, then the optimizer. */
export function toUpdate(optimizer: Optimizer, options: FitOptions) {
  const cut = toCut(options);
  return ({ params, optimizerState }: Learner, gradients: Tree, options: UpdateOptions<Tree>) =>
    optimizer.update(cut(gradients, params), optimizerState, params, options);
}

/** The penalty counts when it is asked whether the loss is a number. */
export function chooseLoss(total: Tensor, value: Tensor): number {
  return Number.isFinite(total.item()) ? value.item() : total.item();
}

/** The loss of a batch, which has to be one number. */
export function toLoss(loss: FitOptions["loss"], prediction: unknown, target: unknown): Tensor {
  const value: unknown = loss(prediction, target);
  if (!(value instanceof Tensor))
    throw new TypeError(`fit: the loss returned ${typeof value} ${String(value)} where a tensor is needed.`);
  if (value.size !== 1)
    throw new ShapeError(`fit: the loss has shape ${writeShape(value.shape)} where one number is needed`);
  return value;
}

/** The norm of a gradient over all parameters; in float32 the squares of a gradient that explodes would be infinite before it is. */
export function findNorm(gradients: Tree): number {
  return globalNorm(mapTree((g) => g.to("float64"), gradients)).item();
}

/** What is done to a gradient before the optimizer sees it. */
export function toCut({ clip }: FitOptions): (gradients: Tree, params: Tree) => Tree {
  if (clip === undefined) return (gradients) => gradients;
  const { norm, value } = typeof clip === "number" ? { norm: clip, value: undefined } : clip;
  const steps = [
    ...(value === undefined ? [] : [clipByValue(value)]),
    ...(norm === undefined ? [] : [clipByGlobalNorm(norm)]),
  ].map((transform) => ({ transform, state: transform.init({}) }));
  return (gradients, params) =>
    steps.reduce((g, { transform, state }) => transform.update(g, state as never, params).gradients, gradients);
}
