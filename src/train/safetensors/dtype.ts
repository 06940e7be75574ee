import type { DType, TypedArray } from "../../tensor/dtype.ts";

/** What the format calls our dtypes. Files are little-endian. */
export const NAMES = { float32: "F32", float64: "F64", int32: "I32", bool: "BOOL" } as const satisfies Record<
  DType,
  string
>;

/** A dtype of the format that we read. */
export interface Reader {
  /** Bytes of one element. */
  readonly size: number;
  /** What it becomes. */
  readonly dtype: DType;
  /** The element at a byte. */
  read(view: DataView, at: number): number;
}

/** Dtypes that are read. The ones that we have no array for become the nearest one that holds all their values; I64 and U32 only if they fit. */
export const READERS: { readonly [name: string]: Reader } = {
  F64: { size: 8, dtype: "float64", read: (view, at) => view.getFloat64(at, true) },
  F32: { size: 4, dtype: "float32", read: (view, at) => view.getFloat32(at, true) },
  F16: { size: 2, dtype: "float32", read: (view, at) => fromHalf(view.getUint16(at, true)) },
  BF16: { size: 2, dtype: "float32", read: (view, at) => fromBrain(view.getUint16(at, true)) },
  I64: { size: 8, dtype: "int32", read: (view, at) => Number(view.getBigInt64(at, true)) },
  U32: { size: 4, dtype: "int32", read: (view, at) => view.getUint32(at, true) },
  I32: { size: 4, dtype: "int32", read: (view, at) => view.getInt32(at, true) },
  I16: { size: 2, dtype: "int32", read: (view, at) => view.getInt16(at, true) },
  U16: { size: 2, dtype: "int32", read: (view, at) => view.getUint16(at, true) },
  I8: { size: 1, dtype: "int32", read: (view, at) => view.getInt8(at) },
  U8: { size: 1, dtype: "int32", read: (view, at) => view.getUint8(at) },
  BOOL: { size: 1, dtype: "bool", read: (view, at) => view.getUint8(at) },
};

/** True on the machines there are; arrays can then be copied as they lie. */
export const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The bytes of an array as they go into a file. */
export function toBytes(data: TypedArray): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const size = data.BYTES_PER_ELEMENT;
  if (isLittleEndian || size === 1) return bytes;
  const turned = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) turned[i] = bytes[i - (i % size) + size - 1 - (i % size)]!;
  return turned;
}

/** 1 bit sign, 5 bits exponent, 10 bits fraction. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
function fromBrain(bits: number): number {
  return new Float32Array(new Uint32Array([bits << 16]).buffer)[0]!;
}
