import type { Breath } from "../compile/breath.ts";
import { eachBatch } from "./eachBatch.ts";
import type { Feed } from "./feed.ts";
import { Gathered, Mean, rowsOf } from "./measure.ts";
import type { Trainable } from "./model.ts";
import type { FitOptions } from "./options.ts";
import { type Learner, toLoss } from "./step.ts";

/** Loss and metrics on data that is not trained on, with the model at evaluation. */
export async function validate(
  model: Trainable,
  feed: Feed,
  epoch: number,
  { params, state }: Learner,
  { loss, metrics = {} }: FitOptions,
  breath: Breath,
): Promise<{ loss: number; metrics: { [name: string]: number } }> {
  const mean = new Mean();
  const gathered = Object.keys(metrics).length > 0 ? new Gathered() : undefined;
  await eachBatch("validation", feed.open(epoch, undefined), breath, ({ x, y }) => {
    const prediction = model.apply(params, x, state);
    mean.add(toLoss(loss, prediction, y).item(), rowsOf(y));
    gathered?.add(y, prediction as never);
  });
  return { loss: mean.value, metrics: gathered?.measure(metrics) ?? {} };
}
