import { where } from "../op/function/where.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What labels make of log-probabilities. */
export interface Labelled {
  /** The loss at each place, its class weight included; 0 where the label is ignored. */
  readonly elements: Tensor;
  /** What each place counts for in a mean: the weight of its class, 0 where the label is ignored. */
  readonly counted: Tensor;
}

export interface Labelling {
  readonly weight?: Tensor | undefined;
  readonly ignoreIndex: number;
  readonly labelSmoothing?: number;
}

/**
 * The shared part of the losses with labels: `(1 – ε) w_y (–log p_y) + ε/C Σ_c w_c (–log p_c)`, classes on `axis`.
 *
 * What is ignored is replaced before it is weighed, since `0 · ∞` is not 0.
 */
export function labelled(
  logP: Tensor,
  target: Tensor,
  axis: number,
  { weight, ignoreIndex, labelSmoothing = 0 }: Labelling,
): Labelled {
  const kept = target.notEqual(ignoreIndex);
  const labels = where(kept, target, 0);
  const counted = (weight ? weight.to(logP.dtype).take(labels) : kept.to(logP.dtype)).mul(kept);
  const own = where(kept, pick(logP, labels, axis), 0)
    .neg()
    .mul(counted);
  if (labelSmoothing === 0) return { elements: own, counted };
  const every = where(kept, sumClasses(logP, axis, weight), 0)
    .neg()
    .mul(labelSmoothing / logP.shape[axis]!);
  return { elements: own.mul(1 - labelSmoothing).add(every), counted };
}

/** The entry of the labelled class at each place. */
export function pick(scores: Tensor, labels: Tensor, axis: number): Tensor {
  return scores.gather(axis, labels.unsqueeze(axis)).squeeze(axis);
}

/** `Σ_c w_c x_c` over the class axis. */
export function sumClasses(scores: Tensor, axis: number, weight?: Tensor): Tensor {
  return (weight ? scores.mul(alignClasses(weight.to(scores.dtype), scores, axis)) : scores).sum(axis);
}

/** Class weights with axes of size 1 behind, so that they broadcast along the class axis. */
export function alignClasses(weight: Tensor, scores: Tensor, axis: number): Tensor {
  return weight.reshape([-1, ...scores.shape.slice(axis + 1).map(() => 1)]);
}
