// Graphs by hand and at random, and their values op by op: the evaluation of each op is tested beside PyTorch in test/op.
import fc from "fast-check";
import { type Graph, type Input, inOrder, type Node, type Operation } from "../../../src/compile/graph.ts";
import { find } from "../../../src/op/apply.ts";
import type { AttrsOf, OpName } from "../../../src/op/signature.ts";
import { type DType, type TypedArray, toArray } from "../../../src/tensor/dtype.ts";
import { sizeOf } from "../../../src/tensor/shape/shape.ts";

export function input(name: string, shape: readonly number[], dtype: DType = "float64"): Input {
  return { kind: "input", name, shape, dtype };
}

export function constant(
  values: readonly number[] | number,
  shape: readonly number[] = [],
  dtype: DType = "float64",
): Node {
  const data = toArray(dtype, sizeOf(shape));
  if (typeof values === "number") data.fill(values);
  else data.set(values);
  return { kind: "constant", shape, dtype, data };
}

export function op<K extends OpName>(name: K, inputs: readonly Node[], attrs: AttrsOf<K>): Operation {
  const spec = find(name).shape(inputs, attrs);
  return { kind: "op", op: name, inputs, attrs, shape: spec.shape, dtype: spec.dtype };
}

/** The outputs, op by op. */
export function evaluate(graph: Graph, inputs: readonly TypedArray[]): TypedArray[] {
  const values = new Map<Node, TypedArray>(graph.inputs.map((each, i) => [each, inputs[i]!]));
  for (const node of inOrder(graph.outputs)) {
    if (node.kind === "constant") values.set(node, node.data);
    if (node.kind !== "op") continue;
    const given = node.inputs.map((each) => ({ shape: each.shape, dtype: each.dtype, data: values.get(each)! }));
    values.set(node, find(node.op).evaluate(given, node.attrs, node));
  }
  return graph.outputs.map((output) => values.get(output)!);
}

/** Numbers with ties, zeros and signs among them. */
export function fillWith(next: () => number, { shape, dtype }: Pick<Input, "shape" | "dtype">): TypedArray {
  const data = toArray(dtype, sizeOf(shape));
  for (let i = 0; i < data.length; i++) {
    const x = next();
    data[i] =
      dtype === "bool"
        ? x < 0.5
          ? 0
          : 1
        : dtype === "int32"
          ? Math.round(x * 6 - 3)
          : x < 0.2
            ? Math.round(x * 20 - 2)
            : x * 4 - 2;
  }
  return data;
}

/** A generator of numbers in [0, 1) from a seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Kind {
  readonly dtypes: readonly DType[];
  readonly unary: readonly OpName[];
  readonly binary: readonly OpName[];
  readonly sizes: readonly number[];
}

export const everything: Kind = {
  dtypes: ["float64", "float64", "float64", "int32", "bool"],
  unary: [
    "neg",
    "abs",
    "sign",
    "exp",
    "tanh",
    "sigmoid",
    "softplus",
    "erf",
    "relu",
    "floor",
    "round",
    "isNaN",
    "not",
    "stopGradient",
    "sin",
    "log",
    "sqrt",
    "reciprocal",
  ],
  binary: ["add", "sub", "mul", "div", "maximum", "minimum", "equal", "less", "greaterEqual", "and", "or", "pow"],
  sizes: [1, 1, 2, 3, 5, 9],
};

/** Float32 ops without jumps, on numbers near 1, where rounding errors stay small. */
export const smooth: Kind = {
  dtypes: ["float32"],
  unary: ["tanh", "sigmoid", "softplus", "erf", "relu", "abs", "neg"],
  binary: ["add", "mul", "maximum", "minimum"],
  sizes: [1, 2, 3, 5, 9],
};

/** A graph of ops chosen at random. */
export function randomGraph(kind: Kind, seed: number, length: number): { graph: Graph; next: () => number } {
  const next = numbers(seed);
  const below = (n: number) => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const empty = kind === everything && next() < 0.03;
  const base = Array.from({ length: 1 + below(3) }, () => (empty && next() < 0.3 ? 0 : pick(kind.sizes)));
  // shapes that broadcast with one another
  const shape = () => base.map((n) => (next() < 0.3 ? 1 : n)).slice(next() < 0.3 ? below(base.length + 1) : 0);
  const inputs = Array.from({ length: 1 + below(3) }, (_, i) => input(`x${i}`, shape(), pick(kind.dtypes)));
  const nodes: Node[] = [...inputs];
  if (next() < 0.7) nodes.push(constant(next() * 2, [], kind.dtypes[0]));
  if (next() < 0.5) {
    const spec = { shape: shape(), dtype: pick(kind.dtypes) };
    nodes.push({ kind: "constant", ...spec, data: fillWith(next, spec) });
  }
  const attempts: (() => Node)[] = [
    () => op(pick(kind.unary) as "neg", [pick(nodes)], {}),
    () => op(pick(kind.unary) as "neg", [nodes.at(-1)!], {}),
    () => op(pick(kind.binary) as "add", [pick(nodes), pick(nodes)], {}),
    () => op(pick(kind.binary) as "add", [nodes.at(-1)!, pick(nodes)], {}),
    () => op(pick(kind.binary) as "add", [nodes.at(-1)!, nodes.at(-2) ?? nodes[0]!], {}),
    () => op("where", [pick(nodes), pick(nodes), pick(nodes)], {}),
    () => op("cast", [pick(nodes)], { dtype: pick(kind.dtypes) }),
    () => {
      const x = pick(nodes);
      const axes = [...x.shape.keys()].filter(() => next() < 0.5);
      const name = pick(
        kind === smooth ? (["sum", "max", "logSumExp"] as const) : (["sum", "max", "min", "logSumExp"] as const),
      );
      return op(name, [x], { axes, keepDims: next() < 0.5 });
    },
    () => {
      const x = pick(nodes);
      if (x.shape.length === 0 || kind === smooth) throw new Error("no axis");
      const axis = below(x.shape.length);
      return pick([
        () => op(pick(["argmax", "argmin"] as const), [x], { axis }),
        () => op("cumsum", [x], { axis, reverse: next() < 0.5 }),
        () => op("argsort", [x], { axis, descending: next() < 0.5 }),
        () => op("flip", [x], { axis }),
      ])();
    },
    () => {
      const x = pick(nodes);
      const order = [...x.shape.keys()].sort(() => next() - 0.5);
      return op("permute", [x], { order });
    },
    () => {
      const x = pick(nodes);
      const size = sizeOf(x.shape);
      const factor = [2, 3, 5, 9].find((n) => n > 1 && size % n === 0);
      return op("reshape", [x], {
        shape:
          next() < 0.4 || factor === undefined
            ? [size]
            : next() < 0.5
              ? [factor, size / factor]
              : [1, size / factor, 1, factor],
      });
    },
    () => {
      const x = pick(nodes);
      return op("broadcastTo", [x], {
        shape: [...(next() < 0.5 ? [2] : []), ...x.shape.map((n) => (n === 1 ? pick(kind.sizes) : n))],
      });
    },
    () => {
      const x = pick(nodes);
      const start = x.shape.map((n) => below(Math.max(1, n - 1)));
      const step = x.shape.map(() => 1 + below(2));
      return op("slice", [x], { start, step, shape: x.shape.map((n, a) => Math.ceil((n - start[a]!) / step[a]!)) });
    },
    () => {
      const x = pick(nodes);
      const start = x.shape.map(() => below(2));
      const step = x.shape.map(() => 1 + below(2));
      return op("pad", [x], {
        start,
        step,
        shape: x.shape.map((n, a) => start[a]! + Math.max(0, n - 1) * step[a]! + 1 + below(2)),
        value: kind === smooth ? 0 : pick([0, 1, -1]),
      });
    },
    () => {
      const [x, y] = [nodes.at(-1)!, pick(nodes)];
      const [transposeA, transposeB] = [next() < 0.5, next() < 0.5];
      return op("matmul", [x, y], { transposeA, transposeB });
    },
    () => {
      const x = pick(nodes);
      return op("concat", [x, nodes.at(-1)!], { axis: below(x.shape.length) });
    },
  ];
  for (let tries = 0; nodes.length < inputs.length + length && tries < 40 * length; tries++) {
    const made = attempt(pick(attempts));
    if (made === undefined || sizeOf(made.shape) > 2000) continue;
    // loops keep float32 unrounded on the way; here every one is rounded, so that results are equal to the last digits
    nodes.push(kind === everything && made.dtype === "float32" ? op("cast", [made], { dtype: "float64" }) : made);
  }
  const outputs = [nodes.at(-1)!, ...nodes.filter(() => next() < 0.2), ...(next() < 0.2 ? [nodes.at(-1)!] : [])];
  return { graph: { inputs, outputs }, next };
}

/** Shapes that do not fit give nothing. */
function attempt(make: () => Node): Node | undefined {
  try {
    const made = make();
    const isMatmul = made.kind === "op" && made.op === "matmul";
    if (isMatmul && !fits(made as Operation)) return undefined;
    return made;
  } catch {
    return undefined;
  }
}

/** `matmul` leaves inner sizes and ranks to its callers. */
function fits({ inputs: [a, b], attrs }: Operation): boolean {
  const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean };
  if (a!.shape.length < 2 || b!.shape.length < 2) return false;
  return a!.shape.at(transposeA ? -2 : -1) === b!.shape.at(transposeB ? -1 : -2);
}

/** The first element that is further off than `tolerance` times the larger of 1 and the largest element (of float64: and itself), as a sentence. */
export function findDifference(results: TypedArray, wanted: TypedArray, tolerance: number): string | undefined {
  const sizes = [...wanted].map(Math.abs).filter(Number.isFinite);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 1);
  for (let i = 0; i < wanted.length; i++) {
    const [got, want] = [results[i]!, wanted[i]!];
    const scale = wanted instanceof Float64Array ? Math.max(1, Math.abs(want)) : largest;
    if (got === want || Object.is(got, want) || Math.abs(got - want) <= tolerance * scale) continue;
    return `[${i}] is ${got}, not ${want}`;
  }
  return undefined;
}

/** A graph as text, to find what broke. */
export function describeGraph({ outputs }: Graph): string {
  const order = inOrder(outputs);
  const at = new Map(order.map((node, i) => [node, i]));
  const lines = order.map((node, i) => {
    const what =
      node.kind === "op"
        ? `${node.op} ${node.inputs.map((each) => `#${at.get(each)}`)} ${JSON.stringify(node.attrs)}`
        : node.kind;
    return `#${i} ${node.dtype} [${node.shape}] ${what}`;
  });
  return [...lines, `outputs ${outputs.map((each) => `#${at.get(each)}`)}`].join("\n");
}

export const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
