import { checkFit } from "../../tensor/shape/fit.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkReducing, type Reducing } from "../reduce.ts";

/** The options that losses with classes share: how to reduce, and a weight for each class on `axis`. */
export function checkClassOptions(
  name: string,
  scores: Tensor,
  axis: number,
  options: Reducing & { readonly weight?: Tensor },
): void {
  const places = scores.shape.filter((_, i) => i !== axis);
  checkReducing(name, places, options);
  if (options.weight !== undefined) checkFit(`${name}: a weight`, options.weight.shape, [scores.shape[axis]!]);
}
