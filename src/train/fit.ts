import { Breath } from "../compile/breath.ts";
import { split } from "../data/split.ts";
import type { Close, Flow, Gives } from "../nn/flow.ts";
import type { Layer, None } from "../nn/layer.ts";
import { adam } from "../optim/adam.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Shape } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { mapTree, type Tree } from "../tensor/tree.ts";
import { Announcer } from "./announcer.ts";
import { checkFlow, checkOptions, checkValidation } from "./check.ts";
import { CompiledStepper } from "./compiledStepper.ts";
import { begin, type Course } from "./course.ts";
import { DivergenceError } from "./divergence.ts";
import { eachBatch } from "./eachBatch.ts";
import { toJudge } from "./earlyStopping.ts";
import { toEvaluatedStepper } from "./evaluatedStepper.ts";
import { type Batch, type Cut, type Feed, toFeed } from "./feed.ts";
import { Fitted, type Resumable } from "./fitted.ts";
import { findSeries, type Growing, growFrom, record } from "./history.ts";
import { findRate, toRates } from "./learningRate.ts";
import { Gathered, Mean, rowsOf } from "./measure.ts";
import { type PlainModel, toTrainable } from "./model.ts";
import type { FitOptions } from "./options.ts";
import { toResumable } from "./resume.ts";
import type { BatchX, BatchY, Fits, Source } from "./source.ts";
import type { Learner } from "./step.ts";
import { validate } from "./validate.ts";

/** What the model makes of the batches of a source; F is `never` for a model of one's own, which returns O. */
type Predicted<F extends Flow, D, O> = [F] extends [never]
  ? O
  : BatchX<D> extends Tensor<infer X extends Shape>
    ? Tensor<Close<Gives<F, X>>>
    : Tensor;

/**
 * Trains a model: for each epoch all batches, for each batch `params ← optimizer(params, ∂loss(model(x), y) / ∂params)`; then validation, and the question
 * whether to stop.
 *
 * The model is a layer of `nn`, or `{ params, apply }`. Rows are drawn in a new order for each epoch; everything that is drawn comes from `seed`, so the same call
 * gives the same numbers. Nothing is changed in place: the result holds new parameters. While it trains, the event loop turns every 25 ms, or after each step
 * where steps take longer: the cell can be stopped.
 *
 * Each step – loss, gradients, clipping, update – is one graph, made by `compile` for each size of batch; the bar and `event.engine` say what runs it. A model or a loss
 * that looks at values cannot be one: then the steps are evaluated op by op, with a warning that says why. `compile: false` asks for that. A weight or a flag that a
 * callback changes is followed: at the first steps and epochs, and now and then later, it is looked at whether loss and model still do the same.
 *
 * Defaults: `batchSize` 32, `epochs` 1, `shuffle` true (Keras's); `optimizer` `adam()`; `seed` 0.
 *
 * @example
 * const model = nn.sequential(nn.linear(4, 16), nn.relu(), nn.linear(16, 3));
 * const fitted = await train.fit(model, {
 *   data: data.iris(),
 *   validation: 0.2,
 *   loss: loss.crossEntropy,
 *   optimizer: optim.adam({ lr: 0.01 }),
 *   epochs: 50,
 *   metrics: { accuracy: (y, logits) => metric.accuracy(y, logits.argmax(-1)) },
 *   earlyStopping: { patience: 5 },
 * });
 * chart.lossCurve(fitted.history);
 * model.apply(fitted.params, x).argmax(-1);
 * @throws ShapeError `linear: an input of shape [150, 3] where […, 4] is needed`
 * @throws ShapeError `fit: data: 150 rows in shape [150, 4], 149 in [149].`
 * @throws RangeError `fit: epochs must be a whole number of at least 1, got 0.`
 * @throws DivergenceError `fit: the loss is NaN at step 37 (epoch 2): learning rate 0.1, gradient norm NaN, 3.41e+18 one step before.`
 */
export function fit<
  P extends Tree,
  const D extends Source,
  F extends Flow = never,
  S extends Tree = None,
  O = unknown,
  const M extends string = never,
>(
  model: Layer<F, P, S> | PlainModel<P, BatchX<D>, O>,
  options: FitOptions<P, S, D & Fits<F, D>, Predicted<F, D, O>, BatchY<D>, M>,
): Promise<Fitted<P, S, M>> {
  return run(model, options as unknown as FitOptions) as Promise<Fitted<P, S, M>>;
}

/**
 * 1. check what can be checked before any work
 * 2. begin anew, or where another training ended
 * 3. for each epoch: steps, validation, history
 * 4. stop early, because a callback says so, or at the end
 */
async function run(given: unknown, options: FitOptions): Promise<Fitted> {
  // 1.
  checkOptions(options);
  const model = toTrainable(given);
  const { optimizer = adam(), epochs = 1, metrics = {}, shuffle = true } = options;
  const previous = options.resume === undefined ? undefined : toResumable(options.resume, options.seed, epochs);
  const seed = previous?.position.seed ?? options.seed ?? 0;
  const { feed, validation } = toFeeds(options, seed);
  const names = Object.keys(metrics);
  const judge = options.earlyStopping && toJudge(options.earlyStopping, validation !== undefined, names);

  // 2.
  const course = begin(model, optimizer, options, previous, seed, feed);
  const { history, generator } = course;
  const first = feed.whole && (feed.open(0, undefined).next() as IteratorResult<Batch>).value;
  if (first) checkFlow(model, course.learner, first, options);
  if (validation) checkValidation(model, feed, validation);
  const rates = toRates(options.schedule, options.schedulePer ?? "step", findSeen(history));
  const stepper =
    options.compile === false
      ? toEvaluatedStepper(model, optimizer, options)
      : new CompiledStepper(model, optimizer, options);
  let standing = judge && (previous ? judge.replay(history) : judge.start);
  let best: Kept | undefined = judge?.restoreBest && previous?.position.latest ? toKept(previous) : undefined;
  let ended: Fitted["ended"] = "finished";
  let example: Tree | undefined;

  if (first) await stepper.prepare(course.learner, first, generator, rates.at(course.step, course.epoch));
  const breath = new Breath();
  const announcer = new Announcer(options, course, epochs, feed.length, () => findLr(optimizer, course), stepper);
  try {
    announcer.start();
    while (course.epoch < epochs) {
      // 3.
      course.epoch++;
      const began = performance.now();
      const mean = new Mean();
      const gathered = names.length > 0 && validation === undefined ? new Gathered() : undefined;
      const batches = feed.open(course.epoch, shuffle ? generator : undefined);
      stepper.begin();
      const steps = await eachBatch("data", batches, breath, async (batch) => {
        example ??= toExample(batch.x);
        course.lr = rates.at(course.step, course.epoch - 1);
        course.step++;
        const step = await stepper.step(course.learner, batch, generator, course.lr);
        [course.before, course.last] = [course.last, step];
        course.stateBefore = course.learner.optimizerState;
        if (!Number.isFinite(step.loss)) diverge("loss", step.loss, optimizer, course);
        course.learner = step.next();
        mean.add(step.loss, rowsOf(batch.y));
        gathered?.add(batch.y, step.prediction as Tree);
        announcer.step(mean.value, step.loss);
      });
      const held = validation && (await validate(stepper, validation, course.epoch, course.learner, options, breath));
      if (held && !Number.isFinite(held.loss)) diverge("validation loss", held.loss, optimizer, course);
      record(history, {
        train: mean.value,
        validation: held?.loss,
        metrics: held?.metrics ?? gathered?.measure(metrics) ?? {},
        learningRate: findLr(optimizer, course),
        seconds: (performance.now() - began) / 1000,
      });
      rates.see(held?.loss ?? mean.value);

      // 4.
      if (judge && standing) {
        standing = judge.next(standing, findSeries(history, judge.monitor)!.at(-1)!, course.epoch);
        if (judge.restoreBest && standing.bestEpoch === course.epoch) best = toKept(course.learner);
        if (judge.isOver(standing)) ended = "early";
      }
      if (await announcer.epoch(steps, () => toResult(course, seed, best))) ended = "callback";
      if (breath.isDue) await breath.take();
      if (ended !== "finished") break;
    }
    announcer.end();
    announcer.close("done");
  } finally {
    announcer.close("stopped");
    await stepper.release();
  }
  const bestEpoch = standing && standing.bestEpoch > 0 ? standing.bestEpoch : undefined;
  return new Fitted({
    ...toResult(course, seed, best),
    ended,
    bestEpoch,
    isDrawn: announcer.isDrawn,
    ...(example && { predict: { apply: model.apply, example } }),
  });
}

/** Shapes and dtypes, without the values. */
function toExample(x: Tree): Tree {
  return mapTree(({ shape, dtype }) => new Tensor(undefined, shape, dtype), x);
}

/** All that is needed to go on from here. */
function toResult(
  { learner, history, epoch, step, generator }: Course,
  seed: number,
  best: Kept | undefined,
): Resumable {
  const { params, state, optimizerState } = learner;
  return {
    ...(best ?? { params, state }),
    optimizerState,
    history: growFrom(Object.keys(history.metrics), history),
    position: { epoch, step, seed, generator: generator.state, ...(best && { latest: { params, state } }) },
  };
}

type Kept = Pick<Learner, "params" | "state">;

function toKept({ params, state }: Kept): Kept {
  return { params, state };
}

/** What is trained on, and what is held back: data of its own, or a share of the rows. */
function toFeeds(options: FitOptions, seed: number): { feed: Feed; validation: Feed | undefined } {
  const cut: Cut = { batchSize: options.batchSize ?? 32, dropLast: options.dropLast ?? false };
  const { data, validation, shuffle = true } = options;
  const feed = toFeed("data", data, cut);
  const all: Cut = { ...cut, dropLast: false };
  if (validation === undefined) return { feed, validation };
  if (typeof validation !== "number") return { feed, validation: toFeed("validation", validation, all) };
  if (feed.whole === undefined)
    throw new TypeError(
      `fit: a validation share of ${validation} of batches that come ready where validation data of its own is needed.`,
    );
  const parts = split(feed.whole as { x: Tensor; y: Tensor }, {
    testSize: validation,
    shuffle,
    ...(shuffle && { seed }),
  });
  return { feed: toFeed("data", parts.train, cut), validation: toFeed("validation", parts.test, all) };
}

/** What `reduceOnPlateau` has seen. */
function findSeen({ train, validation }: Growing): readonly number[] {
  return validation.length > 0 ? validation : train;
}

function findLr(optimizer: Optimizer, { lr, stateBefore }: Course): number {
  return lr ?? findRate(optimizer, stateBefore);
}

function diverge(what: string, loss: number, optimizer: Optimizer, course: Course): never {
  const { step, epoch, history, last, before } = course;
  const [gradientNorm, normBefore] = [last?.norm() ?? Number.NaN, before?.norm() ?? Number.NaN];
  const learningRate = findLr(optimizer, course);
  throw new DivergenceError(what, { step, epoch, loss, learningRate, gradientNorm, normBefore, history });
}
