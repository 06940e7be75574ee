import { follow, fresh, type Optimizer, type Transform } from "./optimizer.ts";

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
  return {
    name: last.name,
    takesTensor: last.takesTensor ?? false,
    init: (params) => ({ ...fresh, parts: steps.map((each) => each.init(params)) }),
    update(gradients, state, params, options) {
      if (state.parts.length !== steps.length)
        throw new TypeError(`chain: a state of ${state.parts.length} parts where ${steps.length} are needed.`);
      const [...parts] = state.parts;
      let reached = gradients;
      transforms.forEach((each, i) => {
        const result = each.update(reached, parts[i]!, params);
        reached = result.gradients;
        parts[i] = result.state;
      });
      const result = last.update(reached, parts.at(-1)!, params, options);
      parts[parts.length - 1] = result.state;
      return {
        params: result.params,
        state: follow(state, ({ step }) => ({ step: step + 1, numbers: {} }), { parts }),
      };
    },
    coefficients: (state, lr) => last.coefficients(state.parts.at(-1)!, lr),
  };
}

function isOptimizer(step: Transform | Optimizer | undefined): boolean {
  return step !== undefined && "coefficients" in step;
}

function nameOf(step: { readonly name: string } | undefined): string {
  return step?.name ?? "nothing";
}
