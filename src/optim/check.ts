import { describe } from "../tensor/describe.ts";
import { isFloat } from "../tensor/dtype.ts";
import { ShapeError, sameShape, writeShape } from "../tensor/shape/shape.ts";
import { leavesOf, mapTree, pathsOf, type Tree } from "../tensor/tree.ts";
import type { Rate, State } from "./optimizer.ts";

/** `adam: eps must be at least 0, got -1.` */
export function checkAtLeast(name: string, option: string, value: number, least: number): void {
  if (!(value >= least)) throw new RangeError(`${name}: ${option} must be at least ${least}, got ${value}.`);
}

/** `step: stepSize must be above 0, got 0.` */
export function checkAbove(name: string, option: string, value: number, bound: number): void {
  if (!(value > bound)) throw new RangeError(`${name}: ${option} must be above ${bound}, got ${value}.`);
}

/** `adam: betas must lie in [0, 1), got 1.2.` */
export function checkFraction(name: string, option: string, ...values: readonly number[]): void {
  for (const value of values)
    if (!(value >= 0 && value < 1)) throw new RangeError(`${name}: ${option} must lie in [0, 1), got ${value}.`);
}

/** `cosine: tMax must be a whole number of at least 1, got 2.5.` */
export function checkCount(name: string, option: string, value: number, least = 1): void {
  if (!(Number.isInteger(value) && value >= least))
    throw new RangeError(`${name}: ${option} must be a whole number of at least ${least}, got ${value}.`);
}

/** A learning rate that is a function is looked at step by step. */
export function checkRate(name: string, lr: Rate): void {
  if (typeof lr === "number") checkAtLeast(name, "lr", lr, 0);
  else if (typeof lr !== "function")
    throw new TypeError(`${name}: lr must be a number or a function of the step, got ${String(lr)}.`);
}

/** Parameters are floats, and there are some. */
export function checkParams(name: string, params: Tree): void {
  const leaves = leavesOf(params);
  if (leaves.length === 0) throw new TypeError(`${name}: the parameters have no tensor in them.`);
  leaves.forEach(({ dtype }, i) => {
    if (!isFloat(dtype))
      throw new TypeError(
        `${name}: the parameter${placeOf(params, i)} is of dtype ${dtype} where float32 or float64 is needed.`,
      );
  });
}

/** Gradients and slots have the form and the shapes of the parameters. */
export function checkGradients(
  name: string,
  gradients: Tree,
  state: State,
  params: Tree,
  slots: readonly string[],
): void {
  checkState(name, state);
  checkSame(name, "a gradient", gradients, params);
  for (const slot of slots) {
    const kept = state.slots[slot];
    if (kept === undefined)
      throw new TypeError(
        `${name}: a state with the slots [${Object.keys(state.slots).join(", ")}] where [${slots.join(", ")}] are needed.`,
      );
    checkSame(name, `a slot ${slot}`, kept, params);
  }
}

/** `adam: undefined where a state is needed: init(params) makes one.` */
export function checkState(name: string, state: unknown): void {
  if ((state as State | undefined)?.slots === undefined)
    throw new TypeError(`${name}: ${describe(state)} where a state is needed: init(params) makes one.`);
}

export function checkSame(name: string, what: string, tree: Tree, params: Tree): void {
  let at = 0;
  mapTree(
    (leaf, other) => {
      const i = at++;
      if (!sameShape(leaf.shape, other!.shape))
        throw new ShapeError(
          `${name}: ${what} of shape ${writeShape(other!.shape)} for the parameter${placeOf(params, i)} of shape ${writeShape(leaf.shape)}`,
        );
      return leaf;
    },
    params,
    tree,
  );
}

/** ` layers[0].weight`, or nothing where the parameters are one tensor. */
function placeOf(params: Tree, i: number): string {
  return pathsOf(params)[i]!.replace(/^\.?/, " ").trimEnd();
}
