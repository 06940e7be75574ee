import type { History } from "./history.ts";

/** Thrown where the loss is NaN or infinite; carries what a look at the cause needs. */
export class DivergenceError extends Error {
  override name = "DivergenceError";
  /** Counted from 1, over all epochs. */
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  readonly learningRate: number;
  /** Over all parameters, at this step. */
  readonly gradientNorm: number;
  /** The same one step before; NaN at the first. */
  readonly normBefore: number;
  /** The epochs that were completed. */
  readonly history: History;

  constructor(
    what: string,
    facts: Pick<
      DivergenceError,
      "step" | "epoch" | "loss" | "learningRate" | "gradientNorm" | "normBefore" | "history"
    >,
  ) {
    const { step, epoch, loss, learningRate, gradientNorm, normBefore } = facts;
    const before = facts.step > 1 ? `, ${write(normBefore)} one step before` : "";
    const size = Number.isNaN(loss) ? "NaN" : loss > 0 ? "infinite" : "minus infinite";
    super(
      `fit: the ${what} is ${size} at step ${step} (epoch ${epoch}): learning rate ${write(learningRate)}, gradient norm ${write(gradientNorm)}${before}.`,
    );
    this.step = step;
    this.epoch = epoch;
    this.loss = loss;
    this.learningRate = learningRate;
    this.gradientNorm = gradientNorm;
    this.normBefore = normBefore;
    this.history = facts.history;
  }
}

function write(n: number): string {
  const short = Number(n.toPrecision(3));
  return Math.abs(short) < 1e7 || !Number.isFinite(n) ? String(short) : short.toExponential();
}
