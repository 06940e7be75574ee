import { type DType, type TypedArray, toArray } from "../../tensor/dtype.ts";
import { ShapeError, writeShape } from "../../tensor/shape/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { type CompileOptions, checkOptions } from "../options.ts";
import type { Port } from "./exportOnnx.ts";

/** A model from a file. */
export interface Loaded {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Tensors in and out, by name. */
  run(feeds: { readonly [name: string]: Tensor }): Promise<{ [name: string]: Tensor }>;
  /** Lets go of the engine's memory. */
  release(): Promise<void>;
}

/** Element types of ONNX that become ours, and the type that goes in. */
const dtypes: Readonly<Record<string, DType>> = {
  float32: "float32",
  float64: "float64",
  int32: "int32",
  int64: "int32",
  bool: "bool",
};

/**
 * Opens an ONNX model, of a file or of its bytes, whoever wrote it; onnxruntime-node runs it. Whole numbers of 64 bits go in as int32 and come out as int32.
 *
 * @example
 * const model = nn.linear(4, 2);
 * await model.export("model.onnx", model.init(random(0)), { input: [1, 4] });
 * const loaded = await loadOnnx("model.onnx");
 * (await loaded.run({ x: tensor.zeros([3, 4]) })).y.shape // [3, 2]
 * @throws TypeError `loadOnnx: the model takes x, got z.`
 * @throws ShapeError `loadOnnx: x has shape [3, 5] where [batch, 4] is needed`
 * @throws RangeError `loadOnnx: the output label has 4294967296 at 0, which int32 does not hold.`
 */
export async function loadOnnx(model: string | URL | Uint8Array, options: CompileOptions = {}): Promise<Loaded> {
  checkOptions(options, "loadOnnx");
  const { device = "cpu", threads } = options;
  if (device === "typescript") throw new RangeError('loadOnnx: a model cannot run on "typescript"; leave device out.');
  const { openSession } = await import("../onnx/engine.ts");
  const bytes = model instanceof Uint8Array ? model : await read(model);
  const { session, engine } = await openSession(bytes, { device, ...(threads !== undefined && { threads }) });
  const inputs = session.inputMetadata.map(toPort);
  const outputs = session.outputMetadata.map(toPort);
  let isReleased = false;
  return {
    inputs: inputs.map(withoutWide),
    outputs: outputs.map(withoutWide),
    async run(feeds) {
      if (isReleased) throw new Error("loadOnnx: the model was released; load it again.");
      checkNames(inputs, feeds);
      for (const port of inputs) checkShape(port, feeds[port.name]!);
      const given = inputs.map(({ name, dtype }) => {
        const { data, shape } = feeds[name]!.to(dtypes[dtype]!);
        const values = dtype === "int64" ? BigInt64Array.from(data, BigInt) : data;
        return [name, new engine.Tensor(dtype as "float32", values as Float32Array, shape)] as const;
      });
      const results = await session.run(Object.fromEntries(given));
      return Object.fromEntries(
        outputs.map(({ name, dtype }) => {
          const { data, dims } = results[name]!;
          return [name, new Tensor(toData(name, data, dtypes[dtype]!), [...dims], dtypes[dtype]!)];
        }),
      );
    },
    release: async () => {
      if (!isReleased) await session.release();
      isReleased = true;
    },
  };
}

async function read(path: string | URL): Promise<Uint8Array> {
  const { readFile } = await import("node:fs/promises");
  return readFile(path);
}

interface Metadata {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

function toPort({ name, isTensor, type = "", shape = [] }: Metadata): Port {
  if (!isTensor || dtypes[type] === undefined)
    throw new TypeError(
      `loadOnnx: ${name} is of type ${type || "no tensor"} where one of ${Object.keys(dtypes).join(", ")} is needed.`,
    );
  return { name, dtype: type, shape: [...shape] };
}

function withoutWide(port: Port): Port {
  return { ...port, dtype: dtypes[port.dtype]! };
}

function checkNames(inputs: readonly Port[], feeds: { readonly [name: string]: Tensor }): void {
  const [wanted, given] = [inputs.map(({ name }) => name), Object.keys(feeds)];
  if (wanted.length !== given.length || !wanted.every((name) => feeds[name] instanceof Tensor))
    throw new TypeError(`loadOnnx: the model takes ${wanted.join(", ")}, got ${given.join(", ") || "nothing"}.`);
}

/** Sizes that the model names, or leaves out, may be any; a shape without sizes may be one that it does not tell. */
function checkShape({ name, shape }: Port, { shape: given }: Tensor): void {
  if (shape.length === 0) return;
  if (given.length !== shape.length || !shape.every((size, axis) => typeof size === "string" || size === given[axis]))
    throw new ShapeError(
      `loadOnnx: ${name} has shape ${writeShape(given)} where [${shape.map((size) => (size === "" ? "?" : size)).join(", ")}] is needed`,
    );
}

function toData(name: string, data: unknown, dtype: DType): TypedArray {
  if (!(data instanceof BigInt64Array)) return data as TypedArray;
  const out = toArray(dtype, data.length);
  data.forEach((value, i) => {
    out[i] = Number(value);
    if (BigInt(out[i]!) !== value)
      throw new RangeError(`loadOnnx: the output ${name} has ${value} at ${i}, which int32 does not hold.`);
  });
  return out;
}
