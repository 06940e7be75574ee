import { describe } from "../tensor/describe.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Spec } from "../tensor/values.ts";
import type { Op } from "./op.ts";
import type { AttrsOf, OpName, Signatures } from "./signature.ts";
import { table } from "./table.ts";

/** The inputs of an op. */
export type InputsOf<K extends OpName> = Signatures[K]["shape"] extends (inputs: infer I, ...rest: never) => Spec
  ? { readonly [P in keyof I]: Tensor }
  : never;

export type Apply = typeof apply;

/**
 * The one place where ops are applied. An op goes to the innermost trace that watches one of its inputs; without any, it is evaluated.
 *
 * 1. tensors of traces that have ended become ordinary ones
 * 2. a live trace takes over: `grad` records, `compile` draws
 * 3. the shape is checked, the values are computed
 */
export function apply<K extends OpName>(name: K, inputs: InputsOf<K>, attrs: AttrsOf<K>): Tensor {
  const given = release(name, inputs as unknown as readonly Tensor[]);
  const tracer = findTracer(given);
  if (tracer !== undefined) return tracer.apply(name, given, attrs);
  const op = find(name);
  const output = op.shape(given, attrs);
  return new Tensor(op.evaluate(given, attrs, output), output.shape, output.dtype);
}

/** The record of an op, for callers that hold its name as data. */
export function find(name: string): AnyOp {
  return table[name as OpName] as unknown as AnyOp;
}

/** A record whose inputs and attributes are not known statically. */
export type AnyOp = Op<"any", object> & { readonly vjp: unknown };

/** Without the traces that have ended; anything but a tensor is an error. */
function release(name: string, inputs: readonly Tensor[]): readonly Tensor[] {
  let ended = false;
  for (const input of inputs) {
    if (!(input instanceof Tensor))
      throw new TypeError(`${name}: ${describe(input)} where a tensor or a number is needed.`);
    if (input.trace !== undefined && !input.trace.tracer.live) ended = true;
  }
  return ended ? inputs.map(untraced) : inputs;
}

/** The tensor behind all traces that have ended. */
export function untraced(tensor: Tensor): Tensor {
  let inner = tensor;
  while (inner.trace?.primal !== undefined && !inner.trace.tracer.live) inner = inner.trace.primal;
  return inner;
}

function findTracer(inputs: readonly Tensor[]) {
  let tracer = inputs[0]?.trace?.tracer;
  for (let i = 1; i < inputs.length; i++) {
    const other = inputs[i]!.trace?.tracer;
    if (other !== undefined && (tracer === undefined || other.level > tracer.level)) tracer = other;
  }
  return tracer;
}
