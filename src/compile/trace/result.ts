import { untraced } from "../../op/apply.ts";
import { Generator } from "../../tensor/random/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Node } from "../graph.ts";
import type { Drawing } from "./drawing.ts";
import { isPlainObject } from "./pattern.ts";
import type { Run } from "./plan.ts";

/** The result of a run: its form is that of the traced one, its tensors are `outputs`. */
export type Result = (run: Run, outputs: readonly Tensor[]) => unknown;

/** Finds the tensors in what a function has returned; each goes once into `outputs`. */
export function toResult(value: unknown, drawing: Drawing, outputs: Node[]): Result {
  if (value instanceof Tensor) return toTensor(untraced(value), drawing, outputs);
  if (value instanceof Generator) {
    const index = drawing.findGenerator(value);
    return index === undefined ? () => value : (run) => run.generators[index];
  }
  if (Array.isArray(value)) {
    const parts = value.map((each) => toResult(each, drawing, outputs));
    return (run, tensors) => parts.map((part) => part(run, tensors));
  }
  if (!isPlainObject(value)) return () => value;
  const state = drawing.findState(value);
  const keys = Object.keys(value);
  const parts = keys.map((key): [string, Result] => {
    if (state?.plain.includes(key)) return [key, (run) => run.states[state.index]![key as never]];
    return [key, toResult(value[key], drawing, outputs)];
  });
  return (run, tensors) => {
    const made: Record<string, unknown> = {};
    for (const [key, part] of parts) made[key] = part(run, tensors);
    return made;
  };
}

/** A tensor that was there before is given back as it is. */
function toTensor(tensor: Tensor, drawing: Drawing, outputs: Node[]): Result {
  if (tensor.hasData) return () => tensor;
  const node = drawing.toNode(tensor);
  const found = outputs.indexOf(node);
  const index = found < 0 ? outputs.push(node) - 1 : found;
  return (_, tensors) => tensors[index];
}
