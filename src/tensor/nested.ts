import { describe } from "./describe.ts";
import type { DType } from "./dtype.ts";
import { type Shape, ShapeError } from "./shape/shape.ts";
import type { Values } from "./values.ts";

/** A number, a boolean or arrays of them to any depth. */
export type Nested = number | boolean | readonly Nested[] | Float32Array | Float64Array | Int32Array | Uint8Array;

/** The shape of nested arrays: a literal's lengths are known. */
export type ShapeOf<D> = D extends number | boolean
  ? readonly []
  : D extends Float32Array | Float64Array | Int32Array | Uint8Array
    ? readonly [number]
    : D extends readonly []
      ? readonly [0]
      : D extends readonly (infer E)[]
        ? number extends D["length"]
          ? readonly [number, ...ShapeOf<E>]
          : readonly [D["length"], ...ShapeOf<Widest<E>>]
        : Shape;
// rows of a literal differ in their numbers, not in their lengths: one is enough
type Widest<E> = E extends number ? number : E extends boolean ? boolean : E;

/** What `toArray` gives for a shape. */
export type NestedOf<S extends Shape> = number extends S["length"]
  ? NestedArray
  : S extends readonly [unknown, ...infer R extends Shape]
    ? NestedOf<R>[]
    : number;
/** Arrays of numbers of a depth that the checker does not know. */
// biome-ignore lint/suspicious/noExplicitAny: the depth is only known at run time; a union would have to be narrowed at each level
export type NestedArray = any;

/** The shape of nested arrays, found along the first elements. */
export function findShape(data: Nested): number[] {
  const shape: number[] = [];
  for (let level: Nested | undefined = data; isList(level); level = level[0] as Nested | undefined)
    shape.push(level.length);
  return shape;
}

function isList(level: unknown): level is Exclude<Nested, number | boolean> {
  return Array.isArray(level) || ArrayBuffer.isView(level);
}

/** Writes nested arrays row by row into `out`; ragged ones are an error that names the place. */
export function fillFromNested(data: Nested, shape: Shape, out: { [index: number]: number }): void {
  let next = 0;
  const fill = (level: Nested, depth: number, path: string) => {
    if (!isList(level)) {
      if (typeof level !== "number" && typeof level !== "boolean")
        throw new TypeError(`tensor: ${describe(level)} at ${path || "the top"} where a number is needed`);
      if (depth < shape.length)
        throw new ShapeError(`tensor: a number at ${path || "the top"} where ${shape[depth]} values are needed`);
      out[next++] = Number(level);
      return;
    }
    if (depth >= shape.length)
      throw new ShapeError(`tensor: ${level.length} values at ${path} where a number is needed`);
    if (level.length !== shape[depth])
      throw new ShapeError(`tensor: ${level.length} values at ${path || "the top"} where ${shape[depth]} are needed`);
    for (let i = 0; i < level.length; i++) fill(level[i]!, depth + 1, `${path}[${i}]`);
  };
  fill(data, 0, "");
}

/** True if the first leaf is a boolean: the dtype is then bool. */
export function findDType(data: Nested): DType {
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Uint8Array) return "int32";
  let leaf: Nested | undefined = data;
  while (isList(leaf)) leaf = leaf[0];
  return typeof leaf === "boolean" ? "bool" : "float32";
}

/** Nested arrays of the values. */
export function toNested(values: Values): unknown {
  const { data, shape } = values;
  let next = 0;
  const take = (axis: number): unknown => {
    if (axis === shape.length) return values.dtype === "bool" ? data[next++] === 1 : data[next++];
    return Array.from({ length: shape[axis]! }, () => take(axis + 1));
  };
  return take(0);
}
