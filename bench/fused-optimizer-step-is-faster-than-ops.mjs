// The same Adam step on 100,352 float32 parameters: one loop made from the formula, and the formula op by op. Run `npm run build` first.
import { optim, random, tensor } from "../dist/src/index.js";

const optimizer = optim.adam();
const [params, gradients] = [random(0).normal([784, 128]), random(1).normal([784, 128])];
const state = optimizer.init(params);
const coefficients = Object.fromEntries(
  Object.entries(optimizer.coefficients(state)).map(([name, value]) => [name, tensor(value)]),
);

const fused = median(() => optimizer.update(gradients, state, params));
const ops = median(() => optimizer.update(gradients, state, params, { coefficients }));
console.log(`fused ${fused.toFixed(2)} ms, ops ${ops.toFixed(2)} ms, ${(ops / fused).toFixed(1)} times`);
process.exitCode = fused < ops ? 0 : 1;

function median(run) {
  for (let i = 0; i < 30; i++) run();
  const times = Array.from({ length: 61 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[30];
}
