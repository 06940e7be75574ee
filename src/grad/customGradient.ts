import { untraced } from "../op/apply.ts";
import { type Shape, ShapeError, sameShape, writeShape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Tape } from "./tape.ts";

/**
 * A function with a gradient of its own: `backward` gets what reaches the output, the inputs and the output, and returns one gradient per input.
 *
 * @example
 * // rounds, but lets the gradient through
 * const straightThrough = customGradient((x: Tensor) => x.round(), (g) => [g]);
 * grad((x: Tensor) => straightThrough(x).sum())(tensor([0.4])).toArray() // [1]
 */
export function customGradient<I extends readonly Tensor[], S extends Shape>(
  forward: (...inputs: I) => Tensor<S>,
  backward: (g: Tensor<S>, inputs: I, output: Tensor<S>) => readonly Tensor[],
): (...inputs: I) => Tensor<S> {
  const run = (inputs: readonly Tensor[]): Tensor => {
    const given = inputs.map(untraced);
    const tape = findTape(given);
    if (tape === undefined) return forward(...(given as unknown as I));
    return tape.applyCustom(given, run, (g, primals, output) => {
      const parts = backward(g as Tensor<S>, primals as unknown as I, output as Tensor<S>);
      checkParts(parts, primals);
      return parts;
    });
  };
  return (...inputs) => run(inputs) as Tensor<S>;
}

function findTape(inputs: readonly Tensor[]): Tape | undefined {
  const tapes = inputs.map((input) => input.trace?.tracer).filter((tracer) => tracer instanceof Tape);
  return tapes.reduce<Tape | undefined>(
    (top, tape) => (top === undefined || tape.level > top.level ? tape : top),
    undefined,
  );
}

function checkParts(parts: readonly Tensor[], inputs: readonly Tensor[]): void {
  if (parts.length !== inputs.length)
    throw new ShapeError(`customGradient: ${parts.length} gradients where ${inputs.length} are needed, one per input`);
  parts.forEach((part, i) => {
    const want = inputs[i]!.shape;
    if (!sameShape(part.shape, want))
      throw new ShapeError(
        `customGradient: gradient ${i} of shape ${writeShape(part.shape)} where ${writeShape(want)} is needed`,
      );
  });
}
