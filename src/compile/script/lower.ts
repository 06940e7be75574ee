import { find } from "../../op/apply.ts";
import type { OpName, Placing, Reducing } from "../../op/signature.ts";
import type { DType } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape/shape.ts";
import type { Spec } from "../../tensor/values.ts";
import { type Constant, type Graph, inOrder, type Node, type Operation } from "../graph.ts";
import { type Affine, constant, plus, times, zero } from "./affine.ts";
import { toSource } from "./source.ts";
import type { Call, Fold, FoldRule, Given, Known, Pointwise, Value, View } from "./value.ts";

/** A matrix product with more multiplications than this is left to the kernel that packs its panels. */
const smallProduct = 8192;

/** The values behind the outputs of a graph; equal ones are one. */
export function lower(graph: Graph): Value[] {
  const values = new Map<Node, Value>();
  const maker = new Maker();
  graph.inputs.forEach((input, index) => {
    values.set(input, maker.given(input, index));
  });
  for (const node of inOrder(graph.outputs)) {
    if (node.kind === "input" && !values.has(node))
      throw new Error(`compile: the input ${node.name} is used and not among the inputs of the graph.`);
    if (node.kind === "constant") values.set(node, maker.known(node));
    if (node.kind === "op") {
      const inputs = node.inputs.map((input) => values.get(input)!);
      values.set(node, (rules[node.op] ?? otherwise)(maker, inputs, node));
    }
  }
  return graph.outputs.map((output) => values.get(output)!);
}

/** Makes values, each once. */
class Maker {
  readonly #known = new Map<string, Value>();
  #next = 0;

  given({ shape, dtype }: Spec, index: number): Value {
    return this.#once<Given>({ kind: "given", shape, dtype, of: [], index }, `given ${index}`);
  }

  known({ shape, dtype, data }: Constant): Value {
    const literal = data.length > 0 && data.every((x) => Object.is(x, data[0])) ? data[0] : undefined;
    const name = literal === undefined ? `known ${this.#next}` : `known ${toSource(literal)} ${dtype} ${shape}`;
    return this.#once<Known>({ kind: "known", shape, dtype, of: [], data, literal }, name);
  }

  view(of: Value, { shape, dtype }: Spec, name: string, from: View["from"], flat = false): Value {
    return this.#once<View>({ kind: "view", shape, dtype, of: [of], from, flat }, `${name} ${shape} ${of.id}`);
  }

  pointwise(formula: string, of: readonly Value[], { shape, dtype }: Spec, steps = 0): Value {
    const name = `${formula} ${dtype} ${of.map(({ id }) => id)} ${shape}`;
    return this.#once<Pointwise>({ kind: "pointwise", formula, of, shape, dtype, steps }, name);
  }

  fold(rule: FoldRule, of: Value, axes: readonly number[], spec: Spec): Value {
    const rest = [...of.shape.keys()].filter((axis) => !axes.includes(axis));
    const kept =
      spec.shape.length === rest.length ? rest : [...of.shape.keys()].map((a) => (axes.includes(a) ? -1 : a));
    const { shape, dtype } = spec;
    const name = `${rule} ${axes} ${shape} ${dtype} ${of.id}`;
    return this.#once<Fold>({ kind: "fold", rule, of: [of], axes, kept, shape, dtype }, name);
  }

  call(op: OpName, of: readonly Value[], attrs: object, { shape, dtype }: Spec): Value {
    const name = `${op} ${of.map(({ id }) => id)} ${JSON.stringify(attrs, (_, x) => (typeof x === "number" ? String(x) : x))}`;
    return this.#once<Call>({ kind: "call", op, of, attrs, shape, dtype }, name);
  }

  #once<V extends Value>(value: Omit<V, "id">, name: string): Value {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const made = { ...value, id: this.#next++ } as unknown as Value;
    this.#known.set(name, made);
    return made;
  }
}

type Rule = (maker: Maker, inputs: readonly Value[], node: Operation) => Value;

/** Everything that has a formula is a loop; the rest is called. */
const otherwise: Rule = (maker, inputs, node) => {
  const { formula } = find(node.op);
  if (formula === undefined) return maker.call(node.op, inputs, node.attrs, node);
  return maker.pointwise(formula, inputs, node, widens(inputs, node) ? inputs.length : stepping[node.op]);
};

/** Float32 numbers that go on as float64 show what they were rounded to. */
function widens(inputs: readonly Spec[], { dtype }: Spec): boolean {
  return dtype === "float64" && inputs.some((input) => input.dtype === "float32");
}

/** Ops whose result jumps, and how many of their inputs decide it. */
const stepping: { readonly [K in OpName]?: number } = {
  sign: 1,
  floor: 1,
  ceil: 1,
  round: 1,
  isNaN: 1,
  not: 1,
  where: 1,
  equal: 2,
  notEqual: 2,
  less: 2,
  lessEqual: 2,
  greater: 2,
  greaterEqual: 2,
  and: 2,
  or: 2,
};

/** Powers that cost a multiplication where `Math.pow` costs forty. */
export const powers: Readonly<Record<number, string>> = { [-1]: "1 / x", 2: "x * x", 3: "x * x * x" };

const same: Rule = (maker, [x], node) => maker.view(x!, node, "same", (index) => index, true);

const rules: { readonly [K in OpName]?: Rule } = {
  stopGradient: same,
  cast: (maker, [x], node) => {
    const { dtype } = node;
    if (x!.dtype === dtype) return same(maker, [x!], node);
    if (dtype === "bool") return maker.pointwise("x !== 0 ? 1 : 0", [x!], node, 1);
    return maker.pointwise("x", [x!], node, dtype === "int32" || widens([x!], node) ? 1 : 0);
  },
  reshape: (maker, [x], node) => maker.view(x!, node, "reshape", reshaping(node.shape, x!.shape), true),
  permute: (maker, [x], node) => {
    const { order } = node.attrs as { order: readonly number[] };
    return maker.view(x!, node, `permute ${order}`, (index) => order.map((_, axis) => index[order.indexOf(axis)]!));
  },
  broadcastTo: (maker, [x], node) => {
    const offset = node.shape.length - x!.shape.length;
    return maker.view(x!, node, "broadcast", (index) =>
      x!.shape.map((n, axis) => (n === 1 ? zero : index[axis + offset]!)),
    );
  },
  slice: (maker, [x], node) => {
    const { start, step } = node.attrs as Placing;
    const from = (index: readonly Affine[]) =>
      index.map((i, axis) => plus(constant(start[axis]!), times(i, step[axis]!)));
    return maker.view(x!, node, `slice ${start} ${step}`, from);
  },
  flip: (maker, [x], node) => {
    const { axis } = node.attrs as { axis: number };
    const last = constant(node.shape[axis]! - 1);
    return maker.view(x!, node, `flip ${axis}`, (index) =>
      index.map((i, k) => (k === axis ? plus(last, times(i, -1)) : i)),
    );
  },
  pow: (maker, inputs, node) => {
    const [x, y] = inputs;
    const formula = y!.kind === "known" && y!.literal !== undefined ? powers[y!.literal] : undefined;
    return formula === undefined ? otherwise(maker, inputs, node) : maker.pointwise(formula, [x!], node);
  },
  sum: folding("sum"),
  max: folding("max"),
  min: folding("min"),
  argmax: locating("argmax"),
  argmin: locating("argmin"),
  logSumExp: (maker, [x], node) => {
    const { axes } = node.attrs as Reducing;
    const whole = { shape: x!.shape, dtype: "float64" as DType };
    const kept = { shape: x!.shape.map((n, axis) => (axes.includes(axis) ? 1 : n)), dtype: "float64" as DType };
    const largest = maker.fold("max", x!, axes, kept);
    const shift = maker.pointwise("x - x === 0 ? x : 0", [largest], kept);
    const sum = maker.fold("sum", maker.pointwise("Math.exp(x - y)", [x!, shift], whole), axes, kept);
    const result = maker.pointwise("Math.log(x) + y", [sum, shift], { shape: kept.shape, dtype: node.dtype });
    return maker.view(result, node, "reshape", reshaping(node.shape, kept.shape), true);
  },
  matmul: (maker, [a, b], node) => {
    const { transposeA, transposeB } = node.attrs as { transposeA: boolean; transposeB: boolean };
    const inner = a!.shape.at(transposeA ? -2 : -1)!;
    if (sizeOf(node.shape) * inner > smallProduct) return maker.call("matmul", [a!, b!], node.attrs, node);
    // Σₖ a[…, i, k] b[…, k, j] over the axes […, i, j, k], in double precision
    const space = { shape: [...node.shape, inner], dtype: "float64" as DType };
    const rank = space.shape.length;
    const side = (x: Value, name: string, row: number, column: number) =>
      maker.view(x, { shape: space.shape, dtype: x.dtype }, `${name} ${row} ${column}`, (index) => [
        ...x.shape.slice(0, -2).map((n, axis) => (n === 1 ? zero : index[axis + rank - 1 - x.shape.length]!)),
        index[rank + row]!,
        index[rank + column]!,
      ]);
    const left = transposeA ? side(a!, "left", -1, -3) : side(a!, "left", -3, -1);
    const right = transposeB ? side(b!, "right", -2, -1) : side(b!, "right", -1, -2);
    return maker.fold("sum", maker.pointwise("x * y", [left, right], space), [rank - 1], node);
  },
};

function folding(rule: FoldRule): Rule {
  return (maker, [x], node) => maker.fold(rule, x!, (node.attrs as Reducing).axes, node);
}

function locating(rule: FoldRule): Rule {
  return (maker, [x], node) => maker.fold(rule, x!, [(node.attrs as { axis: number }).axis], node);
}

/** Where an element of a reshaped value comes from, if every axis it comes from is a run of axes of the result. */
function reshaping(to: readonly number[], from: readonly number[]): View["from"] {
  if (sizeOf(to) === 0) return undefined;
  const groups: number[][] = [];
  let axis = 0;
  for (const n of from) {
    const group: number[] = [];
    let size = 1;
    while (size < n && axis < to.length) {
      group.push(axis);
      size *= to[axis++]!;
    }
    if (size !== n) return undefined;
    groups.push(group);
  }
  return (index) =>
    groups.map((group) =>
      group.reduce((flat, axis) => (to[axis] === 1 ? flat : plus(times(flat, to[axis]!), index[axis]!)), zero),
    );
}
