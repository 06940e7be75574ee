import type { Tree } from "../tensor/tree.ts";
import { withSteps } from "./display.ts";
import { follow, fresh, type Optimizer, type State, type Transform } from "./optimizer.ts";

/**
 * One optimizer from things to do to the gradient first, in this order, and an optimizer.
 *
 * @example
 * const optimizer = optim.chain(optim.clipByGlobalNorm(1), optim.sgd({ lr: 1 }));
 * const params = tensor([3, 4]);
 * optimizer.update(tensor([30, 40]), optimizer.init(params), params).params.toString() // [2.4 3.2]
 */
export function chain(...steps: readonly [...transforms: Transform[], optimizer: Optimizer]): Optimizer {
  const transforms = steps.slice(0, -1) as readonly Transform[];
  const last = steps.at(-1) as Optimizer;
  if (!isOptimizer(last)) throw new TypeError(`chain: ${nameOf(last)} comes last where an optimizer is needed.`);
  const wrong = transforms.find(isOptimizer);
  if (wrong !== undefined)
    throw new TypeError(`chain: ${wrong.name} does not come last, and only one optimizer is possible.`);
  const { updateLater } = last;
  const optimizer: Optimizer = {
    name: last.name,
    takesTensor: last.takesTensor ?? false,
    init: (params) => ({ ...fresh, parts: steps.map((each) => each.init(params)) }),
    update(gradients, state, params, options) {
      const { reached, parts } = transform(transforms, gradients, state, params);
      return join(state, parts, last.update(reached, state.parts.at(-1)!, params, options));
    },
    ...(updateLater && {
      updateLater: async (gradients, state, params, options) => {
        const { reached, parts } = transform(transforms, gradients, state, params);
        return join(state, parts, await updateLater(reached, state.parts.at(-1)!, params, options));
      },
    }),
    coefficients: (state, lr) => last.coefficients(state.parts.at(-1)!, lr),
  };
  return withSteps(optimizer, "chain", steps);
}

/** What reaches the optimizer, and what the transforms remember. */
function transform<P extends Tree>(transforms: readonly Transform[], gradients: P, state: State<P>, params: P) {
  if (state.parts.length !== transforms.length + 1)
    throw new TypeError(`chain: a state of ${state.parts.length} parts where ${transforms.length + 1} are needed.`);
  let reached = gradients;
  const parts = transforms.map((each, i) => {
    const result = each.update(reached, state.parts[i]!, params);
    reached = result.gradients;
    return result.state;
  });
  return { reached, parts };
}

function join<P extends Tree>(state: State<P>, parts: readonly State<P>[], last: { params: P; state: State<P> }) {
  const all = { parts: [...parts, last.state] };
  return { params: last.params, state: follow(state, ({ step }) => ({ step: step + 1, numbers: {} }), all) };
}

function isOptimizer(step: Transform | Optimizer | undefined): boolean {
  return step !== undefined && "coefficients" in step;
}

function nameOf(step: { readonly name: string } | undefined): string {
  return step?.name ?? "nothing";
}
