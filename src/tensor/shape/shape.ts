/** The size of one axis: a literal that the checker knows, or `number`, which only the runtime knows. */
export type Size = number;

/** A tuple is a known rank; `readonly number[]` is an unknown rank. Both are fine everywhere: shapes are gradual. */
export type Shape = readonly Size[];

/** True if the checker knows this size. */
export type Known<N extends Size> = number extends N ? false : true;

/** True if the checker knows how many axes there are. */
export type Ranked<S extends Shape> = number extends S["length"] ? false : true;

/** A mistake, as the type of the argument that makes it: the checker prints the sentence. */
export type Wrong<Message extends string> = { readonly " ": Message };

/**
 * A verdict as the type of an argument: `Wrong` stays, anything else is `unknown`. A rule on a shape that is a type parameter cannot be decided yet, and its
 * verdict is neither; asked here in this order, it is `unknown` as well, so that functions may be generic in their shapes. Why that is: decision 10.
 */
export type Checked<Verdict> = [IsWrong<Verdict>] extends [true] ? Verdict : unknown;
type IsWrong<Verdict> = [Verdict] extends [never] ? false : [Verdict] extends [Wrong<string>] ? true : false;

/** As many axes, of sizes that are not known. */
export type Unsized<S extends Shape> = AsShape<{ readonly [K in keyof S]: number }>;

/** A shape whose axes are computed one by one; the checker would not see that it is a shape as long as those are open. */
export type AsShape<S> = S extends infer R extends Shape ? R : Shape;

/** True if a size is `never`: it has been computed of sizes that contradict each other. */
export type Impossible<S extends Shape> = S extends readonly [infer H, ...infer R extends Shape]
  ? [H & Size extends never ? true : false] extends [false]
    ? Impossible<R>
    : true
  : false;

/** True unless both sizes are known and differ. */
export type Same<A extends Size, B extends Size> = readonly [A] extends readonly [B]
  ? true
  : Known<A> extends false
    ? true
    : Known<B> extends false
      ? true
      : false;

/** A size in a sentence; one that is not known reads `?`. */
export type WriteSize<A extends Size> = Known<A> extends true ? `${A}` : "?";

/** A shape in a sentence, without the brackets: `128, 784`. */
export type Write<S extends Shape> = S extends readonly [infer A extends Size, ...infer R extends Shape]
  ? R extends readonly []
    ? WriteSize<A>
    : `${WriteSize<A>}, ${Write<R>}`
  : S extends readonly []
    ? ""
    : "…";

/** `[128, 784]`. */
export function writeShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** How many elements a shape holds. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const n of shape) size *= n;
  return size;
}

/** Row-major strides in elements: `[3, 4]` gives `[4, 1]`. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = shape.length - 1, stride = 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, axis) => n === b[axis]);
}

/** Thrown for sizes, axes and ranks that do not fit, always with the sentence that the checker would have printed. */
export class ShapeError extends Error {
  override name = "ShapeError";
}
