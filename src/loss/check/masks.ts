import type { Rows } from "../../tensor/shape/fit.ts";
import type { Checked, Shape, Size, Write, Wrong } from "../../tensor/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkReducing, type Reducing } from "../reduce.ts";
import { checkAmounts } from "./each.ts";
import { checkMatch } from "./match.ts";
import { checkVectors } from "./rows.ts";

/** `unknown` unless masks are known to lack an axis beside the batch. */
export type Masks<Name extends string, P extends Shape> = Checked<AreMasks<Name, P>>;
type AreMasks<Name extends string, P extends Shape> = P extends readonly [] | readonly [Size]
  ? Wrong<`${Name}: masks of shape [${Write<P>}] where at least 2 axes are needed`>
  : unknown;

/** One loss for each sample. */
export type Samples<P extends Shape> = readonly [Rows<P>];

/** Masks of probabilities for each sample of a batch, and targets: logits are told by being negative. */
export function checkMasks(name: string, masks: Tensor, target: Tensor, options: Reducing): void {
  checkVectors(`${name}: masks`, masks, 2);
  checkMatch(`${name}: a target`, target, masks);
  checkReducing(name, [masks.shape[0]!], options);
  checkAmounts(`${name}: probability`, masks);
  checkAmounts(`${name}: label`, target);
}
