import { type Graph, inOrder, type Node } from "../graph.ts";
import { addNothing } from "./addNothing.ts";
import { Builder, type Rule } from "./builder.ts";
import { castOnce } from "./castOnce.ts";
import { commutePooling } from "./commutePooling.ts";
import { dropBroadcast } from "./dropBroadcast.ts";
import { dropOnes } from "./dropOnes.ts";
import { factorOut } from "./factorOut.ts";
import { foldConstants } from "./foldConstants.ts";
import { foldNegation } from "./foldNegation.ts";
import { joinFactors } from "./joinFactors.ts";
import { joinMasks } from "./joinMasks.ts";
import { joinQuotients } from "./joinQuotients.ts";
import { joinReshapes, joinReshapesAroundColumns } from "./joinReshapes.ts";
import { joinSums } from "./joinSums.ts";
import { joinTerms } from "./joinTerms.ts";
import { permuteOnce } from "./permuteOnce.ts";
import { scaleInside } from "./scaleInside.ts";
import { shiftAfterPooling } from "./shiftAfterPooling.ts";
import { transposeInside } from "./transposeInside.ts";

const rules: readonly Rule[] = [
  castOnce,
  foldConstants,
  addNothing,
  dropBroadcast,
  joinReshapes,
  permuteOnce,
  transposeInside,
  joinSums,
  foldNegation,
  joinFactors,
  factorOut,
  joinQuotients,
  scaleInside,
  joinMasks,
  commutePooling,
  shiftAfterPooling,
];

const lastRules = [...rules.map((rule) => (rule === joinReshapes ? joinReshapesAroundColumns : rule)), dropOnes];

/**
 * The same values with less work: what is computed twice is computed once, what nobody needs not at all, and rule by rule what has a simpler form is written in
 * it. Values stay as they are but for rounding. Inputs stay the objects that they are; those that nothing depends on are left out.
 */
export function simplify(graph: Graph): Graph {
  // how often something is used is known once equal things are one
  const joined = joinTerms(rewrite(rewrite(graph, []), rules));
  // columns lose their last axis when all is joined: beside values that keep it they would not be recognised
  return rewrite(joined, lastRules);
}

function rewrite(graph: Graph, by: readonly Rule[]): Graph {
  const order = inOrder(graph.outputs);
  const uses = new Map<Node, number>();
  const count = (node: Node) => uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const node of order) if (node.kind === "op") node.inputs.forEach(count);
  graph.outputs.forEach(count);
  const build = new Builder(by, uses);
  for (const node of order) build.translate(node);
  const outputs = graph.outputs.map((output) => build.translate(output));
  const left = new Set(inOrder(outputs));
  return { inputs: graph.inputs.filter((input) => left.has(input)), outputs };
}
