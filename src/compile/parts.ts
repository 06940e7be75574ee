import type { TypedArray } from "../tensor/dtype.ts";
import { type Graph, type Input, inOrder, type Node, type Operation, type Program } from "./graph.ts";

/** A stretch of a graph that one engine runs. Its outputs are the nodes of the whole that `gives` names; its inputs stand for those that `takes` does. */
export interface Part {
  readonly graph: Graph;
  readonly takes: readonly Node[];
  readonly gives: readonly Node[];
  /** It is made of the ops that were to be kept apart. */
  readonly isApart: boolean;
}

/**
 * A graph cut before and after the ops that an engine cannot run: what can be computed before any of them, those that can then be computed, what can be computed
 * after those, and so on. Parts that nothing falls into are left out.
 */
export function cut({ outputs }: Graph, isApart: (node: Operation) => boolean): Part[] {
  const stages = new Map<Node, number>();
  const members: Operation[][] = [];
  for (const node of inOrder(outputs)) {
    if (node.kind !== "op") continue;
    // even stages are the engine's, odd ones are those apart
    const before = Math.max(0, ...node.inputs.map((input) => stages.get(input) ?? 0));
    const stage = before % 2 === (isApart(node) ? 1 : 0) ? before : before + 1;
    stages.set(node, stage);
    members[stage] ??= [];
    members[stage].push(node);
  }
  const wanted = new Set(outputs);
  for (const [node, stage] of stages)
    for (const input of (node as Operation).inputs) if (stages.get(input) !== stage) wanted.add(input);
  return members.flatMap((nodes, stage) => [toPart(nodes, wanted, stage % 2 === 1)]);
}

function toPart(nodes: readonly Operation[], wanted: ReadonlySet<Node>, isApart: boolean): Part {
  const own = new Map<Node, Node>();
  const takes: Node[] = [];
  const inputs: Input[] = [];
  const from = (node: Node): Node => {
    const known = own.get(node);
    if (known !== undefined || node.kind === "constant") return known ?? node;
    const { shape, dtype } = node;
    const input: Input = { kind: "input", name: `value${takes.length}`, shape, dtype };
    takes.push(node);
    inputs.push(input);
    own.set(node, input);
    return input;
  };
  for (const node of nodes) own.set(node, { ...node, inputs: node.inputs.map(from) });
  const gives = nodes.filter((node) => wanted.has(node));
  return { graph: { inputs, outputs: gives.map((node) => own.get(node)!) }, takes, gives, isApart };
}

/** One program of the programs of the parts of a graph. */
export function joinParts(
  { inputs, outputs }: Graph,
  parts: readonly (Part & { readonly program: Program })[],
): Program {
  return {
    run: async (given) => {
      const values = new Map<Node, TypedArray>(inputs.map((input, i) => [input, given[i]!]));
      for (const { program, takes, gives } of parts) {
        const made = await program.run(takes.map((node) => values.get(node)!));
        for (const [i, node] of gives.entries()) values.set(node, made[i]!);
      }
      return outputs.map((output) => values.get(output)!);
    },
    release: async () => {
      await Promise.all(parts.map(({ program }) => program.release()));
    },
  };
}
