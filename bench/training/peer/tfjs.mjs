import { createRequire } from "node:module";
import { join } from "node:path";
import { NODE_PEERS } from "../cache.mjs";
import { serve } from "./serve.mjs";

const require = createRequire(join(NODE_PEERS, "package.json"));
// its notice about another package goes to the console while it loads
console.warn = () => {};
const tf = require("@tensorflow/tfjs");
require("@tensorflow/tfjs-backend-wasm");
await tf.setBackend("wasm");

const NINE = [0, 1, 2].flatMap((dy) => [0, 1, 2].map((dx) => [dy, dx]));

/**
 * A convolution with a gradient of our own: the wasm backend has no gradient of `conv2d` by its filter, and the one of `conv3d` is far
 * slower. By the filter it is a product with the nine shifted images, by the input another convolution.
 */
const convolve = tf.customGrad((x, filter, save) => {
  save([x, filter]);
  const gradFunc = (slope, [input, weight]) => {
    const [rows, height, width, channels] = input.shape;
    const padded = tf.pad(input, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
    const shifts = NINE.map(([dy, dx]) => tf.slice(padded, [0, dy, dx, 0], [rows, height, width, channels]));
    const columns = tf.concat(shifts, 3).reshape([-1, 9 * channels]);
    const byFilter = tf.matMul(columns, slope.reshape([-1, slope.shape[3]]), true).reshape(weight.shape);
    return [tf.conv2d(slope, weight.reverse([0, 1]).transpose([0, 1, 3, 2]), 1, "same"), byFilter];
  };
  return { value: tf.conv2d(x, filter, 1, "same"), gradFunc };
});

await serve({
  a: training(
    ({ x, y, w }) => tf.losses.meanSquaredError(y, tf.matMul(x, w)),
    () => tf.train.sgd(0.1),
  ),
  b: training(
    (n) => tf.losses.sigmoidCrossEntropy(n.y, dense(n.x, n)),
    () => tf.train.sgd(0.5),
  ),
  c: training((n) => crossEntropy(n.y, dense(dense(n.x, layerOf(n, "0")).relu(), layerOf(n, "2"))), adam),
  d: training((n) => crossEntropy(n.y, classify(n)), adam, toChannelsLast),
  e: training((n) => tf.losses.meanSquaredError(n.y, block(n)), adam),
  f: training((n) => crossEntropy(n.y, dense(lastOfGru(n), layerOf(n, "linear"))), adam),
  g: (numbers) => {
    const { x, y } = toTensors(numbers);
    return keepingLast(
      () => tf.matMul(x, y),
      (result) => Array.from(result.dataSync().subarray(0, 1024)),
    );
  },
  h: () => {
    throw new Error("it has no linear solver");
  },
});

/** A step of an optimizer over all tensors but `x` and `y`. */
function training(objective, makeOptimizer, convert = (numbers) => numbers) {
  return (numbers) => {
    const tensors = toTensors(toInputsFirst(convert(numbers)));
    const { x, y } = tensors;
    const target = y.dtype === "int32" ? tf.oneHot(y, 10) : y;
    const names = Object.keys(tensors).filter((name) => name !== "x" && name !== "y");
    const variables = Object.fromEntries(names.map((name) => [name, tf.variable(tensors[name])]));
    const optimizer = makeOptimizer();
    const list = Object.values(variables);
    return keepingLast(
      () => optimizer.minimize(() => objective({ ...variables, x, y: target }), true, list),
      (value) => [value.dataSync()[0]],
    );
  };
}

/** Memory is not collected: the result of a step is let go of at the next one. */
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

function adam() {
  return tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
}

function crossEntropy(target, logits) {
  return tf.losses.softmaxCrossEntropy(target, logits);
}

/** Weights lie as TensorFlow has them, `[inputs, outputs]`. Of its ways to write this the fastest one here; `tf.fused.matMul` with `transposeB` is also wrong. */
function dense(x, { weight, bias }) {
  return tf.matMul(x, weight).add(bias);
}

function classify(n) {
  const layer = (x, { weight, bias }) => tf.maxPool(convolve(x, weight).add(bias).relu(), 2, 2, "valid");
  const h = layer(layer(n.x, layerOf(n, "conv1")), layerOf(n, "conv2"));
  return dense(h.reshape([64, 4096]), layerOf(n, "linear"));
}

/** Weights of linear layers from `[outputs, inputs]` to `[inputs, outputs]`. */
function toInputsFirst(numbers) {
  const entries = Object.entries(numbers).map(([name, { data, shape }]) => {
    const isMatrix = name.endsWith("weight") && shape.length === 2;
    return [name, isMatrix ? permute(data, shape, [1, 0], [shape[1], shape[0]]) : { data, shape }];
  });
  return Object.fromEntries(entries);
}

/** NCHW to NHWC, filters OIHW to HWIO, and the last layer's columns in the order of the pixels. */
function toChannelsLast(numbers) {
  const filter = ({ shape: [outputs, inputs, height, width], data }) =>
    permute(data, [outputs, inputs, height, width], [2, 3, 1, 0], [height, width, inputs, outputs]);
  return {
    ...numbers,
    x: permute(numbers.x.data, numbers.x.shape, [0, 2, 3, 1], [64, 32, 32, 3]),
    "conv1.weight": filter(numbers["conv1.weight"]),
    "conv2.weight": filter(numbers["conv2.weight"]),
    "linear.weight": permute(numbers["linear.weight"].data, [10, 64, 8, 8], [0, 2, 3, 1], [10, 4096]),
  };
}

function permute(data, from, order, shape) {
  return { shape, data: tf.tidy(() => tf.tensor(data, from).transpose(order).dataSync()) };
}

function block(n) {
  const attended = dense(attend(n).reshape([1024, 64]), layerOf(n, "projection")).reshape([32, 32, 64]);
  const h = normalize(n.x.add(attended), layerOf(n, "norm1")).reshape([1024, 64]);
  const wide = dense(h, layerOf(n, "linear1")).relu();
  return normalize(h.add(dense(wide, layerOf(n, "linear2"))), layerOf(n, "norm2")).reshape([32, 32, 64]);
}

/** Four heads of sixteen. */
function attend(n) {
  const [q, k, v] = dense(n.x.reshape([1024, 64]), layerOf(n, "attention"))
    .reshape([32, 32, 3, 4, 16])
    .transpose([2, 0, 3, 1, 4])
    .unstack();
  const scores = tf.matMul(q, k, false, true).mul(0.25);
  return tf.matMul(scores.softmax(), v).transpose([0, 2, 1, 3]);
}

function normalize(x, { weight, bias }) {
  const centred = x.sub(x.mean(-1, true));
  const deviation = centred.square().mean(-1, true).add(1e-5).sqrt();
  return centred.div(deviation).mul(weight).add(bias);
}

/** The layers API has a GRU, but not with the reset after the product. */
function lastOfGru(n) {
  const inputs = dense(n.x.reshape([1024, 64]), layerOf(n, "input"))
    .reshape([32, 32, 192])
    .unstack();
  return inputs.reduce(
    (h, input) => {
      const [xr, xz, xn] = tf.split(input, 3, 1);
      const [hr, hz, hn] = tf.split(dense(h, layerOf(n, "hidden")), 3, 1);
      const fresh = xn.add(xr.add(hr).sigmoid().mul(hn)).tanh();
      return fresh.add(xz.add(hz).sigmoid().mul(h.sub(fresh)));
    },
    tf.zeros([32, 64]),
  );
}

function toTensors(numbers) {
  return Object.fromEntries(Object.entries(numbers).map(([name, { data, shape }]) => [name, tf.tensor(data, shape)]));
}

function layerOf(tensors, name) {
  return { weight: tensors[`${name}.weight`], bias: tensors[`${name}.bias`] };
}
