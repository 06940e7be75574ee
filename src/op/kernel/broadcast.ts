import { type TypedArray, toArray } from "../../tensor/dtype.ts";
import { type Shape, sizeOf, stridesOf } from "../../tensor/shape/shape.ts";
import type { Spec, Values } from "../../tensor/values.ts";
import { chooseLoop, zipLoop } from "./loop.ts";

/** An operator on two tensors that broadcast, its formula in `x` and `y`. */
export function zip(formula: string, a: Values, b: Values, output: Spec): TypedArray {
  const out = toArray(output.dtype, sizeOf(output.shape));
  if (out.length === 0) return out;
  const loop = zipLoop(formula, out, a.data, b.data);
  const axes = mergeAxes(output.shape, [
    broadcastStrides(a.shape, output.shape),
    broadcastStrides(b.shape, output.shape),
  ]);
  const [sa, sb] = axes.strides as [number[], number[]];
  const last = axes.shape.length - 1;
  const n = axes.shape[last]!;
  forEachRow(axes.shape.slice(0, -1), [sa, sb], (offsets, row) =>
    loop(out, n, row * n, a.data, offsets[0]!, sa[last]!, b.data, offsets[1]!, sb[last]!),
  );
  return out;
}

/** `a` where the condition is not 0, else `b`; all three broadcast. */
export function choose(condition: Values, a: Values, b: Values, output: Spec): TypedArray {
  const out = toArray(output.dtype, sizeOf(output.shape));
  if (out.length === 0) return out;
  const loop = chooseLoop(out, condition.data, a.data, b.data);
  const axes = mergeAxes(
    output.shape,
    [condition, a, b].map((each) => broadcastStrides(each.shape, output.shape)),
  );
  const [sc, sa, sb] = axes.strides as [number[], number[], number[]];
  const last = axes.shape.length - 1;
  const n = axes.shape[last]!;
  const steps = [sc[last]!, sa[last]!, sb[last]!] as const;
  forEachRow(axes.shape.slice(0, -1), axes.strides, ([r, p, q], row) =>
    loop(out, n, row * n, condition.data, r!, steps[0], a.data, p!, steps[1], b.data, q!, steps[2]),
  );
  return out;
}

/** Strides of a shape seen as a larger one: 0 where it is repeated. */
export function broadcastStrides(shape: Shape, to: Shape): number[] {
  const own = stridesOf(shape);
  const offset = to.length - shape.length;
  return to.map((n, axis) => (axis < offset || (shape[axis - offset] === 1 && n !== 1) ? 0 : own[axis - offset]!));
}

/** Neighbouring axes that every operand walks through in one step are made one; there is at least one axis left. */
export function mergeAxes(shape: Shape, strides: readonly number[][]): { shape: number[]; strides: number[][] } {
  const sizes: number[] = [];
  const out: number[][] = strides.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    const n = shape[axis]!;
    if (n === 1) continue;
    const top = sizes.length - 1;
    if (top >= 0 && strides.every((s, k) => out[k]![top] === s[axis]! * n)) {
      sizes[top] = sizes[top]! * n;
      strides.forEach((s, k) => {
        out[k]![top] = s[axis]!;
      });
      continue;
    }
    sizes.push(n);
    strides.forEach((s, k) => {
      out[k]!.push(s[axis]!);
    });
  }
  if (sizes.length === 0) return { shape: [1], strides: strides.map(() => [0]) };
  return { shape: sizes, strides: out };
}

/** Calls `visit` for each position on the outer axes, with the offset of each operand. */
export function forEachRow(
  outer: Shape,
  strides: readonly (readonly number[])[],
  visit: (offsets: readonly number[], row: number) => void,
): void {
  const at = new Array<number>(outer.length).fill(0);
  const offsets = strides.map(() => 0);
  const rows = sizeOf(outer);
  for (let row = 0; row < rows; row++) {
    visit(offsets, row);
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      const step = ++at[axis]! < outer[axis]! ? 1 : 1 - outer[axis]!;
      for (let k = 0; k < offsets.length; k++) offsets[k]! += step * strides[k]![axis]!;
      if (step === 1) break;
      at[axis] = 0;
    }
  }
}

/** The values of a strided view, row-major: the loop behind permute, broadcast, slice and flip. */
export function copyStrided(data: TypedArray, offset: number, strides: readonly number[], output: Spec): TypedArray {
  const out = toArray(output.dtype, sizeOf(output.shape));
  if (out.length === 0) return out;
  const axes = mergeAxes(output.shape, [[...strides]]);
  const [s] = axes.strides as [number[]];
  const n = axes.shape.at(-1)!;
  const inner = s.at(-1)!;
  forEachRow(axes.shape.slice(0, -1), [s], ([start], row) => {
    const o = row * n;
    const p = offset + start!;
    if (inner === 1 && n > 16) out.set(data.subarray(p, p + n), o);
    else for (let i = 0, q = p; i < n; i++, q += inner) out[o + i] = data[q]!;
  });
  return out;
}
