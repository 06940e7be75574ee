import type { Matrix } from "ml-matrix";
import { type DType, type TypedArray, toArray } from "../../tensor/dtype.ts";
import type { Values } from "../../tensor/values.ts";

type Library = typeof import("ml-matrix");
let library: Library | undefined;

/** The matrix library, loaded at its first use: it takes longer to load than the whole runtime. */
export function loadLibrary(): Library {
  library ??= process.getBuiltinModule("node:module").createRequire(import.meta.url)("ml-matrix") as Library;
  return library;
}

/** A vector is one column. */
export function toMatrix({ data, shape }: Values): Matrix {
  const columns = shape[1] ?? 1;
  return loadLibrary().Matrix.from1DArray(shape[0]!, columns, data as unknown as number[]);
}

export function fromMatrix(matrix: Matrix, dtype: DType): TypedArray {
  const out = toArray(dtype, matrix.rows * matrix.columns);
  for (let i = 0, at = 0; i < matrix.rows; i++) for (let j = 0; j < matrix.columns; j++) out[at++] = matrix.get(i, j);
  return out;
}
