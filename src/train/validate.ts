import type { Breath } from "../compile/breath.ts";
import type { Tree } from "../tensor/tree.ts";
import { eachBatch } from "./eachBatch.ts";
import type { Feed } from "./feed.ts";
import { Gathered, Mean, rowsOf } from "./measure.ts";
import type { FitOptions } from "./options.ts";
import type { Learner, Stepper } from "./step.ts";

/** Loss and metrics on data that is not trained on, with the model at evaluation. */
export async function validate(
  stepper: Stepper,
  feed: Feed,
  epoch: number,
  learner: Learner,
  { metrics = {} }: FitOptions,
  breath: Breath,
): Promise<{ loss: number; metrics: { [name: string]: number } }> {
  const mean = new Mean();
  const gathered = Object.keys(metrics).length > 0 ? new Gathered() : undefined;
  await eachBatch("validation", feed.open(epoch, undefined), breath, async (batch) => {
    const { loss, prediction } = await stepper.evaluate(learner, batch);
    mean.add(loss, rowsOf(batch.y));
    gathered?.add(batch.y, prediction as Tree);
  });
  return { loss: mean.value, metrics: gathered?.measure(metrics) ?? {} };
}
