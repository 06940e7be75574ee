/** What the elements of a tensor are. `float32` is the default; `bool` is stored as 0 and 1. */
export type DType = "float32" | "float64" | "int32" | "bool";

/** The memory behind a tensor, by dtype. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array, bool: Uint8Array } as const;

/**
 * `size` zeros of a dtype.
 *
 * @throws TypeError `A dtype of float16 where float32, float64, int32 or bool is needed.`
 * @throws RangeError `1000000000000 elements of float32 do not fit into memory.`
 */
export function toArray(dtype: DType, size: number): TypedArray {
  const Memory = arrays[dtype];
  if (Memory === undefined) throw new TypeError(`A dtype of ${dtype} where float32, float64, int32 or bool is needed.`);
  try {
    return new Memory(size);
  } catch {
    throw new RangeError(`${size} elements of ${dtype} do not fit into memory.`);
  }
}

const order: readonly DType[] = ["bool", "int32", "float32", "float64"];

/** The dtype that holds both, in the order bool, int32, float32, float64. */
export function promote(a: DType, b: DType): DType {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** True for float32 and float64: what has a gradient. */
export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64";
}

/** The dtype of a function with real values: integers become float32, as in PyTorch. */
export function toFloat(dtype: DType): DType {
  return isFloat(dtype) ? dtype : "float32";
}

/** The dtype of a plain number beside a tensor: the tensor's own, unless the number does not fit into it. */
export function beside(dtype: DType, value: number): DType {
  if (isFloat(dtype)) return dtype;
  return Number.isInteger(value) ? "int32" : "float32";
}
