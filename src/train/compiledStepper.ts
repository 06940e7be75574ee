import { Compiled, describe, type Found } from "../compile/compiled.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { scalar } from "../tensor/create.ts";
import { type Generator, random } from "../tensor/random/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tensor/tree.ts";
import { toEvaluatedStepper } from "./evaluatedStepper.ts";
import type { Batch } from "./feed.ts";
import type { Trainable } from "./model.ts";
import type { FitOptions } from "./options.ts";
import {
  chooseLoss,
  type Evaluation,
  findNorm,
  type Learner,
  type Step,
  type Stepper,
  toCut,
  toLoss,
  toSlope,
  toUpdate,
} from "./step.ts";

/** So many graphs, most of them for one step, are a sign that something plain changes from step to step. */
const MANY = 16;
/** To draw a step again costs as much as a few small ones: so many times, or once in so many steps, that does not count. */
const PATIENCE = 16;

interface Result {
  readonly total: Tensor;
  readonly value: Tensor;
  readonly prediction: unknown;
  /** The next one, or, for an optimizer that asks on the way, what it begins with. */
  readonly next: Learner | { readonly gradients: Tree; readonly state: Tree };
}

/**
 * Steps as one graph each: prediction, loss, penalty, gradients, clipping, update and the state of layers. Batches of another size are another graph. What cannot
 * be drawn – a loss that looks at values – is evaluated op by op, with a warning that says why.
 */
export class CompiledStepper implements Stepper {
  engine: string | undefined;
  readonly #plain: Stepper;
  readonly #step: Compiled;
  readonly #evaluate: Compiled;
  readonly #slope: ReturnType<typeof toSlope>;
  readonly #optimizer: Optimizer;
  readonly #cut: ReturnType<typeof toCut>;
  /** Why something is not compiled. */
  readonly #reasons = new Map<Compiled, string>();
  #steps = 0;
  #epochs = 0;
  /** When it was last looked at whether the function is still the same. */
  #looked = 0;
  #warned = false;

  constructor(model: Trainable, optimizer: Optimizer, options: FitOptions) {
    this.#plain = toEvaluatedStepper(model, optimizer, options);
    this.#slope = toSlope(model, options);
    this.#cut = toCut(options);
    this.#optimizer = optimizer;
    const update = toUpdate(optimizer, options);
    const isGathered = options.metrics !== undefined && options.validation === undefined;
    const step = (learner: Learner, batch: Batch, generator: Generator, lr: number | Tensor | undefined): Result => {
      const { total, value, prediction, state, gradients } = this.#slope(learner, batch, generator);
      const results = { total, value, prediction: isGathered ? prediction : undefined };
      if (optimizer.updateLater) return { ...results, next: { gradients, state } };
      const after = update(learner, gradients, lr === undefined ? {} : { lr });
      return { ...results, next: { params: after.params, state, optimizerState: after.state } };
    };
    const evaluate = ({ params, state }: Pick<Learner, "params" | "state">, { x, y }: Batch) => {
      const prediction = model.apply(params, x, state);
      const loss = toLoss(options.loss, prediction, y);
      return { loss, prediction: options.metrics === undefined ? undefined : prediction };
    };
    this.#step = new Compiled(step as never, {}, (what) => this.#watch(what));
    this.#evaluate = new Compiled(evaluate as never, {}, (what) => this.#watch(what));
  }

  /** Callbacks are what changes something, and most of them do it between epochs: it is looked for at the first ones, and later where they are not too short. */
  begin(): void {
    if (this.#epochs++ === 0 || (this.#epochs > PATIENCE && this.#steps - this.#looked < PATIENCE)) return;
    this.#looked = this.#steps;
    this.#step.look();
    this.#evaluate.look();
  }

  /** From here on nothing is taken for granted. */
  #watch(what: string): void {
    if (this.#step.isWatched) return;
    this.#step.isWatched = this.#evaluate.isWatched = true;
    console.warn(
      `fit: the loss or the model does something else than when it was compiled: ${what}; from now on that is looked at in each step, which compile: false does from the beginning.`,
    );
  }

  async prepare(learner: Learner, batch: Batch, generator: Generator, lr: number | undefined): Promise<void> {
    const found = this.#find(this.#step, this.#toArguments(learner, batch, generator, lr));
    this.engine = found === undefined ? this.#plain.engine : await toEngine(found);
    // the first step follows at once, and finds nothing changed
    if (found !== undefined) found.entry.hits--;
  }

  async step(learner: Learner, batch: Batch, generator: Generator, lr: number | undefined): Promise<Step> {
    this.#steps++;
    const before = generator.state;
    const again = () => random(before);
    const found = this.#find(this.#step, this.#toArguments(learner, batch, generator, lr));
    if (found === undefined) return this.#goOn(this.#step, () => this.#stepPlain(learner, batch, generator, lr));
    this.engine ??= await toEngine(found);
    const result = await this.#step
      .run(found)
      .catch((error: unknown) => this.#explain(error, () => this.#plain.step(learner, batch, again(), lr)));
    const { total, value, prediction, next: after } = result as Result;
    const loss = chooseLoss(total, value);
    const next = "params" in after ? after : await this.#ask(result as Result, learner, batch, generator, lr);
    return {
      loss,
      prediction,
      next: () => next,
      // asked where a training goes wrong only, so it is not worth an output of each step
      norm: () => findNorm(this.#slope(learner, batch, again()).gradients),
    };
  }

  async evaluate(learner: Learner, batch: Batch): Promise<Evaluation> {
    const { params, state } = learner;
    const found = this.#find(this.#evaluate, [{ params, state }, batch]);
    if (found === undefined) return this.#goOn(this.#evaluate, () => this.#plain.evaluate(learner, batch));
    const result = await this.#evaluate
      .run(found)
      .catch((error: unknown) => this.#explain(error, () => this.#plain.evaluate(learner, batch)));
    const { loss, prediction } = result as { loss: Tensor; prediction: unknown };
    return { loss: loss.item(), prediction };
  }

  async release(): Promise<void> {
    await Promise.all([this.#step.release(), this.#evaluate.release()]);
  }

  /** The whole step at once, so that whatever is wrong with it is seen before anybody is warned. */
  async #stepPlain(learner: Learner, batch: Batch, generator: Generator, lr: number | undefined): Promise<Step> {
    const step = await this.#plain.step(learner, batch, generator, lr);
    const next = step.next();
    return { ...step, next: () => next };
  }

  /** The update of an optimizer that asks for loss and gradient on the way: each answer is a run. */
  async #ask({ total, next }: Result, learner: Learner, batch: Batch, generator: Generator, lr: number | undefined) {
    const { gradients, state } = next as { readonly gradients: Tree; readonly state: Tree };
    const { params, optimizerState } = learner;
    if (!Number.isFinite(total.item())) return learner;
    const after = await this.#optimizer.updateLater!(this.#cut(gradients, params), optimizerState, params, {
      ...(lr !== undefined && { lr }),
      value: total,
      evaluate: async (at) => {
        const there = this.#step.find(this.#toArguments({ ...learner, params: at }, batch, generator, lr));
        const answer = (await this.#step.run(there)) as Result;
        return [answer.total, (answer.next as { readonly gradients: Tree }).gradients];
      },
    });
    return { params: after.params, state, optimizerState: after.state };
  }

  /** An optimizer that asks is not part of the graph, and so neither is what only it needs. */
  #toArguments(learner: Learner, batch: Batch, generator: Generator, lr: number | undefined): readonly unknown[] {
    if (this.#optimizer.updateLater) return [{ params: learner.params, state: learner.state }, batch, generator];
    return [learner, batch, generator, lr === undefined || !this.#optimizer.takesTensor ? lr : scalar(lr, "float64")];
  }

  /** The graph for a step, or nothing if there can be none. */
  #find(compiled: Compiled, args: readonly unknown[]): Found | undefined {
    if (this.#reasons.has(compiled)) return undefined;
    if (compiled.drawn >= MANY && compiled.drawn > this.#steps / 2) {
      const reason = `it was compiled anew in ${compiled.drawn} of ${this.#steps} steps – a plain number in it, or the size of the batches, changes from step to step.`;
      this.#reasons.set(compiled, reason);
      return undefined;
    }
    try {
      return compiled.find(args);
    } catch (error) {
      this.#reasons.set(compiled, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** Op by op. What throws there as well is not a reason to warn but an error. */
  async #goOn<R>(compiled: Compiled, evaluate: () => R | Promise<R>): Promise<R> {
    const result = await evaluate();
    if (this.#warned) return result;
    this.#warned = true;
    this.engine = this.#plain.engine;
    console.warn(`fit: not compiled but evaluated op by op: ${this.#reasons.get(compiled)}`);
    return result;
  }

  /** An engine says what is wrong with a node; the ops say what is wrong with the data. */
  async #explain(error: unknown, evaluate: () => unknown): Promise<never> {
    await evaluate();
    throw error;
  }
}

async function toEngine(found: Found): Promise<string> {
  const { ops, nodes, engine } = await describe(found);
  return `${ops} ops → ${nodes} on ${engine}`;
}
