import type { TypedArray } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Trace, Tracer } from "../tensor/trace.ts";

/** Runs a formula over arrays of one length, all at once: `outputs[k][i]` from `inputs[j][i]` and numbers. */
export type FusedLoop = (
  inputs: readonly TypedArray[],
  numbers: readonly number[],
  outputs: readonly TypedArray[],
) => void;

/**
 * One loop from a formula in ops, in double precision. Twelve ops one after the other walk through memory twelve times; the loop walks once
 * (`bench/fused-optimizer-step-is-faster-than-ops.mjs`).
 *
 * 1. the formula is run once on stand-ins that write down what is done to them
 * 2. what they wrote is the body of a loop
 * 3. the loop is compiled once for each kind of array
 */
export function fuse(
  formula: (inputs: readonly Tensor[], numbers: readonly Tensor[]) => readonly Tensor[],
  inputs: number,
  numbers: number,
): FusedLoop {
  const loops = new Map<string, FusedLoop>();
  let body: Body | undefined;
  return (given, values, outputs) => {
    body ??= trace(formula, inputs, numbers);
    const key = [...given, ...outputs].map(({ BYTES_PER_ELEMENT }) => BYTES_PER_ELEMENT).join();
    const loop = loops.get(key) ?? compile(body, inputs, numbers);
    loops.set(key, loop);
    loop(given, values, outputs);
  };
}

interface Body {
  readonly lines: readonly string[];
  readonly results: readonly string[];
}

function trace(
  formula: (inputs: readonly Tensor[], numbers: readonly Tensor[]) => readonly Tensor[],
  inputs: number,
  numbers: number,
): Body {
  const writer = new Writer();
  const standIns = (count: number, letter: string) =>
    Array.from({ length: count }, (_, i) => writer.standIn(`${letter}${i}`));
  const results = formula(standIns(inputs, "x"), standIns(numbers, "c")).map(toSource);
  return { lines: writer.lines, results };
}

/** Writes down the ops that are applied to its stand-ins. */
class Writer implements Tracer {
  readonly level = Number.POSITIVE_INFINITY;
  readonly live = true;
  readonly lines: string[] = [];

  standIn(name: string): Tensor {
    const trace: StandIn = { tracer: this, name };
    return new Tensor(undefined, [], "float64", trace);
  }

  apply(op: string, inputs: readonly Tensor[]): Tensor {
    const expression = expressions[op];
    if (expression === undefined)
      throw new Error(`fuse: ${op} is not among the ops of an optimizer: ${Object.keys(expressions).join(", ")}.`);
    const name = `v${this.lines.length}`;
    this.lines.push(`const ${name} = ${expression(...inputs.map(toSource))};`);
    return this.standIn(name);
  }
}

interface StandIn extends Trace {
  readonly name: string;
}

function toSource(tensor: Tensor): string {
  return tensor.trace === undefined ? `(${tensor.item()})` : (tensor.trace as StandIn).name;
}

const expressions: Readonly<Record<string, (...inputs: string[]) => string>> = {
  add: (a, b) => `${a} + ${b}`,
  sub: (a, b) => `${a} - ${b}`,
  mul: (a, b) => `${a} * ${b}`,
  div: (a, b) => `${a} / ${b}`,
  neg: (a) => `-${a}`,
  abs: (a) => `Math.abs(${a})`,
  sign: (a) => `Math.sign(${a})`,
  sqrt: (a) => `Math.sqrt(${a})`,
  maximum: (a, b) => `Math.max(${a}, ${b})`,
  minimum: (a, b) => `Math.min(${a}, ${b})`,
};

function compile({ lines, results }: Body, inputs: number, numbers: number): FusedLoop {
  const count = (n: number) => Array.from({ length: n }, (_, i) => i);
  const source = [
    `"use strict";`,
    ...count(inputs).map((i) => `const a${i} = inputs[${i}];`),
    ...count(numbers).map((i) => `const c${i} = numbers[${i}];`),
    ...results.map((_, i) => `const o${i} = outputs[${i}];`),
    `for (let i = 0, n = o0.length; i < n; i++) {`,
    ...count(inputs).map((i) => `const x${i} = a${i}[i];`),
    ...lines,
    ...results.map((result, i) => `o${i}[i] = ${result};`),
    "}",
  ];
  return new Function("inputs", "numbers", "outputs", source.join("\n")) as FusedLoop;
}
