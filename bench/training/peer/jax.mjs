import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { NODE_PEERS } from "../cache.mjs";
import { serve } from "./serve.mjs";
import { defineWebWorker } from "./webWorker.mjs";

const { threads, workers } = JSON.parse(process.argv[4]);
if (workers) defineWebWorker(threads);
const { resolve } = createRequire(join(NODE_PEERS, "package.json"));
const path = resolve("@jax-js/jax").replace(/\.cjs$/, ".js");
const { blockUntilReady, init, jit, lax, nn, numpy: np, tree, valueAndGrad } = await import(pathToFileURL(path).href);
await init("wasm");

await serve({
  a: training(({ w }, x, y) => mse(np.matmul(x, w), y), sgd(0.1)),
  b: training(({ weight, bias }, x, y) => binaryCrossEntropy(dense(x, { weight, bias }), y), sgd(0.5)),
  c: training((p, x, y) => crossEntropy(dense(nn.relu(dense(x, p["0"])), p["2"]), y), adam()),
  d: training((p, x, y) => crossEntropy(classify(p, x), y), adam()),
  e: training((p, x, y) => mse(block(p, x), y), adam()),
  f: training((p, x, y) => crossEntropy(dense(lastOfGru(p, x), p.linear), y), adam()),
  g: (numbers) => {
    const { x, y } = toArrays(numbers);
    const product = jit((a, b) => np.matmul(a, b));
    return keepingLast(
      () => product(x.ref, y.ref),
      async (result) => Array.from((await result.ref.data()).subarray(0, 1024)),
    );
  },
  h: (numbers) => {
    const { x, y } = toArrays(numbers);
    const normal = jit((x, y) => {
      const turned = np.transpose(x.ref);
      return [np.matmul(turned.ref, x).add(np.eye(200)), np.matmul(turned, y)];
    });
    // its jit does not take the solver in
    return keepingLast(
      () => np.linalg.solve(...normal(x.ref, y.ref)),
      async (result) => Array.from(await result.ref.data()),
    );
  },
});

/** Every use but the last one of an array takes a reference: that is its memory. */
function training(objective, { initial, update, coefficients }) {
  return (numbers) => {
    const { x, y: given, ...rest } = toArrays(numbers);
    const y = given.dtype === np.int32 ? nn.oneHot(given, 10) : given;
    let params = toTree(rest);
    let state = initial(params);
    let t = 0;
    const step = jit((params, state, numbers, x, y) => {
      const [value, gradients] = valueAndGrad(objective)(tree.ref(params), x, y);
      return [value, ...update(params, gradients, state, numbers)];
    });
    return keepingLast(
      () => {
        const [value, nextParams, nextState] = step(params, state, coefficients(++t), x.ref, y.ref);
        [params, state] = [nextParams, nextState];
        return value;
      },
      async (value) => {
        // the parameters belong to the step as well as the loss
        await blockUntilReady([params, state]);
        return [(await value.ref.data())[0]];
      },
    );
  };
}

/** The result of a step is let go of at the next one. */
function keepingLast(make, read) {
  let last;
  return {
    step: () => {
      last?.dispose();
      last = make();
      return last;
    },
    read,
  };
}

function sgd(rate) {
  return {
    initial: () => ({}),
    coefficients: () => ({}),
    update: (params, gradients, state) => [tree.map((p, g) => p.sub(g.mul(rate)), params, gradients), state],
  };
}

function adam({ rate = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8 } = {}) {
  const zeros = (params) => tree.map((p) => np.zeros(p.shape), params);
  return {
    initial: (params) => ({ average: zeros(params), square: zeros(params) }),
    coefficients: (t) => ({ rate: np.array(rate / (1 - beta1 ** t)), unroot: np.array(1 / Math.sqrt(1 - beta2 ** t)) }),
    update: (params, gradients, { average, square }, { rate, unroot }) => {
      const m = tree.map((g, m) => m.mul(beta1).add(g.mul(1 - beta1)), tree.ref(gradients), average);
      const v = tree.map((g, v) => v.mul(beta2).add(np.square(g).mul(1 - beta2)), gradients, square);
      const move = (p, m, v) => p.sub(m.mul(rate.ref).div(np.sqrt(v).mul(unroot.ref).add(eps)));
      const next = tree.map(move, params, tree.ref(m), tree.ref(v));
      tree.dispose({ rate, unroot });
      return [next, { average: m, square: v }];
    },
  };
}

function mse(prediction, target) {
  return np.square(prediction.sub(target)).mean();
}

/** `max(z, 0) – z y + log(1 + e^–|z|)`. */
function binaryCrossEntropy(z, y) {
  return nn.softplus(z.ref).sub(z.mul(y)).mean();
}

function crossEntropy(logits, oneHot) {
  const [rows] = oneHot.shape;
  return nn
    .logSoftmax(logits)
    .mul(oneHot)
    .sum()
    .mul(-1 / rows);
}

/** Weights lie as PyTorch has them, `[outputs, inputs]`. */
function dense(x, { weight, bias }) {
  return np.matmul(x, np.transpose(weight)).add(bias);
}

function classify({ conv1, conv2, linear }, x) {
  const layer = (x, { weight, bias }) => {
    const convolved = lax.convGeneralDilated(x, weight, [1, 1], "SAME").add(bias.reshape([1, -1, 1, 1]));
    return lax.reduceWindow(nn.relu(convolved), (window) => window.max(), [2, 2], [2, 2]);
  };
  return dense(layer(layer(x, conv1), conv2).reshape([64, 4096]), linear);
}

function block({ attention, projection, norm1, linear1, linear2, norm2 }, x) {
  const attended = dense(attend(x.ref, attention), projection);
  const h = normalize(x.add(attended), norm1);
  const wide = nn.relu(dense(h.ref, linear1));
  return normalize(h.add(dense(wide, linear2)), norm2);
}

/** Four heads of sixteen. Its own `dotProductAttention` needs Node 22. */
function attend(x, attention) {
  const heads = np.split(dense(x, attention), 3, -1).map((part) => part.reshape([32, 32, 4, 16]));
  const [q, k, v] = [
    [0, 2, 1, 3],
    [0, 2, 3, 1],
    [0, 2, 1, 3],
  ].map((order, i) => np.transpose(heads[i], order));
  const weights = nn.softmax(np.matmul(q, k).mul(0.25), -1);
  return np.transpose(np.matmul(weights, v), [0, 2, 1, 3]).reshape([32, 32, 64]);
}

function normalize(x, { weight, bias }) {
  return nn.standardize(x, -1, { epsilon: 1e-5 }).mul(weight).add(bias);
}

function lastOfGru({ input, hidden }, x) {
  const inputs = np.split(dense(x, input), 32, 0);
  return inputs.reduce(
    (h, each, t) => {
      const [xr, xz, xn] = np.split(each.reshape([32, 192]), 3, 1);
      const [hr, hz, hn] = np.split(dense(h.ref, t < 31 ? tree.ref(hidden) : hidden), 3, 1);
      const fresh = np.tanh(xn.add(nn.sigmoid(xr.add(hr)).mul(hn)));
      return fresh.ref.add(nn.sigmoid(xz.add(hz)).mul(h.sub(fresh)));
    },
    np.zeros([32, 64]),
  );
}

/** `conv1.weight` as `{ conv1: { weight } }`. */
function toTree(arrays) {
  const top = {};
  for (const [name, value] of Object.entries(arrays)) {
    const [layer, part] = name.split(".");
    if (part === undefined) top[layer] = value;
    else (top[layer] ??= {})[part] = value;
  }
  return top;
}

function toArrays(numbers) {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, { data, shape }]) => [name, np.array(data, { shape })]),
  );
}
