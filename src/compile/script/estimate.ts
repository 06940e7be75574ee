import { sizeOf } from "../../tensor/shape/shape.ts";
import { type Graph, inOrder } from "../graph.ts";

/** Microseconds that a run is expected to take. */
export function estimate(graph: Graph): number {
  const order = inOrder(graph.outputs);
  return order.reduce((sum, node) => sum + (node.kind === "op" ? 0.3 + sizeOf(node.shape) * 0.002 : 0), 0);
}
