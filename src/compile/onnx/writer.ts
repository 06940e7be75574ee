import type { onnx } from "onnx-proto";
import type { OnnxAttributes, OnnxGraph, OnnxType } from "../../op/onnx.ts";
import type { TypedArray } from "../../tensor/dtype.ts";
import type { Shape } from "../../tensor/shape/shape.ts";
import type { Spec } from "../../tensor/values.ts";

/** Opset 18 has everything that the lowerings use; with IR version 8 every ONNX runtime from 1.14 (2023) on reads it. */
const OPSET = 18;
const IR_VERSION = 8;

type Schema = typeof import("onnx-proto");
type Data = TypedArray | BigInt64Array;

/** Numbers of `TensorProto.DataType`. */
const types: Readonly<Record<OnnxType, number>> = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 };

/** Numbers of `AttributeProto.AttributeType`. */
const FLOAT = 1;
const INT = 2;
const STRING = 3;
const INTS = 7;

/** Writes an ONNX graph node by node and encodes it. */
export class Writer implements OnnxGraph {
  readonly #nodes: onnx.INodeProto[] = [];
  readonly #inputs: onnx.IValueInfoProto[] = [];
  readonly #outputs: onnx.IValueInfoProto[] = [];
  readonly #constants: onnx.ITensorProto[] = [];
  /** Constants that may be equal, by type, shape and first bytes. */
  readonly #alike = new Map<string, { name: string; bytes: Uint8Array }[]>();
  readonly #taken: Set<string>;
  /** Of operators that are not of the standard. */
  readonly #domains = new Set<string>();
  /** What nodes make, and what of it is an output under another name. */
  readonly #made = new Set<string>();
  readonly #renamed = new Map<string, string>();
  #op = "value";

  /** Names that inputs and outputs have or get are kept free. */
  constructor(reserved: readonly string[] = []) {
    this.#taken = new Set(reserved);
  }

  /** Nodes from now on are named after this op: messages of the engine name the node. */
  within(op: string): void {
    this.#op = op;
  }

  input(name: string, spec: Spec): string {
    this.#inputs.push(toValueInfo(name, spec));
    return name;
  }

  output(name: string, value: string, spec: Spec): void {
    this.#outputs.push(toValueInfo(name, spec));
    const isMade = this.#made.has(value) && !this.#renamed.has(value);
    // what a node makes gets the name of the output; a copy would cost the engine a pass over memory
    if (isMade) this.#renamed.set(value, name);
    else this.#nodes.push({ name, opType: "Identity", input: [value], output: [name] });
  }

  node(operator: string, inputs: readonly string[], attributes: OnnxAttributes = {}): string {
    return this.nodes(operator, inputs, 1, attributes)[0]!;
  }

  nodes(
    operator: string,
    inputs: readonly string[],
    outputs: number,
    attributes: OnnxAttributes = {},
  ): readonly string[] {
    const names = Array.from({ length: outputs }, () => this.#freshName());
    for (const name of names) this.#made.add(name);
    const dot = operator.lastIndexOf(".");
    const domain = operator.slice(0, Math.max(0, dot));
    if (domain !== "") this.#domains.add(domain);
    this.#nodes.push({
      name: names[0]!,
      domain,
      opType: operator.slice(dot + 1),
      input: [...inputs],
      output: names,
      attribute: Object.entries(attributes).map(([name, value]) => toAttribute(name, value)),
    });
    return names;
  }

  constant(values: readonly number[] | TypedArray, shape: Shape, type: OnnxType): string {
    const data = toData(values, type);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const key = `${type}[${shape}]${bytes.subarray(0, 32)}`;
    const alike = this.#alike.get(key) ?? [];
    this.#alike.set(key, alike);
    const same = alike.find((other) => isEqual(other.bytes, bytes));
    if (same !== undefined) return same.name;
    const name = this.#freshName("constant");
    alike.push({ name, bytes });
    this.#constants.push({ name, dims: [...shape], dataType: types[type], rawData: bytes });
    return name;
  }

  /** The whole model, as the bytes of a file. */
  encode(): Uint8Array {
    const { onnx } = loadSchema();
    const rename = (names: readonly string[]) => names.map((name) => this.#renamed.get(name) ?? name);
    const node = this.#nodes.map((each) => ({ ...each, input: rename(each.input!), output: rename(each.output!) }));
    return onnx.ModelProto.encode({
      irVersion: IR_VERSION,
      producerName: "lossbook",
      opsetImport: [{ domain: "", version: OPSET }, ...[...this.#domains].map((domain) => ({ domain, version: 1 }))],
      graph: {
        name: "lossbook",
        node,
        input: this.#inputs,
        output: this.#outputs,
        initializer: this.#constants,
      },
    }).finish();
  }

  #freshName(stem = this.#op): string {
    let name = `${stem}_${this.#taken.size}`;
    while (this.#taken.has(name)) name += "_";
    this.#taken.add(name);
    return name;
  }
}

let schema: Schema | undefined;

/** The protobuf schema of ONNX, loaded at its first use: it takes longer to load than the whole runtime. */
export function loadSchema(): Schema {
  schema ??= process.getBuiltinModule("node:module").createRequire(import.meta.url)("onnx-proto") as Schema;
  return schema;
}

function toValueInfo(name: string, { shape, dtype }: Spec): onnx.IValueInfoProto {
  const dim = shape.map((dimValue) => ({ dimValue }));
  return { name, type: { tensorType: { elemType: types[dtype], shape: { dim } } } };
}

function toAttribute(name: string, value: OnnxAttributes[string]): onnx.IAttributeProto {
  if (typeof value === "string") return { name, type: STRING, s: new TextEncoder().encode(value) };
  if (typeof value === "number")
    return Number.isInteger(value) ? { name, type: INT, i: value } : { name, type: FLOAT, f: value };
  if ("float" in value) return { name, type: FLOAT, f: value.float };
  if ("type" in value) return { name, type: INT, i: types[value.type] };
  return { name, type: INTS, ints: [...value] };
}

function toData(values: readonly number[] | TypedArray, type: OnnxType): Data {
  if (type === "int64") return BigInt64Array.from(Array.from(values, BigInt));
  const Array_ = { float32: Float32Array, float64: Float64Array, int32: Int32Array, bool: Uint8Array }[type];
  return values instanceof Array_ ? values : Array_.from(values);
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
