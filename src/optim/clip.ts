import { where } from "../op/function/where.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { leavesOf, mapTree, type Tree } from "../tensor/tree.ts";
import { checkAbove } from "./check.ts";
import { withSettings } from "./display.ts";
import { follow, fresh, type State, type Transform } from "./optimizer.ts";

/**
 * Each element of the gradient between `-limit` and `limit`; PyTorch's `clip_grad_value_`.
 *
 * @example
 * optim.chain(optim.clipByValue(0.5), optim.sgd({ lr: 1 }))
 * @throws RangeError `clipByValue: limit must be above 0, got 0.`
 */
export function clipByValue(limit: number): Transform {
  checkAbove("clipByValue", "limit", limit, 0);
  const transform: Transform = {
    name: "clipByValue",
    init: () => fresh,
    update: (gradients, state) => ({
      gradients: mapTree((g) => g.clamp(-limit, limit), gradients),
      state: follow(state, countStep, {}),
    }),
  };
  return withSettings(transform, { limit });
}

function countStep({ step, numbers }: State): Pick<State, "step" | "numbers"> {
  return { step: step + 1, numbers };
}

export interface ClipOptions {
  /** 2 unless given; 1 is the sum of absolute values, Infinity the largest. */
  readonly normType?: number;
}

/**
 * The gradient times `min(1, maxNorm / (‖g‖ + 1e-6))`, where the norm goes over all parameters: PyTorch's `clip_grad_norm_`. Keras's `clipnorm` goes
 * over one parameter at a time, its `global_clipnorm` is this; optax has no 1e-6.
 *
 * @example
 * optim.chain(optim.clipByGlobalNorm(1), optim.adam())
 * @throws RangeError `clipByGlobalNorm: maxNorm must be above 0, got 0.`
 * @see Pascanu, Mikolov and Bengio, On the Difficulty of Training Recurrent Neural Networks (2013)
 */
export function clipByGlobalNorm(maxNorm: number, { normType = 2 }: ClipOptions = {}): Transform {
  checkAbove("clipByGlobalNorm", "maxNorm", maxNorm, 0);
  checkAbove("clipByGlobalNorm", "normType", normType, 0);
  const transform: Transform = {
    name: "clipByGlobalNorm",
    init: () => fresh,
    update: (gradients, state) => {
      const norm = globalNorm(gradients, { normType });
      const scale = norm.add(1e-6).reciprocal().mul(maxNorm).minimum(1);
      // in the dtype of each gradient; as they are where nothing has to be done
      const same = norm.hasData && norm.trace === undefined && scale.item() === 1;
      return {
        gradients: same ? gradients : mapTree((g) => g.mul(scale.to(g.dtype)), gradients),
        state: follow(state, countStep, {}),
      };
    },
  };
  return withSettings(transform, { maxNorm, normType });
}

/**
 * The norm over all tensors of a tree: `√Σ g²`, or `(Σ |g|ᵖ)^(1/p)` with `normType: p`.
 *
 * @example
 * optim.globalNorm({ w: tensor([3]), b: tensor([4]) }).item() // 5
 */
export function globalNorm(tree: Tree, { normType = 2 }: ClipOptions = {}): Tensor<readonly []> {
  const norms = leavesOf(tree).map((each) => each.abs());
  const join = (f: (each: Tensor) => Tensor) => norms.map(f).reduce((a, b) => a.add(b));
  if (norms.length === 0) throw new TypeError("globalNorm: the tree has no tensor in it.");
  const total =
    normType === Number.POSITIVE_INFINITY
      ? norms.map((each): Tensor => each.max()).reduce((a, b) => a.maximum(b))
      : normType === 2
        ? root(join((each) => each.mul(each).sum()))
        : normType === 1
          ? join((each) => each.sum())
          : join((each) => each.pow(normType).sum()).pow(1 / normType);
  return total as Tensor<readonly []>;
}

/** The gradient at 0 is 0. */
function root(squares: Tensor): Tensor {
  const zero = squares.equal(0);
  return where(zero, 0, where(zero, 1, squares).sqrt());
}
