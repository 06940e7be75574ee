import { random } from "../../tensor/random/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { leavesOf, type Tree, withLeaves } from "../../tensor/tree.ts";

/** A loss as a function of the parameters of a model, around where they are. */
export interface Around<P extends Tree = Tree> {
  readonly params: P;
  readonly loss: (params: P) => Tensor | number;
  /** Two directions in the form of the parameters; random ones unless given. */
  readonly directions?: readonly [P, P] | undefined;
  /** Of the random directions. Default 0. */
  readonly seed?: number | undefined;
}

/**
 * The loss on the plane through the parameters: `f(a, b) = loss(θ + a d₁ + b d₂)`. Random directions are normalized by filter, so that a step of 1 is as long as the
 * weights themselves in each row: `d_j ← d_j ‖θ_j‖ / ‖d_j‖`; biases and other vectors stay where they are.
 *
 * @see Li et al. 2018, Visualizing the Loss Landscape of Neural Nets (arXiv:1712.09913), 4
 */
export function toPlane({ params, loss, directions, seed = 0 }: Around): (a: number, b: number) => Tensor | number {
  const leaves = leavesOf(params);
  const generator = random(seed);
  const [first, second] =
    directions?.map(leavesOf) ?? [0, 1].map(() => leaves.map((leaf) => toDirection(leaf, generator)));
  return (a, b) => {
    const moved = leaves.map((leaf, i) => {
      const [u, v] = [first![i]!.data, second![i]!.data];
      const data = leaf.data.slice();
      for (let at = 0; at < data.length; at++) data[at]! += a * u[at]! + b * v[at]!;
      return new Tensor(data, leaf.shape, leaf.dtype);
    });
    return loss(withLeaves(params, moved));
  };
}

function toDirection(leaf: Tensor, generator: ReturnType<typeof random>): Tensor {
  const direction = generator.normal([leaf.size], { dtype: "float64" }).data as Float64Array;
  const width = leaf.rank < 2 ? 0 : leaf.size / leaf.shape[0]!;
  if (width === 0) direction.fill(0);
  for (let from = 0; width > 0 && from < leaf.size; from += width) {
    const row = direction.subarray(from, from + width);
    const scale = norm(leaf.data.subarray(from, from + width)) / norm(row);
    for (let i = 0; i < width; i++) row[i]! *= scale;
  }
  return new Tensor(direction, leaf.shape, "float64");
}

function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2;
  return Math.sqrt(sum);
}
