import { type AnyOp, find } from "../../op/apply.ts";
import type { Lower, Lowering, Specs, Way } from "../../op/onnx.ts";
import type { Arity } from "../../op/op.ts";
import type { OpName } from "../../op/signature.ts";
import { toArray } from "../../tensor/dtype.ts";
import { sizeOf, writeShape } from "../../tensor/shape/shape.ts";
import type { Spec, Values } from "../../tensor/values.ts";
import { type Graph, inOrder, type Node, type Operation } from "../graph.ts";
import { type Fusion, findFusions } from "./fuse.ts";
import { Writer } from "./writer.ts";

/** An op that standard operators cannot say for these shapes and dtypes: the caller may evaluate in TypeScript instead. */
export class NoLowering extends Error {
  override readonly name = "NoLowering";
}

/** Names of inputs and outputs in the model; by default those of the graph's inputs, and `output0`, `output1`, … */
export interface Names {
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
}

/** Picks one of the ways to write an op. */
export type Choose = (op: OpName, ways: readonly Way[], specs: Specs, attrs: object) => Way | undefined;

export interface Settings {
  /** The cheapest unless given. */
  readonly choose?: Choose;
  /** The model is for this process, whose engine keeps so many channels side by side ({@link Specs.block}). For any runtime unless given. */
  readonly block?: number | undefined;
}

/**
 * A graph as an ONNX model: the bytes of a `.onnx` file.
 *
 * @throws {NoLowering} where an op has no ONNX form, e.g. `solve: float32 [500, 500] and float32 [500] have no ONNX form.`
 */
export function toModel(graph: Graph, names: Names = {}, { choose = cheapest, block }: Settings = {}): Uint8Array {
  const inputs = names.inputs ?? toInputNames(graph);
  const outputs = names.outputs ?? toOutputNames(graph);
  const writer = new Writer([...inputs, ...outputs]);
  const written = new Map<Node, string>();
  graph.inputs.forEach((input, i) => {
    written.set(input, writer.input(inputs[i]!, input));
  });
  const fusions = findFusions(graph);
  const inner = new Set<Node>([...fusions.values()].flatMap((fusion) => fusion.inner));
  for (const node of inOrder(graph.outputs)) {
    if (written.has(node) || inner.has(node)) continue;
    const fusion = fusions.get(node);
    written.set(
      node,
      fusion ? writeFusion(node, fusion, writer, written) : write(node, writer, written, choose, block),
    );
  }
  graph.outputs.forEach((output, i) => {
    writer.output(outputs[i]!, written.get(output)!, output);
  });
  return writer.encode();
}

/** True if standard operators can say an op, for its shapes and dtypes. */
export function hasForm(node: Operation): boolean {
  const lowering = find(node.op).onnx as Lowering<Arity, object>;
  const specs = { inputs: node.inputs, output: node } as Specs;
  return (
    isSettled(node) ||
    typeof lowering === "function" ||
    cheapest(node.op, lowering as readonly Way[], specs, node.attrs) !== undefined
  );
}

/** The names of the inputs, made different from one another. */
export function toInputNames(graph: Graph): string[] {
  const taken = new Set<string>();
  return graph.inputs.map(({ name }) => {
    let free = name;
    for (let i = 1; taken.has(free); i++) free = `${name}_${i}`;
    taken.add(free);
    return free;
  });
}

export function toOutputNames(graph: Graph): string[] {
  const inputs = new Set(toInputNames(graph));
  return graph.outputs.map((_, i) => {
    let name = `output${i}`;
    while (inputs.has(name)) name += "_";
    return name;
  });
}

function write(
  node: Node,
  writer: Writer,
  written: ReadonlyMap<Node, string>,
  choose: Choose,
  block: number | undefined,
): string {
  if (node.kind === "constant") return writer.constant(node.data, node.shape, node.dtype);
  if (node.kind === "input") throw new Error(`The input ${node.name} is not among the graph's inputs.`);
  const op = find(node.op);
  if (isSettled(node)) return writer.constant(evaluateEmpty(op, node), node.shape, node.dtype);
  writer.within(node.op);
  const specs = { inputs: node.inputs, output: node, block } as Specs;
  const inputs = node.inputs.map((input) => written.get(input)!);
  return findLower(node, op.onnx as Lowering<Arity, object>, specs, choose)(writer, inputs as never, node.attrs, specs);
}

function writeFusion(node: Node, fusion: Fusion, writer: Writer, written: ReadonlyMap<Node, string>): string {
  writer.within((node as Operation).op);
  return fusion.write(
    writer,
    fusion.inputs.map((input) => written.get(input)!),
  );
}

/** Where there are no elements, shapes alone say what comes out; the engine's kernels are not made for it. */
function isSettled({ inputs, shape }: Operation): boolean {
  return sizeOf(shape) === 0 || (inputs.length > 0 && inputs.every((input) => sizeOf(input.shape) === 0));
}

function evaluateEmpty(op: AnyOp, { inputs, attrs, shape, dtype }: Operation) {
  if (sizeOf(shape) === 0) return toArray(dtype, 0);
  const empty = inputs.map(
    (input): Values => ({ shape: input.shape, dtype: input.dtype, data: toArray(input.dtype, 0) }),
  );
  return op.evaluate(empty, attrs, { shape, dtype });
}

function findLower(node: Operation, lowering: Lowering<Arity, object>, specs: Specs, choose: Choose): Lower {
  if (typeof lowering === "function") return lowering as Lower;
  const way = choose(node.op, lowering as readonly Way[], specs, node.attrs);
  if (way !== undefined) return way.lower;
  throw new NoLowering(`${node.op}: ${node.inputs.map(describe).join(" and ")} have no ONNX form.`);
}

const cheapest: Choose = (_, ways, specs, attrs) => {
  let best: Way | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const way of ways) {
    const cost = way.cost(specs, attrs);
    if (cost < least) [best, least] = [way, cost];
  }
  return best;
};

function describe({ dtype, shape }: Spec): string {
  return `${dtype} ${writeShape(shape)}`;
}
