import { find } from "../../op/apply.ts";
import type { AttrsOf, OpName } from "../../op/signature.ts";
import { type DType, type TypedArray, toArray } from "../../tensor/dtype.ts";
import { type Shape, sizeOf } from "../../tensor/shape/shape.ts";
import type { Constant, Node, Operation } from "../graph.ts";

/** A simpler node with the same values, or nothing. */
export type Rule = (node: Operation, build: Builder) => Node | undefined;

/** Constants up to this size are compared by their values. */
const SMALL = 64;

/** Makes nodes: the same one for the same op of the same inputs, and each as simple as the rules know. */
export class Builder {
  readonly #rules: readonly Rule[];
  readonly #uses: ReadonlyMap<Node, number>;
  readonly #known = new Map<string, Node>();
  readonly #ids = new Map<Node, number>();
  readonly #arrays = new Map<TypedArray, number>();
  readonly #simplest = new Map<Node, Node>();
  /** How often a node of the new graph is used, as far as that follows from the old one. */
  readonly #used = new Map<Node, number>();

  constructor(rules: readonly Rule[], uses: ReadonlyMap<Node, number>) {
    this.#rules = rules;
    this.#uses = uses;
  }

  /** An op on nodes that are simple already. */
  op<K extends OpName>(op: K, inputs: readonly Node[], attrs: AttrsOf<K>): Node {
    const key = this.#toKey(op, inputs, attrs);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { shape, dtype } = find(op).shape(inputs, attrs);
    const made: Operation = { kind: "op", op, inputs, attrs, shape, dtype };
    const simple = this.#rewrite(made);
    this.#known.set(key, simple);
    return simple;
  }

  /** The node of an op, if it is there already. */
  findKnown<K extends OpName>(op: K, inputs: readonly Node[], attrs: AttrsOf<K>): Node | undefined {
    return this.#known.get(this.#toKey(op, inputs, attrs));
  }

  /** A number in a dtype. */
  scalar(value: number, dtype: DType): Constant {
    const data = toArray(dtype, 1);
    data[0] = value;
    return this.constant({ kind: "constant", data, shape: [], dtype });
  }

  constant(constant: Constant): Constant {
    const { data, shape, dtype } = constant;
    const contents = data.length <= SMALL ? toBits(data) : `array ${this.#arrayOf(data)}`;
    const key = `${dtype} [${shape.join()}] ${contents}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known as Constant;
    this.#known.set(key, constant);
    return constant;
  }

  /** The new node for one of the old graph whose inputs have new ones. */
  translate(node: Node): Node {
    const done = this.#simplest.get(node);
    if (done !== undefined) return done;
    const simple = this.#translateAnew(node);
    this.#simplest.set(node, simple);
    this.#used.set(simple, (this.#used.get(simple) ?? 0) + (this.#uses.get(node) ?? 0));
    return simple;
  }

  /** True if nothing else needs this node, so that another may take its place. */
  isUsedOnce(node: Node): boolean {
    return (this.#used.get(node) ?? 1) <= 1;
  }

  /** True if a node was known before another one. */
  isBefore(first: Node, second: Node): boolean {
    return this.#idOf(first) < this.#idOf(second);
  }

  #translateAnew(node: Node): Node {
    if (node.kind === "input") return node;
    if (node.kind === "op")
      return this.op(
        node.op,
        node.inputs.map((input) => this.translate(input)),
        node.attrs as never,
      );
    const uniform = findUniform(node);
    return uniform === undefined
      ? this.constant(node)
      : this.op("broadcastTo", [this.scalar(uniform, node.dtype)], { shape: node.shape });
  }

  #rewrite(node: Operation): Node {
    for (const rule of this.#rules) {
      const simpler = rule(node, this);
      if (simpler !== undefined) return simpler;
    }
    return node;
  }

  #toKey(op: OpName, inputs: readonly Node[], attrs: object): string {
    return `${op} ${inputs.map((input) => this.#idOf(input)).join()} ${toText(attrs)}`;
  }

  #idOf(node: Node): number {
    const id = this.#ids.get(node) ?? this.#ids.size;
    this.#ids.set(node, id);
    return id;
  }

  #arrayOf(data: TypedArray): number {
    const id = this.#arrays.get(data) ?? this.#arrays.size;
    this.#arrays.set(data, id);
    return id;
  }
}

/** The one value of a constant that has more than one element. */
function findUniform({ data }: Constant): number | undefined {
  if (data.length < 2) return undefined;
  const [first] = data;
  for (const value of data) if (!Object.is(value, first)) return undefined;
  return first;
}

/** Distinguishes -0 from 0 and one NaN not from another. */
function toBits(data: TypedArray): string {
  return Array.from(data, (value) => (Object.is(value, -0) ? "-0" : String(value))).join();
}

const texts = new WeakMap<object, string>();

function toText(attrs: object): string {
  const known = texts.get(attrs);
  if (known !== undefined) return known;
  const text = JSON.stringify(attrs, write);
  texts.set(attrs, text);
  return text;
}

/** JSON has no word for some numbers. */
function write(_: string, value: unknown): unknown {
  return typeof value === "number" && !(Number.isFinite(value) && !Object.is(value, -0))
    ? `${1 / value} ${value}`
    : value;
}

/** The value of a constant with one element, also of one that is broadcast. */
export function findNumber(node: Node): number | undefined {
  if (node.kind === "constant") return sizeOf(node.shape) === 1 ? node.data[0] : undefined;
  if (node.kind === "op" && node.op === "broadcastTo") return findNumber(node.inputs[0]!);
  return undefined;
}

/** A node as an op of a kind. */
export function asOp<K extends OpName>(node: Node, op: K): (Operation & { readonly attrs: AttrsOf<K> }) | undefined {
  return node.kind === "op" && node.op === op ? (node as Operation & { readonly attrs: AttrsOf<K> }) : undefined;
}

/** The node in another shape. */
export function reshaped(build: Builder, node: Node, shape: Shape): Node {
  return build.op("reshape", [node], { shape });
}
