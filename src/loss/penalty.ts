import type { Tensor } from "../tensor/tensor.ts";
import { leavesOf, type Tree } from "../tensor/tree.ts";

/** The sum of a function of every element of a tree. */
export function sumLeaves(name: string, parameters: Tree, f: (leaf: Tensor) => Tensor): Tensor<readonly []> {
  const leaves = leavesOf(parameters);
  if (leaves.length === 0) throw new TypeError(`${name}: there is no tensor among the parameters.`);
  return leaves.map((leaf) => f(leaf).sum()).reduce((total, each) => total.add(each));
}
