import { sizeOf } from "../tensor/shape/shape.ts";
import { type Graph, inOrder, type Operation, type Program } from "./graph.ts";
import type { CompileOptions } from "./options.ts";
import { cut, joinParts, type Part } from "./parts.ts";
import { estimate, toScriptProgram } from "./script/program.ts";

/** A graph made ready, and what runs it. */
export interface Chosen {
  readonly program: Program;
  /** `onnxruntime (cpu, 2 threads)`, `TypeScript`, or both. */
  readonly engine: string;
}

/** Makes a graph ready for the device that is asked for, or for what will probably be fastest on the processor. */
export async function choose(graph: Graph, options: CompileOptions): Promise<Chosen> {
  if (graph.outputs.length === 0 || isForTypeScript(graph, options)) return toScript(graph);
  const { threads = process.getBuiltinModule("node:os").availableParallelism() } = options;
  const device = options.device === undefined || options.device === "typescript" ? "cpu" : options.device;
  // a program that never needs the engine does not load what belongs to it
  const { hasForm, toOnnxProgram } = await import("./onnx/program.ts");
  const parts = cut(graph, (node) => !hasForm(node)).map((part) => ({
    ...part,
    isScript: part.isApart || isForTypeScript(part.graph, options),
  }));
  if (parts.every(({ isScript }) => isScript)) return toScript(graph);
  const engine = `onnxruntime (${device}, ${threads} thread${threads === 1 ? "" : "s"})`;
  const make = (part: Graph) => toOnnxProgram(part, { device, threads });
  const ready: (Part & { readonly program: Program })[] = [];
  try {
    if (parts.length === 1) return { program: await make(graph), engine };
    for (const part of parts)
      ready.push({ ...part, program: part.isScript ? toScriptProgram(part.graph) : await make(part.graph) });
    return { program: joinParts(graph, ready), engine: `${engine} and TypeScript` };
  } catch (error) {
    await Promise.all(ready.map(({ program }) => program.release()));
    warnOnce(error instanceof Error ? error.message : String(error));
    return toScript(graph);
  }
}

function isForTypeScript(graph: Graph, { device }: CompileOptions): boolean {
  if (device !== undefined) return device === "typescript";
  return estimate(graph) < Math.min(estimateEngine(graph), LONG);
}

function toScript(graph: Graph): Chosen {
  return { program: toScriptProgram(graph), engine: "TypeScript" };
}

const warned = new Set<string>();

function warnOnce(message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  console.warn(`compile: ${message} Functions are compiled to TypeScript instead.`);
}

/** What takes so many microseconds is a matter of large products, and those are the engine's. */
const LONG = 2_000;
/** What a run of the engine costs whatever it does, and what each of its nodes costs beside its numbers: microseconds. */
const PER_RUN = 15;
const PER_NODE = 1;
/** Numbers that it writes, and multiplications that it adds up, in a microsecond. */
const WRITES = 2_000;
const PRODUCTS = 60_000;

/** Microseconds that a run of the engine is expected to take. */
function estimateEngine({ outputs }: Graph): number {
  return inOrder(outputs).reduce(
    (sum, node) =>
      node.kind === "op" ? sum + PER_NODE + sizeOf(node.shape) / WRITES + countProducts(node) / PRODUCTS : sum,
    PER_RUN,
  );
}

function countProducts({ op, inputs, attrs, shape }: Operation): number {
  const [a, b] = inputs;
  if (op === "matmul")
    return sizeOf(shape) * a!.shape.at((attrs as { readonly transposeA: boolean }).transposeA ? -2 : -1)!;
  if (op === "conv2d" || op === "convInput" || op === "convWeight") {
    const images = op === "conv2d" ? shape : op === "convInput" ? a!.shape : b!.shape;
    const weight = op === "convWeight" ? shape : b!.shape;
    return sizeOf(images) * sizeOf(weight.slice(1));
  }
  return 0;
}
