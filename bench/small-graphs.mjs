// A training step of a small model, three ways: the generated loops, the ops one by one, and the engine. Microseconds a step, the median of interleaved
// rounds; beside them what the estimate says, by which `compile` chooses. Run `npm run build` first.

import { inOrder } from "../dist/src/compile/graph.js";
import { toOnnxProgram } from "../dist/src/compile/onnx/program.js";
import { estimate, toScriptProgram } from "../dist/src/compile/script/program.js";
import { simplify } from "../dist/src/compile/simplify/simplify.js";
import { trace } from "../dist/src/compile/trace/trace.js";
import { valueAndGrad } from "../dist/src/grad/grad.js";
import * as loss from "../dist/src/loss/index.js";
import { find } from "../dist/src/op/apply.js";
import "../dist/src/op/methods.js";
import * as optim from "../dist/src/optim/index.js";
import { tensor } from "../dist/src/tensor/create.js";
import { random } from "../dist/src/tensor/random/random.js";

const rounds = 15;
const draws = random(0);

const models = {
  "linear regression, 100 × 2, SGD": toStep(
    { w: draws.normal([2, 1]) },
    (p, x, y) => loss.mse(x.matmul(p.w), y),
    [draws.normal([100, 2]), draws.normal([100, 1])],
    optim.sgd({ lr: 0.1 }),
  ),
  "logistic regression, 100 × 5, SGD": toStep(
    { w: draws.normal([5, 1]), b: tensor([0]) },
    (p, x, y) => loss.binaryCrossEntropyWithLogits(x.matmul(p.w).add(p.b), y),
    [draws.normal([100, 5]), draws.uniform([100, 1]).round()],
    optim.sgd({ lr: 0.1 }),
  ),
  "2-16-1, batch 32, Adam": toStep(
    toLayers([2, 16, 1]),
    (p, x, y) => loss.mse(toOutput(p, x), y),
    [draws.normal([32, 2]), draws.normal([32, 1])],
    optim.adam(),
  ),
  "8-32-32-3, batch 32, Adam": toStep(
    toLayers([8, 32, 32, 3]),
    (p, x, y) => loss.mse(toOutput(p, x), y),
    [draws.normal([32, 8]), draws.normal([32, 3])],
    optim.adam(),
  ),
  "64-128-10, batch 64, Adam": toStep(
    toLayers([64, 128, 10]),
    (p, x, y) => loss.mse(toOutput(p, x), y),
    [draws.normal([64, 64]), draws.normal([64, 10])],
    optim.adam(),
  ),
};

console.log("model                                 ops  script    ops one by one  engine    estimate");
for (const [name, { graph, inputs }] of Object.entries(models)) {
  const script = toScriptProgram(graph);
  const engine = await toOnnxProgram(graph).catch((error) => console.log(`  ${error.message}`));
  const outputs = script.runNow(inputs);
  const ways = [
    () => script.runInto(inputs, outputs),
    () => evaluate(graph, inputs),
    ...(engine === undefined ? [] : [() => engine.run(inputs)]),
  ];
  const times = await medians(ways);
  const cells = times.map((time) => time.toFixed(1).padEnd(10));
  const ops = inOrder(graph.outputs).filter(({ kind }) => kind === "op").length;
  console.log(
    `${name.padEnd(36)} ${String(ops).padStart(4)}  ${cells[0]}${cells[1]}      ${cells[2] ?? "–         "}${estimate(graph).toFixed(1)}`,
  );
  await engine?.release();
}

function toLayers(sizes) {
  return sizes.slice(1).map((n, i) => ({ w: draws.normal([sizes[i], n]).mul(0.5), b: draws.normal([n]) }));
}

function toOutput(layers, x) {
  return layers.reduce((h, { w, b }, i) => (i === 0 ? h : h.tanh()).matmul(w).add(b), x);
}

function toStep(params, f, data, optimizer) {
  const step = (p, state, x, y) => {
    const [value, gradients] = valueAndGrad((q) => f(q, x, y))(p);
    return { value, ...optimizer.update(gradients, state, p) };
  };
  const graph = simplify(trace(step, [params, optimizer.init(params), ...data]).graph);
  const inputs = graph.inputs.map(({ shape }) => draws.uniform(shape, { low: 0.1, high: 0.9 }).data);
  return { graph, inputs };
}

function evaluate({ inputs, outputs }, given) {
  const values = new Map(inputs.map((input, i) => [input, given[i]]));
  for (const node of inOrder(outputs)) {
    if (node.kind === "constant") values.set(node, node.data);
    if (node.kind !== "op") continue;
    const operands = node.inputs.map((input) => ({ shape: input.shape, dtype: input.dtype, data: values.get(input) }));
    values.set(node, find(node.op).evaluate(operands, node.attrs, node));
  }
  return outputs.map((output) => values.get(output));
}

async function medians(ways) {
  const repeats = [];
  for (const way of ways) {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < 300) for (let i = 0; i < 10; i++, count++) await way();
    repeats.push(Math.max(1, Math.round(count / 15)));
  }
  const times = ways.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [k, way] of ways.entries()) {
      const start = performance.now();
      for (let i = 0; i < repeats[k]; i++) {
        const result = way();
        if (result instanceof Promise) await result;
      }
      times[k].push(((performance.now() - start) * 1000) / repeats[k]);
    }
  return times.map((list) => list.sort((a, b) => a - b)[rounds >> 1]);
}
