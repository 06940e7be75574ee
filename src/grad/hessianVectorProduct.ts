import { ShapeError, sameShape, writeShape } from "../tensor/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { leavesOf, type Tree } from "../tensor/tree.ts";
import { grad } from "./grad.ts";

/**
 * The second derivative times a direction, `H v`, without the matrix: the gradient of `⟨∇f, v⟩`. Costs about two gradients.
 *
 * @example
 * hessianVectorProduct((x: Tensor) => x.pow(3).sum())(tensor([1, 2]), tensor([1, 1])).toArray() // [6, 12]
 * @throws ShapeError `hessianVectorProduct: a direction of shape [3] for a parameter of shape [4]`
 */
export function hessianVectorProduct<P extends Tree, A extends readonly unknown[]>(
  f: (parameters: P, ...rest: A) => Tensor,
): (parameters: P, direction: P, ...rest: A) => P {
  return (parameters, direction, ...rest) => {
    const along = leavesOf(direction);
    checkDirection(leavesOf(parameters), along);
    const slope = (at: P): Tensor =>
      leavesOf(grad((p: P) => f(p, ...rest))(at))
        .map((g, i) => g.mul(along[i]!).sum() as Tensor)
        .reduce((a, b) => a.add(b));
    return grad(slope)(parameters);
  };
}

function checkDirection(parameters: readonly Tensor[], direction: readonly Tensor[]): void {
  if (parameters.length !== direction.length)
    throw new ShapeError(
      `hessianVectorProduct: a direction of ${direction.length} tensors for ${parameters.length} parameters`,
    );
  parameters.forEach(({ shape }, i) => {
    const { shape: given } = direction[i]!;
    if (!sameShape(given, shape))
      throw new ShapeError(
        `hessianVectorProduct: a direction of shape ${writeShape(given)} for a parameter of shape ${writeShape(shape)}`,
      );
  });
}
