import type { onnx } from "onnx-proto";

/** `INT64_MAX`, at which a slice ends that goes to the end. */
const END = 9223372036854775807n;

/**
 * One model for any number of rows, from the same model for two numbers of rows: where both agree, nothing depends on the number; where they differ by it, a size
 * is left open; and where they differ in another way there is no such model.
 */
export async function mergeSizes(
  first: Uint8Array,
  second: Uint8Array,
  sizes: readonly [number, number],
): Promise<Uint8Array | undefined> {
  const { loadSchema } = await import("../onnx/writer.ts");
  const { onnx } = loadSchema();
  const [one, other] = [onnx.ModelProto.decode(first), onnx.ModelProto.decode(second)];
  const [a, b] = [one.graph!, other.graph!];
  if (!sameNodes(a.node!, b.node!)) return undefined;
  for (const part of ["input", "output"] as const) {
    const ports = b[part]!;
    if (!a[part]!.every((port, i) => openPort(port, ports[i]!, sizes))) return undefined;
  }
  const constants = new Map(b.initializer!.map((tensor) => [tensor.name, tensor]));
  if (constants.size !== a.initializer!.length) return undefined;
  for (const tensor of a.initializer!) {
    const there = constants.get(tensor.name);
    if (there === undefined || !openConstant(tensor, there, a.node!, sizes)) return undefined;
  }
  return onnx.ModelProto.encode(one).finish();
}

/** The same operators with the same attributes on the same names. */
function sameNodes(a: readonly onnx.INodeProto[], b: readonly onnx.INodeProto[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** `[251, 10]` and `[257, 10]` become `["batch", 10]`. */
function openPort(a: onnx.IValueInfoProto, b: onnx.IValueInfoProto, sizes: readonly [number, number]): boolean {
  const [here, there] = [a, b].map((port) => port.type!.tensorType!.shape!.dim!);
  return here!.every((dim, axis) => {
    const [m, n] = [Number(dim.dimValue), Number(there![axis]!.dimValue)];
    if (m === n) return true;
    if (m * sizes[1] !== n * sizes[0]) return false;
    delete dim.dimValue;
    dim.dimParam = m === sizes[0] ? "batch" : `${m / sizes[0]}*batch`;
    return true;
  });
}

/** What may differ are sizes in the shape of a reshape, of which one may be left open, and the ends of slices that go to the end. */
function openConstant(
  a: onnx.ITensorProto,
  b: onnx.ITensorProto,
  nodes: readonly onnx.INodeProto[],
  sizes: readonly [number, number],
): boolean {
  if (String(a.dims) !== String(b.dims) || a.dataType !== b.dataType) return false;
  if (Buffer.from(a.rawData!).equals(Buffer.from(b.rawData!))) return true;
  if (a.dataType !== 7) return false;
  const [here, there] = [toNumbers(a), toNumbers(b)];
  const open = here.flatMap((n, i) => (n === there[i] ? [] : [i]));
  if (!open.every((i) => here[i]! * BigInt(sizes[1]) === there[i]! * BigInt(sizes[0]))) return false;
  const users = nodes.flatMap(({ opType, input }) =>
    (input ?? []).flatMap((name, i) => (name === a.name ? [`${opType} ${i}`] : [])),
  );
  const value = users.every((user) => user === "Reshape 1") && open.length === 1 ? -1n : undefined;
  const end = users.every((user) => user === "Slice 2") ? END : undefined;
  const put = value ?? end;
  if (put === undefined) return false;
  a.rawData = new Uint8Array(BigInt64Array.from(here, (n, i) => (open.includes(i) ? put : n)).buffer);
  return true;
}

function toNumbers({ rawData }: onnx.ITensorProto): bigint[] {
  // a copy, because 8 bytes each have to begin at a multiple of 8
  return [...new BigInt64Array(new Uint8Array(rawData!).buffer)];
}
