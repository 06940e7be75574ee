import { type Graph, inOrder, type Node, type Program } from "../graph.ts";
import { findBlock } from "./block.ts";
import { createSession, type EngineOptions } from "./engine.ts";
import { toInputNames, toModel, toOutputNames } from "./model.ts";

export type { EngineOptions } from "./engine.ts";
export { EngineUnavailable } from "./engine.ts";
export { hasForm, type Names, NoLowering, toModel } from "./model.ts";

/**
 * A graph made ready to run by ONNX Runtime. Each run returns fresh arrays.
 *
 * @throws {NoLowering} where an op has no ONNX form
 * @throws {EngineUnavailable} where the engine, or the device, is missing on this platform
 */
export async function toOnnxProgram(graph: Graph, options: EngineOptions = {}): Promise<Program> {
  const names = { inputs: toInputNames(graph), outputs: toOutputNames(graph) };
  const slots = graph.inputs.map(({ shape, dtype }, i) => ({ name: names.inputs[i]!, shape, dtype }));
  const isOwn = (options.device ?? "cpu") === "cpu" && (options.optimization ?? "all") === "all";
  const block = isOwn && inOrder(graph.outputs).some(isConvolution) ? await findBlock() : undefined;
  return await createSession(toModel(graph, names, { block }), slots, names.outputs, options);
}

function isConvolution(node: Node): boolean {
  return node.kind === "op" && (node.op === "conv2d" || node.op === "convInput");
}
