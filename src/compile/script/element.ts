import { type Affine, zero } from "./affine.ts";
import type { Fold, Value } from "./value.ts";

/** The index of a value from that of its space: axes of size 1 are not part of it. */
export function spread(value: Value, index: readonly Affine[]): Affine[] {
  let next = 0;
  return value.shape.map((n) => (n === 1 ? zero : index[next++]!));
}

/** Which element of an input an element needs. */
export function toInput(value: Value, input: Value, index: readonly Affine[]): readonly Affine[] {
  if (value.kind === "view") return value.from!(index);
  const offset = value.shape.length - input.shape.length;
  return input.shape.map((n, axis) => (n === 1 ? zero : index[axis + offset]!));
}

/** How far a fold goes on each axis that it goes over. */
export function foldSizes({ of, axes }: Fold): number[] {
  return axes.map((axis) => of[0]!.shape[axis]!);
}

/** Which element of its input a fold is at: outside by the element that it makes, inside by how far it has gone. */
export function toDomain({ of, axes, kept }: Fold, outside: readonly Affine[], inside: readonly Affine[]): Affine[] {
  return of[0]!.shape.map((_, axis) =>
    axes.includes(axis) ? inside[axes.indexOf(axis)]! : outside[kept.indexOf(axis)]!,
  );
}
