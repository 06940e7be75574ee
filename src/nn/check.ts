import { describe } from "../tensor/describe.ts";

/** `sequential: number 5 at 1 where a layer is needed.` */
export function checkLayers(name: string, layers: readonly unknown[]): void {
  layers.forEach((each, i) => {
    if (typeof (each as { readonly flow?: unknown } | undefined)?.flow !== "function")
      throw new TypeError(`${name}: ${describe(each)} at ${i} where a layer is needed.`);
  });
}

/** `linear: inputs must be a whole number of at least 1, got 0.` */
export function checkSizes(name: string, sizes: { readonly [option: string]: number }): void {
  for (const [option, value] of Object.entries(sizes))
    if (!(Number.isInteger(value) && value >= 1))
      throw new RangeError(`${name}: ${option} must be a whole number of at least 1, got ${value}.`);
}

/** `dropout: p must lie in [0, 1), got 1.5.` */
export function checkFraction(name: string, option: string, value: number): void {
  if (!(value >= 0 && value < 1)) throw new RangeError(`${name}: ${option} must lie in [0, 1), got ${value}.`);
}

/** `batchNorm: eps must be at least 0, got -1.` */
export function checkAtLeast(name: string, option: string, value: number, least: number): void {
  if (!(value >= least)) throw new RangeError(`${name}: ${option} must be at least ${least}, got ${value}.`);
}

/** `softplus: beta must be above 0, got 0.` */
export function checkAbove(name: string, option: string, value: number, bound: number): void {
  if (!(value > bound)) throw new RangeError(`${name}: ${option} must be above ${bound}, got ${value}.`);
}
