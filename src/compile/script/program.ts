import { find } from "../../op/apply.ts";
import { type TypedArray, toArray } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape/shape.ts";
import { type Graph, inOrder, type Node, type Program } from "../graph.ts";

/** A graph as JavaScript. There is no engine to wait for, so it also runs at once, and into arrays that the caller owns. */
export interface ScriptProgram extends Program {
  /** The values of the outputs, in new arrays. */
  runNow(inputs: readonly TypedArray[]): TypedArray[];
  /** Writes the values of the outputs into arrays that are not among the inputs. */
  runInto(inputs: readonly TypedArray[], outputs: readonly TypedArray[]): void;
}

/** Makes a graph ready to run without an engine. */
export function toScriptProgram(graph: Graph): ScriptProgram {
  const order = inOrder(graph.outputs);
  const runInto = (inputs: readonly TypedArray[], outputs: readonly TypedArray[]) => {
    const values = new Map<Node, TypedArray>(graph.inputs.map((input, i) => [input, inputs[i]!]));
    for (const node of order) {
      if (node.kind === "constant") values.set(node, node.data);
      if (node.kind !== "op") continue;
      const given = node.inputs.map((input) => ({ shape: input.shape, dtype: input.dtype, data: values.get(input)! }));
      values.set(node, find(node.op).evaluate(given, node.attrs, node));
    }
    for (const [i, output] of graph.outputs.entries()) outputs[i]!.set(values.get(output)!);
  };
  const runNow = (inputs: readonly TypedArray[]) => {
    const outputs = graph.outputs.map(({ dtype, shape }) => toArray(dtype, sizeOf(shape)));
    runInto(inputs, outputs);
    return outputs;
  };
  return { runInto, runNow, run: async (inputs) => runNow(inputs), release: async () => {} };
}

/** Microseconds that a run is expected to take. */
export function estimate(graph: Graph): number {
  const order = inOrder(graph.outputs);
  return order.reduce((sum, node) => sum + (node.kind === "op" ? 0.3 + sizeOf(node.shape) * 0.002 : 0), 0);
}
