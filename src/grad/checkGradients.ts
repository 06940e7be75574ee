import { random } from "../tensor/random/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { leavesOf, mapTree, type Tree } from "../tensor/tree.ts";
import { valueAndGrad } from "./grad.ts";

export interface CheckOptions {
  /** Seed of the random direction. */
  readonly seed?: number;
  /** Step of the central difference. */
  readonly step?: number;
  readonly tolerance?: number;
}

/**
 * Compares a gradient with central differences along one random direction, in float64: `(f(p + h v) – f(p – h v)) / 2h` against `⟨∇f, v⟩`. Returns
 * the two slopes.
 *
 * @throws Error `checkGradients: the gradient says 2.5, differences say 3 (tolerance 0.00001).`
 */
export function checkGradients<P extends Tree>(
  f: (parameters: P) => Tensor,
  parameters: P,
  { seed = 0, step = 1e-5, tolerance = 1e-5 }: CheckOptions = {},
): { readonly gradient: number; readonly differences: number } {
  const generator = random(seed);
  const point = mapTree((leaf) => leaf.to("float64"), parameters);
  const direction = mapTree((leaf) => generator.normal(leaf.shape, { dtype: "float64" }), point);
  const at = (h: number) => f(mapTree((leaf, along) => leaf.add(along.mul(h)), point, direction)).item();
  const differences = (at(step) - at(-step)) / (2 * step);
  const [, slopes] = valueAndGrad<P, [], Tensor>((p: P) => f(p))(point);
  const along = leavesOf(direction);
  const gradient = leavesOf(slopes).reduce((sum, g, i) => sum + g.mul(along[i]!).sum().item(), 0);
  if (!(Math.abs(gradient - differences) <= tolerance * Math.max(1, Math.abs(gradient), Math.abs(differences))))
    throw new Error(
      `checkGradients: the gradient says ${gradient}, differences say ${differences} (tolerance ${tolerance}).`,
    );
  return { gradient, differences };
}
