import { writeShape } from "../../tensor/shape/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { type Constant, type Graph, inOrder, type Node } from "../graph.ts";
import { isPlainObject } from "./pattern.ts";
import type { Plan, Run } from "./plan.ts";
import type { Traced } from "./trace.ts";

/**
 * What is different in a function that is drawn again for arguments of the same signature, in words; nothing if both do the same. Whatever it has from outside may have
 * changed: a tensor, a number, a flag.
 */
export function findDifference(before: Traced, now: Traced): string | undefined {
  return compareGraphs(before.graph, now.graph) ?? compareNumbers(before.plan, now.plan) ?? compareResults(before, now);
}

function compareGraphs(before: Graph, now: Graph): string | undefined {
  const [old, fresh] = [toLines(before), toLines(now)];
  for (let i = 0; i < Math.min(old.length, fresh.length); i++) {
    const [a, b] = [old[i]!, fresh[i]!];
    if (a.text !== b.text || !isLike(a.node, b.node)) return describeNodes(a.node, b.node);
    if (a.node.kind !== "constant" || b.node.kind !== "constant") continue;
    if (!sameValues(a.node, b.node)) return describeConstants(a.node, b.node);
  }
  if (old.length !== fresh.length) return `it has ${fresh.length} values where it had ${old.length}`;
  return isEach(before.outputs, now.outputs, old, fresh) ? undefined : "it returns its values in another order";
}

/** A node, and what it is made from. */
interface Line {
  readonly node: Node;
  readonly text: string;
}

/** Graphs that do the same have the same texts, line by line. */
function toLines({ inputs, outputs }: Graph): Line[] {
  const order = inOrder(outputs);
  const [places, given] = [toPlaces(order), toPlaces(inputs)];
  return order.map((node) => {
    if (node.kind === "constant") return { node, text: "constant" };
    if (node.kind === "input") return { node, text: `input ${given.get(node)} ${node.name}` };
    return { node, text: `${node.op} ${JSON.stringify(node.attrs)} ${node.inputs.map((each) => places.get(each))}` };
  });
}

function toPlaces(nodes: readonly Node[]): Map<Node, number> {
  return new Map(nodes.map((node, i) => [node, i]));
}

/** Whether outputs are the same lines. */
function isEach(a: readonly Node[], b: readonly Node[], old: readonly Line[], fresh: readonly Line[]): boolean {
  const [before, now] = [toPlaces(old.map(({ node }) => node)), toPlaces(fresh.map(({ node }) => node))];
  return a.length === b.length && a.every((node, i) => before.get(node) === now.get(b[i]!));
}

function isLike(a: Node, b: Node): boolean {
  return a.dtype === b.dtype && String(a.shape) === String(b.shape);
}

function sameValues({ data: a }: Constant, { data: b }: Constant): boolean {
  return a === b || a.every((value, i) => Object.is(value, b[i]));
}

function describeConstants(a: Constant, b: Constant): string {
  if (a.data.length === 1)
    return `a number that it has from outside is ${write(b.data[0])}, and was ${write(a.data[0])}`;
  return `a tensor of shape ${writeShape(a.shape)} that it has from outside has other values`;
}

function describeNodes(a: Node, b: Node): string {
  const [was, is] = [a, b].map((node) =>
    node.kind === "op" ? node.op : node.kind === "input" ? node.name : "a constant",
  );
  return was === is ? `${is} is done otherwise` : `it has ${is} where it had ${was}`;
}

/** The numbers of optimizers, computed both ways from the same state. */
function compareNumbers({ computed: before }: Plan, { computed: now }: Plan): string | undefined {
  for (const [i, { compute, state, rate }] of now.entries()) {
    const old = before[i];
    if (old === undefined) return "it has another optimizer";
    const [is, was] = [compute(state, rate), old.compute(state, old.rate)];
    for (const [name, value] of Object.entries(is))
      if (!Object.is(value, was[name]))
        return `${name} of the optimizer is ${write(value)}, and was ${write(was[name])}`;
  }
  return undefined;
}

/** Plain values of the results. The same tensors stand for the outputs of both; the numbers of states are compared already. */
function compareResults(before: Traced, now: Traced): string | undefined {
  const run: Run = { tensors: [], generators: [], states: new Array(now.plan.states).fill({}), filled: [] };
  const standIns = now.graph.outputs.map(({ shape, dtype }) => new Tensor(undefined, shape, dtype));
  return compareValues(before.result(run, standIns), now.result(run, standIns), "the result");
}

function compareValues(was: unknown, is: unknown, path: string): string | undefined {
  if (was instanceof Tensor && is instanceof Tensor) {
    const isSame = was === is || (was.hasData && is.hasData && sameValues(was as never, is as never));
    return isSame ? undefined : `${path} is another tensor`;
  }
  if ((Array.isArray(was) && Array.isArray(is)) || (isPlainObject(was) && isPlainObject(is))) {
    const [old, fresh] = [Object.entries(was), Object.entries(is)];
    if (String(old.map(([key]) => key)) !== String(fresh.map(([key]) => key))) return `${path} has another form`;
    for (const [i, [key, value]] of fresh.entries()) {
      const found = compareValues(old[i]![1], value, Array.isArray(is) ? `${path}[${key}]` : `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  // functions and objects of a class are others each time
  if (typeof was === typeof is && ["object", "function"].includes(typeof is)) return undefined;
  return Object.is(was, is) ? undefined : `${path} is ${write(is)}, and was ${write(was)}`;
}

function write(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
