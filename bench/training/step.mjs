import { compile, optim, valueAndGrad } from "../../dist/src/index.js";

/** A training step of ours, compiled, with parameters and state of its own: `next(x, y)` makes a step and gives the loss, `engine()` says what runs it. */
export function makeStep(model, loss, params, optimizer = optim.adam(), options = {}) {
  const step = compile((params, state, x, y) => {
    const objective = (params) => loss(model.apply(params, x), y);
    const [value, gradients] = valueAndGrad(objective)(params);
    return { value, ...optimizer.update(gradients, state, params) };
  }, options);
  let state = optimizer.init(params);
  const next = async (x, y) => {
    const result = await step(params, state, x, y);
    ({ params, state } = result);
    return result.value;
  };
  return { next, engine: () => compile.signatures(step)[0].engine, release: () => compile.release(step) };
}
