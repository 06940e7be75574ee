import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nn, random, tensor, train } from "../../dist/src/index.js";
import { CACHE } from "./cache.mjs";

/**
 * The data and the first parameters of a line, from one seed, in a safetensors file that every peer reads: `x`, `y` and the parameters under the
 * names that PyTorch gives them. Returns its path.
 */
export function writeNumbers(line) {
  mkdirSync(CACHE, { recursive: true });
  const file = join(CACHE, `${line}.safetensors`);
  writeFileSync(file, train.safetensors.encode(NUMBERS[line](random(1))));
  return file;
}

const NUMBERS = {
  a: (generator) => {
    const slope = generator.uniform([100, 1], { high: 2 });
    const x = tensor(Array.from(slope.data, (value) => [1, value]));
    return {
      x,
      y: slope
        .mul(3)
        .add(4)
        .add(generator.uniform([100, 1])),
      w: tensor([[0], [0]]),
    };
  },
  b: (generator) => {
    const x = generator.normal([10_000, 30]);
    const logits = x.matmul(generator.normal([30, 1])).add(generator.normal([10_000, 1]));
    return { x, y: logits.greater(0).to("float32"), ...toNames(nn.linear(30, 1).init(generator)) };
  },
  c: (generator) => ({
    x: generator.uniform([128, 784]),
    y: generator.integers(0, 10, [128]),
    ...toNames(nn.sequential(nn.linear(784, 128), nn.relu(), nn.linear(128, 10)).init(generator)),
  }),
  d: (generator) => ({
    x: generator.uniform([64, 3, 32, 32]),
    y: generator.integers(0, 10, [64]),
    ...toNames({
      conv1: nn.conv2d(3, 32, 3).init(generator),
      conv2: nn.conv2d(32, 64, 3).init(generator),
      linear: nn.linear(4096, 10).init(generator),
    }),
  }),
  e: (generator) => {
    const attention = nn.multiHeadAttention(64, 4).init(generator);
    return {
      x: generator.normal([32, 32, 64]),
      y: generator.normal([32, 32, 64]),
      "attention.weight": attention.inProjWeight,
      "attention.bias": attention.inProjBias,
      "projection.weight": attention.outProjWeight,
      "projection.bias": attention.outProjBias,
      ...toNames({
        norm1: nn.layerNorm(64).init(generator),
        linear1: nn.linear(64, 256).init(generator),
        linear2: nn.linear(256, 64).init(generator),
        norm2: nn.layerNorm(64).init(generator),
      }),
    };
  },
  f: (generator) => {
    const gru = nn.gru(64, 64).init(generator);
    return {
      x: generator.normal([32, 32, 64]),
      y: generator.integers(0, 10, [32]),
      "input.weight": gru.weightIhL0,
      "input.bias": gru.biasIhL0,
      "hidden.weight": gru.weightHhL0,
      "hidden.bias": gru.biasHhL0,
      ...toNames({ linear: nn.linear(64, 10).init(generator) }),
    };
  },
  g: (generator) => ({ x: generator.normal([1024, 1024]), y: generator.normal([1024, 1024]) }),
  h: (generator) => {
    const x = generator.normal([10_000, 200]);
    return { x, y: x.matmul(generator.normal([200, 1])).add(generator.normal([10_000, 1])) };
  },
};

/** `{ conv1: { weight } }` as `conv1.weight`, layers without parameters left out. */
function toNames(tree, path = "") {
  return Object.assign(
    {},
    ...Object.entries(tree).map(([key, value]) =>
      "data" in value ? { [path + key]: value } : toNames(value, `${path}${key}.`),
    ),
  );
}
