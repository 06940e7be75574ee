import type { Tensor } from "../tensor/tensor.ts";
import { leavesOf, mapTree, pathsOf, type Tree } from "../tensor/tree.ts";
import { checkMatch } from "./check/match.ts";
import { checkFrom } from "./check/option.ts";

export interface FedProxOptions {
  /** What staying near counts for: 0.01 unless given. */
  readonly mu?: number;
}

/** A tree with the same names at the top. */
type Like<P> = P extends Tensor ? Tensor : { readonly [K in keyof P]: Tree };

/**
 * Keeps a client's model near the one it was sent, so that clients with different data do not drift apart. Add it to the client's loss.
 *
 * `mu / 2 · ‖w – w_global‖²` over all parameters; no gradient flows into the global ones.
 *
 * Shapes: two trees of the same form. `mu` is 0.01 unless given; the paper tries 0.001 to 1.
 *
 * @example
 * loss.fedProx({ w: tensor([1, 2]) }, { w: tensor([0, 0]) }, { mu: 1 }).item() // 2.5
 * @throws ShapeError `fedProx: the global parameter .w of shape [3] where [2] is needed`
 * @throws RangeError `fedProx: mu -1 is not 0 or above.`
 * @see Li et al. 2020 (arXiv:1812.06127), eq. 2. With `mu: 0` this is FedAvg.
 */
export function fedProx<P extends Tree>(
  parameters: P,
  globalParameters: Like<P>,
  options?: FedProxOptions,
): Tensor<readonly []>;
export function fedProx(parameters: Tree, globalParameters: Tree, { mu = 0.01 }: FedProxOptions = {}): Tensor {
  checkFrom("fedProx", "mu", mu, 0);
  checkAlike(parameters, globalParameters);
  const theirs = leavesOf(globalParameters);
  const squares = leavesOf(parameters).map((w, i): Tensor => w.sub(theirs[i]!.stopGradient()).square().sum());
  return squares.reduce((total, each) => total.add(each)).mul(mu / 2);
}

/** Both trees have the same form and the same shapes. */
function checkAlike(parameters: Tree, globalParameters: Tree): void {
  if (leavesOf(parameters).length === 0) throw new TypeError("fedProx: there is no tensor among the parameters.");
  mapTree((leaf) => leaf, parameters, globalParameters);
  const [paths, theirs] = [pathsOf(parameters), leavesOf(globalParameters)];
  leavesOf(parameters).forEach((leaf, i) => {
    checkMatch(`fedProx: the global parameter${paths[i] && ` ${paths[i]}`}`, theirs[i]!, leaf);
  });
}
