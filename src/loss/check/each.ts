import { type Shape, stridesOf } from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/**
 * Every value holds, or the first one that does not is named: `hinge: label 0 is neither 1 nor -1 (at index 2).` Values that come later, as inside
 * `compile`, cannot be looked at.
 */
export function checkEach(what: string, tensor: Tensor, holds: (value: number) => boolean, claim: string): void {
  if (!tensor.hasData) return;
  const { data, shape } = tensor;
  for (let i = 0; i < data.length; i++)
    if (!holds(data[i]!)) throw new RangeError(`${what} ${data[i]} ${claim}${writePlace(i, shape)}.`);
}

/** Labels of two classes as 1 and -1. */
export function checkSigns(name: string, target: Tensor): void {
  checkEach(`${name}: label`, target, (label) => label === 1 || label === -1, "is neither 1 nor -1");
}

/** Labels on either side of 0; those of another size than 1 ask for another margin. */
export function checkSides(name: string, target: Tensor): void {
  checkEach(`${name}: label`, target, (label) => label > 0 || label < 0, "is neither 1 nor -1");
}

/** Probabilities, and labels of two classes as 1 and 0 with anything between. */
export function checkFractions(what: string, tensor: Tensor): void {
  checkEach(what, tensor, (value) => value >= 0 && value <= 1 + 1e-6, "is not between 0 and 1");
}

/** What may be any size, but not negative. */
export function checkAmounts(what: string, tensor: Tensor): void {
  checkEach(what, tensor, (value) => value >= 0, "is not 0 or above");
}

/** ` (at index 2)`, ` (at index [0, 2])`, nothing for a scalar. */
export function writePlace(index: number, shape: Shape): string {
  if (shape.length === 0) return "";
  const place = stridesOf(shape).map((stride, axis) => Math.floor(index / stride) % shape[axis]!);
  return ` (at index ${place.length === 1 ? place[0] : `[${place.join(", ")}]`})`;
}
