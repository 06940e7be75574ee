import * as lossbook from "../../../dist/src/index.js";
import { serve } from "./serve.mjs";

const { eye, fromArray, linalg, loss, nn, optim, valueAndGrad } = lossbook;

const mlp = nn.sequential(nn.linear(784, 128), nn.relu(), nn.linear(128, 10));
const cnn = nn.sequential(
  nn.conv2d(3, 32, 3, { padding: 1 }),
  nn.relu(),
  nn.maxPool2d(2),
  nn.conv2d(32, 64, 3, { padding: 1 }),
  nn.relu(),
  nn.maxPool2d(2),
  nn.flatten(),
  nn.linear(4096, 10),
);
const linear = nn.linear(30, 1);
const attention = nn.multiHeadAttention(64, 4);
const norm = nn.layerNorm(64);
const feedForward = nn.sequential(nn.linear(64, 256), nn.relu(), nn.linear(256, 64));
const gru = nn.gru(64, 64);
const head = nn.linear(64, 10);

await serve({
  a: training(
    ({ w }) => ({ w }),
    ({ w }, x, y) => loss.mse(x.matmul(w), y),
    optim.sgd({ lr: 0.1 }),
  ),
  b: training(
    ({ weight, bias }) => ({ weight, bias }),
    (params, x, y) => loss.binaryCrossEntropyWithLogits(linear.apply(params, x), y),
    optim.sgd({ lr: 0.5 }),
  ),
  c: training(
    (numbers) => [layerOf(numbers, "0"), {}, layerOf(numbers, "2")],
    (params, x, y) => loss.crossEntropy(mlp.apply(params, x), y),
    optim.adam(),
  ),
  d: training(
    (numbers) => {
      const [conv1, conv2, last] = ["conv1", "conv2", "linear"].map((name) => layerOf(numbers, name));
      return [conv1, {}, {}, conv2, {}, {}, {}, last];
    },
    (params, x, y) => loss.crossEntropy(cnn.apply(params, x), y),
    optim.adam(),
  ),
  e: training(
    (numbers) => {
      const { weight: inProjWeight, bias: inProjBias } = layerOf(numbers, "attention");
      const { weight: outProjWeight, bias: outProjBias } = layerOf(numbers, "projection");
      const [norm1, linear1, linear2, norm2] = ["norm1", "linear1", "linear2", "norm2"].map((name) =>
        layerOf(numbers, name),
      );
      const projections = { inProjWeight, inProjBias, outProjWeight, outProjBias };
      return { attention: projections, norm1, feedForward: [linear1, {}, linear2], norm2 };
    },
    (params, x, y) => {
      const h = norm.apply(params.norm1, x.add(attention.apply(params.attention, x)));
      return loss.mse(norm.apply(params.norm2, h.add(feedForward.apply(params.feedForward, h))), y);
    },
    optim.adam(),
  ),
  f: training(
    (numbers) => {
      const { weight: weightIhL0, bias: biasIhL0 } = layerOf(numbers, "input");
      const { weight: weightHhL0, bias: biasHhL0 } = layerOf(numbers, "hidden");
      return { gru: { weightIhL0, biasIhL0, weightHhL0, biasHhL0 }, linear: layerOf(numbers, "linear") };
    },
    (params, x, y) => loss.crossEntropy(head.apply(params.linear, gru.run(params.gru, x).hidden.at(0)), y),
    optim.adam(),
  ),
  g: (numbers, settings) => {
    const { x, y } = toTensors(numbers);
    const product = compileFor(settings)((a, b) => a.matmul(b));
    return { step: () => product(x, y), read: (result) => Array.from(result.data.subarray(0, 1024)) };
  },
  h: (numbers, settings) => {
    const { x, y } = toTensors(numbers);
    const compile = compileFor(settings);
    const normal = (x, y) => ({ a: x.transpose().matmul(x).add(eye(200)), b: x.transpose().matmul(y) });
    const inside = compile((x, y) => {
      const { a, b } = normal(x, y);
      return linalg.solve(a, b);
    });
    const outer = compile(normal);
    const outside = async () => {
      const { a, b } = await outer(x, y);
      return linalg.solve(a, b);
    };
    return {
      step: settings.solve === "inside" ? () => inside(x, y) : outside,
      read: (result) => Array.from(result.data),
    };
  },
});

/** A whole step – loss, gradients, update – as one compiled function. */
function training(toParams, objective, optimizer) {
  return (numbers, settings) => {
    const { x, y, ...first } = toTensors(numbers);
    const step = compileFor(settings)((params, state, x, y) => {
      const [value, gradients] = valueAndGrad(objective)(params, x, y);
      return { value, ...optimizer.update(gradients, state, params) };
    });
    let params = toParams(first);
    let state = optimizer.init(params);
    return {
      step: async () => {
        const result = await step(params, state, x, y);
        ({ params, state } = result);
        return result.value;
      },
      read: (value) => [value.item()],
    };
  };
}

function compileFor({ threads, uncompiled }) {
  if (uncompiled)
    return (f) =>
      async (...args) =>
        f(...args);
  return (f) => lossbook.compile(f, { threads });
}

function toTensors(numbers) {
  return Object.fromEntries(Object.entries(numbers).map(([name, { data, shape }]) => [name, fromArray(data, shape)]));
}

function layerOf(tensors, name) {
  return { weight: tensors[`${name}.weight`], bias: tensors[`${name}.bias`] };
}
