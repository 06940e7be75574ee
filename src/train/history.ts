import { toTable, toText } from "./table.ts";

/**
 * What was measured, epoch by epoch: plain data, to print, to save as JSON, to draw with `chart.lossCurve(history)`.
 */
export interface History<M extends string = string> {
  /** The mean loss over the rows of each epoch while it trained, without the penalty. */
  readonly train: readonly number[];
  /** The loss on the validation data after each epoch; empty without validation. */
  readonly validation: readonly number[];
  /** On the validation data after each epoch; without validation on the predictions made while training. */
  readonly metrics: { readonly [K in M]: readonly number[] };
  /** The learning rate of the last step of each epoch. */
  readonly learningRate: readonly number[];
  /** How long each epoch took. */
  readonly seconds: readonly number[];
}

/** What one epoch adds to a history. */
export interface Epoch {
  readonly train: number;
  readonly validation: number | undefined;
  readonly metrics: { readonly [name: string]: number };
  readonly learningRate: number;
  readonly seconds: number;
}

/** A history that grows. */
export interface Growing extends History {
  readonly train: number[];
  readonly validation: number[];
  readonly metrics: { readonly [name: string]: number[] };
  readonly learningRate: number[];
  readonly seconds: number[];
}

/** A history to go on writing, empty or after another one, which stays as it is. */
export function growFrom(metrics: readonly string[], before?: History): Growing {
  const history: Growing = {
    train: [...(before?.train ?? [])],
    validation: [...(before?.validation ?? [])],
    metrics: Object.fromEntries(metrics.map((name) => [name, [...(before?.metrics[name] ?? [])]])),
    learningRate: [...(before?.learningRate ?? [])],
    seconds: [...(before?.seconds ?? [])],
  };
  // it stays plain data: what JSON, a loop or a comparison sees is not more
  const show = () => ({ "text/plain": toText(history), "text/html": toTable(history) });
  return Object.defineProperties(history, {
    [Symbol.for("Jupyter.display")]: { value: show, enumerable: false },
    [Symbol.for("nodejs.util.inspect.custom")]: { value: () => toText(history), enumerable: false },
  });
}

/** In place: with a copy for each epoch, 100,000 short epochs would spend their time copying. */
export function record(history: Growing, epoch: Epoch): void {
  history.train.push(epoch.train);
  if (epoch.validation !== undefined) history.validation.push(epoch.validation);
  for (const [name, values] of Object.entries(history.metrics)) values.push(epoch.metrics[name]!);
  history.learningRate.push(epoch.learningRate);
  history.seconds.push(epoch.seconds);
}

/** A quantity by the name that `earlyStopping.monitor` has for it. */
export function findSeries(history: History, monitor: string): readonly number[] | undefined {
  if (monitor === "train" || monitor === "validation") return history[monitor];
  return history.metrics[monitor];
}
