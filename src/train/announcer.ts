import type { Course } from "./course.ts";
import type { FitEvent } from "./event.ts";
import type { Resumable } from "./fitted.ts";
import type { Callbacks, FitOptions } from "./options.ts";
import { Bar } from "./progress/bar.ts";
import type { Curve } from "./progress/curve.ts";
import type { Stepper } from "./step.ts";

/** A curve of fewer epochs than this says less than one of steps. */
const FEW = 3;

/** Tells callbacks and the bar where a training stands. Where nobody listens a step costs the bar's clock and no more. */
export class Announcer {
  readonly #course: Course;
  readonly #epochs: number;
  readonly #findLr: () => number;
  readonly #stepper: Pick<Stepper, "engine">;
  readonly #listeners: readonly Callbacks[];
  readonly #tell: ((event: FitEvent) => void) | undefined;
  readonly #shown: boolean | "bar";
  readonly #began = performance.now();
  readonly #firstStep: number;
  readonly #firstEpoch: number;
  #bar: Bar | undefined;
  /** What the bar counts: steps where their number is known, else epochs. */
  readonly #unit: "step" | "epoch";
  #steps: number | undefined;
  /** The epoch under way and the steps made before it. */
  #epoch = 0;
  #before: number;
  #loss = Number.NaN;
  /** Of each step, until there are epochs enough. */
  #losses: number[] = [];
  #isDrawn = false;

  constructor(
    { callbacks = [], onProgress, progress = true }: FitOptions,
    course: Course,
    epochs: number,
    steps: number | undefined,
    findLr: () => number,
    stepper: Pick<Stepper, "engine">,
  ) {
    this.#course = course;
    this.#epochs = epochs;
    this.#steps = steps;
    this.#unit = steps === undefined ? "epoch" : "step";
    this.#findLr = findLr;
    this.#stepper = stepper;
    this.#listeners = [callbacks].flat() as readonly Callbacks[];
    this.#tell = onProgress;
    this.#shown = progress;
    this.#firstStep = this.#before = course.step;
    this.#firstEpoch = course.epoch;
  }

  start(): void {
    const { epoch } = this.#course;
    const each = this.#unit === "step" ? this.#steps! : 1;
    const [total, done] = [each * this.#epochs, each * epoch];
    if (this.#shown)
      this.#bar = new Bar({
        label: this.#writeLabel(Math.min(epoch + 1, this.#epochs)),
        total,
        done,
        note: () => this.#note(),
        curve: () => (this.#shown === true ? this.#curve() : undefined),
      });
    const event = this.#event("start");
    for (const { onStart } of this.#listeners) onStart?.(event);
    this.#tell?.(event);
  }

  /** The mean loss of the epoch so far, and that of this step. */
  step(mean: number, loss: number): void {
    this.#loss = mean;
    if (this.#shown === true && this.#course.history.train.length < FEW) this.#losses.push(loss);
    if (this.#epoch !== this.#course.epoch) {
      this.#epoch = this.#course.epoch;
      this.#before = this.#course.step - 1;
    }
    if (this.#unit === "step") this.#advance();
    if (this.#tell === undefined && !this.#listeners.some(({ onStep }) => onStep)) return;
    const event = this.#event("step");
    for (const { onStep } of this.#listeners) onStep?.(event);
    this.#tell?.(event);
  }

  /** True if a callback wants it to end. */
  async epoch(steps: number, checkpoint: () => Resumable): Promise<boolean> {
    if (this.#unit === "epoch") this.#advance();
    // batches that come ready are counted; the next epoch will probably have as many
    this.#steps ??= steps;
    if (!this.#isHeard) return false;
    const event = this.#event("epoch");
    this.#tell?.(event);
    let isOver = false;
    for (const listener of this.#listeners) {
      if (!listener.onEpoch) continue;
      if ((await listener.onEpoch(event, checkpoint())) === false) isOver = true;
    }
    return isOver;
  }

  end(): void {
    const event = this.#event("end");
    for (const { onEnd } of this.#listeners) onEnd?.(event);
    this.#tell?.(event);
  }

  close(state: "done" | "stopped"): void {
    if (this.#bar?.close(state)) this.#isDrawn = true;
  }

  /** Whether the curve stands in the notebook, and stays there. */
  get isDrawn(): boolean {
    return this.#isDrawn;
  }

  get #isHeard(): boolean {
    return this.#tell !== undefined || this.#listeners.length > 0;
  }

  #advance(): void {
    const bar = this.#bar;
    if (!bar) return;
    bar.label = this.#writeLabel(this.#course.epoch);
    bar.advance();
  }

  /** What stands before `12/600`. */
  #writeLabel(epoch: number): string {
    return this.#unit === "step" ? `epoch ${epoch}/${this.#epochs}, step` : "epoch";
  }

  #curve(): Curve | undefined {
    const { train, validation } = this.#course.history;
    if (train.length >= FEW) return { train, validation, step: "epoch" };
    return this.#losses.length > 1 ? { train: this.#losses, step: "step" } : undefined;
  }

  /** `loss 0.31 · validation 0.4 · accuracy 0.9 · 214 ops → 61 on onnxruntime (cpu)`. */
  #note(): string {
    const { validation, metrics } = this.#course.history;
    const parts: [string, number | undefined][] = [
      ["loss", Number.isNaN(this.#loss) ? undefined : this.#loss],
      ["validation", validation.at(-1)],
      ...Object.entries(metrics).map(([name, values]): [string, number | undefined] => [name, values.at(-1)]),
    ];
    const numbers = parts
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name} ${Number(value!.toPrecision(3))}`);
    return [...numbers, ...(this.#stepper.engine === undefined ? [] : [this.#stepper.engine])].join(" · ");
  }

  #event(kind: FitEvent["kind"]): FitEvent {
    const { epoch, step, history } = this.#course;
    const seconds = (performance.now() - this.#began) / 1000;
    const made = step - this.#firstStep;
    const rate = seconds > 0 ? made / seconds : 0;
    return {
      kind,
      epoch: kind === "start" ? epoch + 1 : epoch,
      epochs: this.#epochs,
      step: step - this.#before,
      steps: this.#steps,
      totalSteps: step,
      loss: this.#loss,
      learningRate: this.#findLr(),
      metrics: Object.fromEntries(
        Object.entries(history.metrics).flatMap(([name, values]) =>
          values.length > 0 ? [[name, values.at(-1)!]] : [],
        ),
      ),
      validation: history.validation.at(-1),
      rate,
      seconds,
      remaining: this.#remaining(kind, seconds, made),
      engine: this.#stepper.engine,
      history,
    };
  }

  #remaining(kind: FitEvent["kind"], seconds: number, made: number): number | undefined {
    if (kind === "end") return 0;
    const { epoch } = this.#course;
    const total = this.#steps && this.#steps * (this.#epochs - this.#firstEpoch);
    if (total) return made === 0 ? undefined : (seconds / made) * Math.max(0, total - made);
    const done = kind === "epoch" ? epoch - this.#firstEpoch : epoch - this.#firstEpoch - 1;
    return done <= 0 ? undefined : (seconds / done) * (this.#epochs - epoch);
  }
}
