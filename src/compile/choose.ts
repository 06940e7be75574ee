import type { Graph, Program } from "./graph.ts";
import type { CompileOptions } from "./options.ts";
import { toScriptProgram } from "./script/program.ts";

/** A graph made ready, and what runs it. */
export interface Chosen {
  readonly program: Program;
  /** `onnxruntime (cpu)` or `TypeScript`. */
  readonly engine: string;
}

/** Makes a graph ready for what will probably be fastest. */
export async function choose(graph: Graph, _options: CompileOptions): Promise<Chosen> {
  return { program: toScriptProgram(graph), engine: "TypeScript" };
}
