import { valueAndGrad } from "../grad/grad.ts";
import { clipByGlobalNorm, clipByValue, globalNorm } from "../optim/clip.ts";
import type { Optimizer, State } from "../optim/optimizer.ts";
import type { Generator } from "../tensor/random/random.ts";
import { ShapeError, writeShape } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { mapTree, type Tree } from "../tensor/tree.ts";
import type { Batch } from "./feed.ts";
import type { Trainable } from "./model.ts";
import type { Clip, FitOptions } from "./options.ts";

/** What changes from step to step. */
export interface Learner {
  readonly params: Tree;
  readonly state: Tree;
  readonly optimizerState: State;
}

/** What a step found out. `finish` makes the update; before it nothing has changed. */
export interface Step {
  readonly loss: number;
  readonly prediction: unknown;
  readonly gradients: Tree;
  finish(lr: number | undefined): Learner;
}

export type Stepper = (learner: Learner, batch: Batch, generator: Generator) => Step;

/** One step of training: prediction, loss, gradient; then clipping and update. */
export function toStepper(model: Trainable, optimizer: Optimizer, options: FitOptions): Stepper {
  const { loss, penalty, clip } = options;
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
  const cut = toCut(clip);
  return (learner, batch, generator) => {
    const { params, state, optimizerState } = learner;
    const [[total, { value, prediction, state: next }], gradients] = both(params, batch, state, generator);
    return {
      // the penalty counts when it is asked whether the loss is a number
      loss: Number.isFinite(total.item()) ? value.item() : total.item(),
      prediction,
      gradients,
      finish: (lr) => {
        const after = optimizer.update(cut(gradients, params), optimizerState, params, {
          ...(lr !== undefined && { lr }),
          value: total,
          evaluate: (at) => {
            const [[there], slopes] = both(at, batch, state, generator);
            return [there, slopes];
          },
        });
        return { params: after.params, state: next, optimizerState: after.state };
      },
    };
  };
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
export function findNorm(gradients: Tree | undefined): number {
  return gradients === undefined ? Number.NaN : globalNorm(mapTree((g) => g.to("float64"), gradients)).item();
}

function toCut(clip: Clip | undefined): (gradients: Tree, params: Tree) => Tree {
  if (clip === undefined) return (gradients) => gradients;
  const { norm, value } = typeof clip === "number" ? { norm: clip, value: undefined } : clip;
  const steps = [
    ...(value === undefined ? [] : [clipByValue(value)]),
    ...(norm === undefined ? [] : [clipByGlobalNorm(norm)]),
  ].map((transform) => ({ transform, state: transform.init({}) }));
  return (gradients, params) =>
    steps.reduce((g, { transform, state }) => transform.update(g, state as never, params).gradients, gradients);
}
