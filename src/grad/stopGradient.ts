import { mapTree, type Tree } from "../tensor/tree.ts";

/**
 * The same tensors, through which no gradient flows; PyTorch's `detach`.
 *
 * @example
 * grad((x: Tensor) => x.mul(stopGradient(x)).sum())(tensor([3])).toArray() // [3]
 */
export function stopGradient<P extends Tree>(tree: P): P {
  return mapTree((leaf) => leaf.stopGradient(), tree);
}
