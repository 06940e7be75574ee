import { find } from "../../op/apply.ts";
import * as special from "../../op/kernel/special.ts";
import { type TypedArray, toArray } from "../../tensor/dtype.ts";
import { type Shape, sizeOf, writeShape } from "../../tensor/shape/shape.ts";
import type { Spec } from "../../tensor/values.ts";
import type { Graph, Program } from "../graph.ts";
import { lower } from "./lower.ts";
import { toMemories } from "./memory.ts";
import { type Step, schedule } from "./schedule.ts";
import { findStored, toMemory } from "./stored.ts";
import type { Call, Value } from "./value.ts";

export { estimate } from "./estimate.ts";

/** A graph as JavaScript. There is no engine to wait for, so it also runs at once, and into arrays that the caller owns. */
export interface ScriptProgram extends Program {
  /** The values of the outputs, in new arrays that share no memory with the inputs. */
  runNow(inputs: readonly TypedArray[]): TypedArray[];
  /**
   * Writes the values of the outputs into arrays of the caller: of the outputs' sizes and dtypes, in memory of their own. That two views of one buffer do not
   * overlap is not checked.
   *
   * @throws RangeError if an array is of the wrong size or dtype, or there twice: `compile: output 0 is also input 1; it would be written while it is read`
   */
  runInto(inputs: readonly TypedArray[], outputs: readonly TypedArray[]): void;
}

/**
 * Makes a graph ready to run without an engine: one JavaScript function in which chains of ops are single loops.
 *
 * 1. nodes become values: what has a formula, what sums up, what only sees others in another place, what is called
 * 2. the few values that need memory are told from those that live inside a loop
 * 3. values of one space share a loop; loops are written and compiled
 * 4. memory is laid out once, and used again by values that come later
 *
 * Loops compute in double precision and round where a value is stored or compared.
 */
export function toScriptProgram(graph: Graph): ScriptProgram {
  const outputs = lower(graph);
  const stored = findStored(outputs);
  const steps = schedule(outputs, stored);
  const call = compile(steps, outputs);
  const runInto = (inputs: readonly TypedArray[], results: readonly TypedArray[]) => {
    check("input", graph.inputs, inputs);
    check("output", graph.outputs, results);
    checkApart(inputs, results);
    call(inputs, results);
  };
  const runNow = (inputs: readonly TypedArray[]) => {
    check("input", graph.inputs, inputs);
    const results = graph.outputs.map(({ dtype, shape }) => toArray(dtype, sizeOf(shape)));
    call(inputs, results);
    return results;
  };
  return { runInto, runNow, run: async (inputs) => runNow(inputs), release: async () => {} };
}

type Run = (inputs: readonly TypedArray[], outputs: readonly TypedArray[]) => void;

function compile(steps: readonly Step[], outputs: readonly Value[]): Run {
  const results = new Map<Value, number>();
  outputs.forEach((output, k) => {
    const value = toMemory(output);
    const isMade = value.kind !== "given" && value.kind !== "known";
    if (isMade && !results.has(value)) results.set(value, k);
  });
  const memories = toMemories(steps, (value) => results.has(value));
  const constants: TypedArray[] = [];
  const functions = new Map<string, string>();
  const calls: ((...inputs: TypedArray[]) => TypedArray)[] = [];
  const own = [...memories.values()];
  const names = new Map([...memories.keys()].map((value, i) => [value, `t${i}`]));
  const nameOf = (value: Value): string => {
    const memory = toMemory(value);
    if (memory.kind === "given") return `x[${memory.index}]`;
    if (results.has(memory)) return `o[${results.get(memory)}]`;
    // no loop makes an empty value, so it has no memory of its own
    const data =
      memory.kind === "known" ? memory.data : sizeOf(memory.shape) === 0 ? toArray(memory.dtype, 0) : undefined;
    if (data !== undefined && !names.has(memory)) names.set(memory, `c${constants.push(data) - 1}`);
    return names.get(memory)!;
  };
  const lines = steps.map((step) => {
    if (step.kind === "loops") {
      const parameters = step.memories.map((_, i) => `p${i}`).join(", ");
      const source = `(${parameters}) {\n${step.source}\n}`;
      const key = `${step.memories.map(({ dtype }) => dtype)} ${source}`;
      if (!functions.has(key)) functions.set(key, `f${functions.size}`);
      return `${functions.get(key)}(${step.memories.map(nameOf).join(", ")});`;
    }
    const made = `calls[${calls.push(toCall(step.value)) - 1}](${step.value.of.map(nameOf).join(", ")})`;
    if (results.has(step.value)) return `${nameOf(step.value)}.set(${made});`;
    names.set(step.value, `r${calls.length}`);
    return `const r${calls.length} = ${made};`;
  });
  const copies = outputs.flatMap((output, k) =>
    nameOf(output) === `o[${k}]` ? [] : [`o[${k}].set(${nameOf(output)});`],
  );
  const source = [
    `"use strict";`,
    "const { fround } = Math;",
    `const { ${Object.keys(special).join(", ")} } = special;`,
    ...own.map((_, i) => `const t${i} = own[${i}];`),
    ...constants.map((_, i) => `const c${i} = constants[${i}];`),
    ...[...functions].map(([key, name]) => `function ${name}${key.slice(key.indexOf("("))}`),
    "return function (x, o) {",
    ...lines,
    ...copies,
    "};",
  ].join("\n");
  return new Function("special", "own", "constants", "calls", source)(special, own, constants, calls) as Run;
}

function toCall({ op, of, attrs, shape, dtype }: Call): (...inputs: TypedArray[]) => TypedArray {
  const record = find(op);
  const specs = of.map((input) => ({ shape: input.shape, dtype: input.dtype }));
  const output = { shape, dtype };
  return (...inputs) =>
    record.evaluate(
      inputs.map((data, i) => ({ data, shape: specs[i]!.shape, dtype: specs[i]!.dtype })),
      attrs,
      output,
    );
}

function check(role: string, specs: readonly Spec[], arrays: readonly TypedArray[]): void {
  if (arrays.length !== specs.length)
    throw new RangeError(`compile: ${arrays.length} ${role}s where ${specs.length} are needed.`);
  for (let i = 0; i < arrays.length; i++) {
    const { shape, dtype } = specs[i]!;
    const array = arrays[i]!;
    if (array.length !== sizeOf(shape) || kinds[dtype] !== array.constructor)
      throw new RangeError(
        `compile: ${role} ${i} is ${array.constructor.name} of ${array.length} where ${kinds[dtype].name} of ${sizeOf(shape)} is needed, for shape ${writeShape(shape as Shape)}.`,
      );
  }
}

const kinds = { float32: Float32Array, float64: Float64Array, int32: Int32Array, bool: Uint8Array } as const;

function checkApart(inputs: readonly TypedArray[], outputs: readonly TypedArray[]): void {
  for (let k = 0; k < outputs.length; k++) {
    const input = inputs.indexOf(outputs[k]!);
    if (input >= 0)
      throw new RangeError(`compile: output ${k} is also input ${input}; it would be written while it is read.`);
    const first = outputs.indexOf(outputs[k]!);
    if (first < k) throw new RangeError(`compile: output ${k} is also output ${first}; one would replace the other.`);
  }
}
