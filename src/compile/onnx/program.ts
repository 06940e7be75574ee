import type { Graph, Program } from "../graph.ts";
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
  return await createSession(toModel(graph, names), slots, names.outputs, options);
}
