import type { Shape } from "../../tensor/shape/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { leavesOf, pathsOf, type Tree } from "../../tensor/tree.ts";
import type { Graph, Input } from "../graph.ts";
import { simplify } from "../simplify/simplify.ts";
import { trace } from "../trace/trace.ts";
import { mergeSizes } from "./mergeSizes.ts";

export interface ExportOptions {
  /** Names of the inputs, in order: `x`, or `x0`, `x1`, … unless given; tensors in objects have their own names. */
  readonly inputs?: readonly string[];
  /** Names of the outputs, in order: `y`, or `y0`, `y1`, … unless given; tensors in objects have their own names. */
  readonly outputs?: readonly string[];
  /** Leave the first size of the inputs open, as far as the function does not depend on it: true unless given. */
  readonly dynamicBatch?: boolean;
}

/** What was written. */
export interface Exported {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** The number of rows is open: any batch goes in. */
  readonly dynamicBatch: boolean;
  /** Of the file. */
  readonly bytes: number;
}

export interface Port {
  readonly name: string;
  /** `"batch"` where any size goes in. */
  readonly shape: readonly (number | string)[];
  readonly dtype: string;
}

/**
 * Two numbers of rows that are nothing else's size; what differs between their graphs is what depends on the number. Where they lie on both sides of a size from which an op is
 * written in another way, the next two may not.
 */
const PRIMES = [
  [251, 257],
  [61, 67],
] as const;

/**
 * Writes a function to a file that any ONNX runtime loads: opset 18, standard operators only. Parameters that the function has from outside are in the file.
 *
 * The examples say shapes and dtypes; their values do not matter. The first size of the inputs stays open if the graph allows it (`dynamicBatch` of the result says so).
 *
 * @example
 * const model = nn.linear(4, 2);
 * const params = model.init(random(0));
 * const written = await exportOnnx((x: Tensor) => model.apply(params, x), [tensor.zeros([1, 4])], "model.onnx");
 * written.inputs // [{ name: "x", shape: ["batch", 4], dtype: "float32" }]
 * @throws TypeError `exportOnnx: the function draws random numbers or follows an optimizer, which a file cannot.`
 * @see PyTorch `torch.onnx.export(model, args, f)`
 */
export async function exportOnnx<A extends readonly Tree[]>(
  f: (...args: A) => Tree,
  examples: A,
  path: string | URL,
  options: ExportOptions = {},
): Promise<Exported> {
  const { bytes, ...written } = await toOnnx(f, examples, options);
  const { writeFile } = await import("node:fs/promises");
  await writeFile(path, bytes);
  return { ...written, bytes: bytes.length };
}

/** The same as bytes. */
export async function toOnnx<A extends readonly Tree[]>(
  f: (...args: A) => Tree,
  examples: A,
  options: ExportOptions = {},
): Promise<Omit<Exported, "bytes"> & { readonly bytes: Uint8Array }> {
  const fixed = draw(f, examples, options);
  const { toModel } = await import("../onnx/program.ts");
  const open = options.dynamicBatch === false ? undefined : await leaveOpen(f, examples, options);
  const names = { inputs: fixed.inputs.map(({ name }) => name), outputs: fixed.outputs.map(({ name }) => name) };
  const bytes = open?.bytes ?? toModel(fixed.graph, names);
  const isOpen = open !== undefined;
  const ports = (list: readonly Port[], others: readonly Port[] | undefined) =>
    list.map((port, i) =>
      others === undefined ? port : { ...port, shape: toOpen(port.shape, others[i]!.shape, open!.prime) },
    );
  return {
    inputs: ports(fixed.inputs, open?.inputs),
    outputs: ports(fixed.outputs, open?.outputs),
    dynamicBatch: isOpen,
    bytes,
  };
}

interface Drawn {
  readonly graph: Graph;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** The graph of a function, its inputs and outputs named. */
function draw(f: (...args: never) => Tree, examples: readonly Tree[], options: ExportOptions): Drawn {
  const { graph, plan, result } = trace(f, examples);
  if (plan.steps.length > 0)
    throw new TypeError("exportOnnx: the function draws random numbers or follows an optimizer, which a file cannot.");
  const tensors = examples.flatMap(leavesOf);
  const standIns = graph.outputs.map(({ shape, dtype }) => new Tensor(undefined, shape, dtype));
  const value = result({ tensors, generators: [], states: [], filled: [] }, standIns) as Tree;
  const leaves = leavesOf(value);
  if (leaves.length !== new Set(leaves).size || leaves.some((leaf) => !standIns.includes(leaf)))
    throw new TypeError("exportOnnx: each tensor of the result has to be computed, and be there once.");
  const simple = simplify(graph);
  const inputNames = toNames("x", options.inputs, examples);
  const outputNames = toNames("y", options.outputs, [value]);
  const order = leaves.map((leaf) => standIns.indexOf(leaf));
  const port = ({ shape, dtype }: { shape: Shape; dtype: string }, name: string): Port => ({ name, shape, dtype });
  return {
    graph: { inputs: graph.inputs as readonly Input[], outputs: order.map((i) => simple.outputs[i]!) },
    inputs: graph.inputs.map((input, i) => port(input, inputNames[i]!)),
    outputs: leaves.map((leaf, i) => port(leaf, outputNames[i]!)),
  };
}

/** The model for any number of rows, if the inputs have rows and nothing else depends on how many there are. */
async function leaveOpen(f: (...args: never) => Tree, examples: readonly Tree[], options: ExportOptions) {
  const { toModel } = await import("../onnx/program.ts");
  const rows = leavesOf(examples)[0]?.shape[0];
  if (rows === undefined) return undefined;
  const drawWith = (size: number) => {
    const drawn = draw(f, examples.map((tree) => withRows(tree, rows, size)) as never, options);
    const names = { inputs: drawn.inputs.map(({ name }) => name), outputs: drawn.outputs.map(({ name }) => name) };
    return { ...drawn, bytes: toModel(drawn.graph, names) };
  };
  try {
    for (const sizes of PRIMES) {
      const [one, other] = sizes.map(drawWith);
      const bytes = await mergeSizes(one!.bytes, other!.bytes, sizes);
      if (bytes) return { bytes, inputs: one!.inputs, outputs: one!.outputs, prime: sizes[0] };
    }
  } catch {
    // a function that takes this number of rows only
  }
  return undefined;
}

function withRows(tree: Tree, rows: number, size: number): Tree {
  if (!(tree instanceof Tensor)) {
    if (Array.isArray(tree)) return tree.map((each) => withRows(each as Tree, rows, size));
    return Object.fromEntries(Object.entries(tree).map(([key, each]) => [key, withRows(each as Tree, rows, size)]));
  }
  const [first, ...rest] = tree.shape;
  return new Tensor(undefined, first === rows ? [size, ...rest] : tree.shape, tree.dtype);
}

function toOpen(fixed: Port["shape"], drawn: Port["shape"], prime: number): Port["shape"] {
  return fixed.map((n, axis) => {
    const size = drawn[axis];
    if (size === n || typeof size !== "number") return n;
    return size === prime ? "batch" : `${size / prime}*batch`;
  });
}

/** Names as they are given, else those of the places in the tree. */
function toNames(letter: string, given: readonly string[] | undefined, trees: readonly Tree[]): string[] {
  const paths = trees.length === 1 ? pathsOf(trees[0]!) : pathsOf(trees);
  if (given !== undefined) {
    if (given.length !== paths.length || new Set(given).size !== given.length)
      throw new TypeError(
        `exportOnnx: the names ${given.join(", ") || "(none)"} where ${paths.length} different ones are needed.`,
      );
    return [...given];
  }
  const plain = paths.map((path) => path.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^_+|_+$/g, ""));
  return plain.map((name) => (name === "" ? letter : /^\d/.test(name) ? `${letter}${name}` : name));
}
