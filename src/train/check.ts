import { isFloat } from "../tensor/dtype.ts";
import { ShapeError, sameShape, writeShape } from "../tensor/shape/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { leavesOf, pathsOf, type Tree } from "../tensor/tree.ts";
import type { Batch, Feed } from "./feed.ts";
import type { Trainable } from "./model.ts";
import type { FitOptions } from "./options.ts";
import { type Learner, toLoss } from "./step.ts";

/** The names of options, and of options inside options. */
const known: { readonly [place: string]: readonly string[] } = {
  "": [
    ...["data", "loss", "optimizer", "schedule", "schedulePer", "validation", "batchSize", "epochs", "shuffle"],
    ...["dropLast", "metrics", "penalty", "clip", "earlyStopping", "seed", "params", "state", "resume", "callbacks"],
    ...["onProgress", "progress", "compile"],
  ].sort(),
  "earlyStopping.": ["monitor", "patience", "minDelta", "mode", "restoreBest"],
  "clip.": ["norm", "value"],
  "callbacks.": ["onStart", "onStep", "onEpoch", "onEnd"],
};

/** Names and ranges of options. */
export function checkOptions(options: FitOptions): void {
  checkNames("", options);
  checkNames("earlyStopping.", options.earlyStopping);
  checkNames("clip.", options.clip);
  for (const callbacks of [options.callbacks].flat()) checkNames("callbacks.", callbacks);
  if (typeof options.loss !== "function")
    throw new TypeError(`fit: loss is ${write(options.loss)} where a function of prediction and target is needed.`);
  if (options.optimizer !== undefined && typeof options.optimizer.update !== "function")
    throw new TypeError(`fit: optimizer is ${write(options.optimizer)} where an optimizer is needed, as optim.adam().`);
  checkCount("batchSize", options.batchSize, 1);
  checkCount("epochs", options.epochs, 1);
  if (options.seed !== undefined && !Number.isInteger(options.seed))
    throw new RangeError(`fit: seed must be a whole number, got ${write(options.seed)}.`);
  if (options.schedulePer !== undefined && options.schedulePer !== "step" && options.schedulePer !== "epoch")
    throw new RangeError(`fit: schedulePer must be "step" or "epoch", got ${write(options.schedulePer)}.`);
  if (options.progress !== undefined && typeof options.progress !== "boolean" && options.progress !== "bar")
    throw new RangeError(`fit: progress must be true, false or "bar", got ${write(options.progress)}.`);
  const { schedule, validation } = options;
  if (schedule !== undefined && typeof schedule !== "function" && typeof schedule.update !== "function")
    throw new TypeError(
      `fit: schedule is ${write(schedule)} where a function of the step or reduceOnPlateau is needed.`,
    );
  if (typeof validation === "number" && !(validation > 0 && validation < 1))
    throw new RangeError(`fit: a validation share of ${validation} where a number between 0 and 1 is needed.`);
  for (const [name, metric] of Object.entries(options.metrics ?? {}))
    if (typeof metric !== "function")
      throw new TypeError(`fit: the metric ${name} is ${write(metric)} where a function is needed.`);
  const clip = typeof options.clip === "number" ? { norm: options.clip } : (options.clip ?? {});
  for (const [name, limit] of Object.entries(clip))
    if (!(limit > 0)) throw new RangeError(`fit: clip.${name} must be above 0, got ${write(limit)}.`);
}

/** Parameters of another training, or given by hand, against those that the model draws: names, shapes, dtypes. */
export function checkLike(what: string, given: Tree, wanted: Tree): void {
  const [paths, names] = [pathsOf(given), pathsOf(wanted)];
  const missing = names.find((name) => !paths.includes(name));
  if (missing !== undefined) throw new TypeError(`fit: ${what} lacks ${place(missing)}, which the model has.`);
  const strange = paths.find((name) => !names.includes(name));
  if (strange !== undefined) throw new TypeError(`fit: ${what} has ${place(strange)}, which the model has not.`);
  const leaves = leavesOf(wanted);
  leavesOf(given).forEach((leaf, i) => {
    const { shape } = leaves[names.indexOf(paths[i]!)]!;
    if (!sameShape(leaf.shape, shape))
      throw new ShapeError(
        `fit: ${what} has ${place(paths[i]!)} of shape ${writeShape(leaf.shape)} where ${writeShape(shape)} is needed`,
      );
    if (!isFloat(leaf.dtype))
      throw new TypeError(
        `fit: ${what} has ${place(paths[i]!)} of dtype ${leaf.dtype} where float32 or float64 is needed.`,
      );
  });
}

/**
 * What can be seen before the first step: whether the model takes the inputs, and whether the loss takes what comes out beside the targets. The sentence is
 * that of the layer or the loss.
 */
export function checkFlow(model: Trainable, { params, state }: Learner, first: Batch, options: FitOptions): void {
  model.check(first.x);
  // a pass over the first rows: what is wrong with a loss is seen by calling it
  toLoss(options.loss, model.apply(params, first.x, state), first.y);
}

/** Validation rows have to be like the ones trained on. */
export function checkValidation(model: Trainable, train: Feed, validation: Feed): void {
  if (validation.whole === undefined) return;
  model.check(validation.whole.x);
  if (train.whole === undefined) return;
  for (const part of ["x", "y"] as const) {
    const [here, there] = [train.whole[part], validation.whole[part]];
    if (!(here instanceof Tensor && there instanceof Tensor)) continue;
    if (!sameShape(here.shape.slice(1), there.shape.slice(1)))
      throw new ShapeError(
        `fit: validation ${part} of shape ${writeShape(there.shape)} beside training ${part} of shape ${writeShape(here.shape)} – rows differ`,
      );
  }
}

/** The dtype to draw parameters in: that of the inputs, if they are float64. */
export function findDType(feed: Feed): "float32" | "float64" {
  const x = feed.whole?.x;
  return x instanceof Tensor && x.dtype === "float64" ? "float64" : "float32";
}

function checkNames(place: string, options: unknown): void {
  // an instance of a class may keep what it likes beside its hooks
  if (typeof options !== "object" || options === null || Object.getPrototypeOf(options) !== Object.prototype) return;
  const strange = Object.keys(options).find((name) => !known[place]!.includes(name));
  if (strange !== undefined)
    throw new TypeError(`fit: there is no option ${place}${strange}; there are ${known[place]!.join(", ")}.`);
}

function checkCount(name: string, value: number | undefined, least: number): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= least))
    throw new RangeError(`fit: ${name} must be a whole number of at least ${least}, got ${write(value)}.`);
}

/** `0.weight`, as in files and in PyTorch. */
function place(path: string): string {
  return `a parameter ${path.replace(/\[(\d+)\]/g, ".$1").replace(/^\./, "") || "at the top"}`;
}

function write(value: unknown): string {
  if (typeof value === "string") return `"${value}"`;
  if (typeof value === "object" && value !== null) return `an object of ${Object.keys(value).join(", ") || "nothing"}`;
  return value === undefined ? "nothing" : typeof value === "function" ? "a function" : String(value);
}
