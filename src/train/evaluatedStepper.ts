import type { Optimizer } from "../optim/optimizer.ts";
import type { Trainable } from "./model.ts";
import type { FitOptions } from "./options.ts";
import { chooseLoss, findNorm, type Stepper, toLoss, toSlope, toUpdate } from "./step.ts";

/** Steps op by op, in TypeScript. */
export function toEvaluatedStepper(model: Trainable, optimizer: Optimizer, options: FitOptions): Stepper {
  const slope = toSlope(model, options);
  const update = toUpdate(optimizer, options);
  return {
    engine: "TypeScript, op by op",
    step(learner, batch, generator, lr) {
      const { total, value, prediction, state, gradients } = slope(learner, batch, generator);
      return {
        loss: chooseLoss(total, value),
        prediction,
        norm: () => findNorm(gradients),
        next: () => {
          const after = update(learner, gradients, {
            ...(lr !== undefined && { lr }),
            value: total,
            evaluate: (params) => {
              const there = slope({ params, state: learner.state }, batch, generator);
              return [there.total, there.gradients];
            },
          });
          return { params: after.params, state, optimizerState: after.state };
        },
      };
    },
    evaluate({ params, state }, { x, y }) {
      const prediction = model.apply(params, x, state);
      return { loss: toLoss(options.loss, prediction, y).item(), prediction };
    },
    prepare: async () => {},
    begin: () => {},
    release: async () => {},
  };
}
