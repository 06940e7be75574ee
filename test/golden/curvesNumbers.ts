/**
 * What the curves of curves.json are trained on: first parameters and four batches of each problem, from one seed, so that no numbers have to lie in the
 * repository. Bundled and run by curves.py, it writes them to a file.
 */
import { nn, oneHot, random, type Tensor, train } from "../../src/index.ts";

export interface Batch {
  readonly x: Tensor;
  readonly y: Tensor;
}

export const models = {
  mlp: nn.sequential(nn.linear(784, 128), nn.relu(), nn.linear(128, 10)),
  cnn: nn.sequential(
    nn.conv2d(3, 32, 3, { padding: 1 }),
    nn.relu(),
    nn.maxPool2d(2),
    nn.conv2d(32, 64, 3, { padding: 1 }),
    nn.relu(),
    nn.maxPool2d(2),
    nn.flatten(),
    nn.linear(4096, 10),
  ),
} as const;

export type Problem = keyof typeof models;

/** Of a batch. */
const inputs: { readonly [K in Problem]: readonly [number, ...number[]] } = { mlp: [128, 784], cnn: [64, 3, 32, 32] };
const BATCHES = 4;

export function drawNumbers<K extends Problem>(
  name: K,
): { params: ReturnType<(typeof models)[K]["init"]>; batches: Batch[] } {
  const generator = random(7);
  return { params: models[name].init(generator) as never, batches: drawBatches(generator, inputs[name]) };
}

/** Noise over a pattern for each class: there is something to learn, but not at once. */
function drawBatches(generator: ReturnType<typeof random>, [rows, ...sizes]: readonly [number, ...number[]]): Batch[] {
  const size = sizes.reduce((a, b) => a * b);
  const patterns: Tensor = generator.uniform([10, size], { low: -0.4, high: 0.4 });
  return Array.from({ length: BATCHES }, () => {
    const y: Tensor = generator.integers(0, 10, [rows]);
    const x: Tensor = oneHot(y, 10)
      .matmul(patterns)
      .add(generator.normal([rows, size]));
    return { x: x.reshape([rows, ...sizes]), y };
  });
}

const [, program, path] = process.argv;
if (program?.endsWith("curvesNumbers.mjs") && path !== undefined)
  await train.save(path, { mlp: drawNumbers("mlp"), cnn: drawNumbers("cnn") });
